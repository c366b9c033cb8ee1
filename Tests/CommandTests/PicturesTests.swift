import TestSupport
import Testing
import XML

/// `pictures.html` of the example site, held against `catalog.json`.
@Suite struct PicturesTests {
  private let example: Example

  init() throws { example = try builtExample.get() }

  private func rows(_ id: String) throws -> [[String]] {
    let section = try #require(try example.site.page("pictures.html").withID(id))
    return section.descendants("tr").map { $0.elements.map(\.text) }
  }

  @Test func countsRulesByLevelAndStatus() throws {
    let table = try rows("levels-and-statuses")
    let statuses = try #require(table.first).dropFirst().dropLast()
    for row in table.dropFirst() {
      let counts = statuses.map { status in
        example.catalog.rules.count {
          ($0.level ?? "no level") == row[0] && ($0.status ?? "no status") == status
        }
      }
      #expect(row.dropFirst() == ArraySlice((counts + [counts.reduce(0, +)]).map(String.init)), "\(row[0])")
    }
    #expect(table.dropFirst().reduce(0) { $0 + (Int($1.last ?? "") ?? 0) } == example.catalog.rules.count)
  }

  @Test func countsRulesByDateUpToTheNewest() throws {
    let dates = example.catalog.rules.compactMap(\.date)
    let table = try rows("rules-over-time")
    #expect(table.last?.last == "\(dates.count)")
    let newest = try #require(dates.max())
    #expect(table.last?.first?.hasPrefix(newest.prefix(4)) == true)
    for row in table.dropFirst() {
      let parts = row[0].split(separator: " ")
      let months: [Substring] =
        switch parts.last {
        case "Q1": ["01", "02", "03"]
        case "Q2": ["04", "05", "06"]
        case "Q3": ["07", "08", "09"]
        default: ["10", "11", "12"]
        }
      let count = dates.count { $0.hasPrefix(parts[0]) && months.contains($0.dropFirst(5).prefix(2)) }
      #expect(row[1] == "\(count)", "\(row[0])")
    }
  }

  @Test func countsEventsByTheirRules() throws {
    var counts: [String: Int] = [:]
    for event in example.catalog.rules.flatMap(\.events) { counts["\(event.provider) \(event.event)", default: 0] += 1 }
    let table = try rows("events").dropFirst()
    #expect(table.count == 15)
    for row in table {
      let label = row[0].replacing(", any event", with: " *").split(separator: " · ")[0]
      #expect(row[1] == counts[String(label)].map(String.init), "\(row[0])")
    }
    #expect(table.first?.last == counts.values.max().map(String.init))
  }

  @Test func hasEachPictureAsAFile() throws {
    let images = try example.site.page("pictures.html").named("img").compactMap { $0.value(of: "src") }
    #expect(images.count == 5)
    for image in images {
      let root = try XMLDocument(parsing: try #require(example.site.files[image]), path: image).root()
      #expect(root.name == "svg" && !root.descendants("text").isEmpty)
    }
  }
}
