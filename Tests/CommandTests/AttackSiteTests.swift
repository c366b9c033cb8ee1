import Foundation
import TestSupport
import Testing
import XML

/// The pages of ATT&CK in the example site, held against `catalog.json`.
@Suite struct AttackSiteTests {
  private let example: Example
  /// The keys of each technique's rules, its sub-techniques' too; all of them, and those that count.
  private var rules: [String: (all: Set<String>, counted: Set<String>)] = [:]

  init() throws {
    example = try builtExample.get()
    for rule in example.catalog.rules {
      for id in rule.attack.techniques.flatMap({ [$0, String($0.prefix(5))] }) {
        rules[id, default: ([], [])].all.insert(rule.key)
        if rule.isCounted { rules[id, default: ([], [])].counted.insert(rule.key) }
      }
    }
  }

  private func page(of id: String) throws -> [XMLElement] { try example.site.page("attack/\(id)/index.html") }

  /// The example's configuration says `pages: {techniques: covered}`.
  @Test func givesPagesToWhatIsCoveredAndToWithdrawnIdsThatRulesName() {
    let pages = example.site.pages.keys.filter { $0.hasPrefix("attack/T") }
    let revoked = example.catalog.rules.flatMap(\.attack.revoked.keys).filter { $0.hasPrefix("T") }
    #expect(!revoked.isEmpty)
    #expect(Set(pages) == Set((rules.keys + revoked).map { "attack/\($0)/index.html" }))
    #expect(example.site.pages.keys.count { $0.hasPrefix("attack/tactics/") } == 15)
  }

  @Test func countsTheRulesOfEachTechniqueOnItsPageAndInTheMatrix() throws {
    let matrix = try example.site.page("attack/index.html")
    let cells = matrix.named("li").filter { item in
      item.elements.contains { $0.value(of: "class")?.hasPrefix("v ") == true }
    }
    for (id, expected) in rules {
      let lead = try page(of: id).first { $0.value(of: "class") == "lead" }?.text ?? ""
      let count = expected.counted.count
      let start =
        count == 0
        ? "No counted rule looks for it yet." : count == 1 ? "1 counted rule looks" : "\(count) counted rules look"
      #expect(lead.hasPrefix(start), "\(id): \(lead)")
      let linked = try page(of: id).withID("rules")?.descendants("tr").compactMap {
        $0.descendants("a").first?.value(of: "href")
      }
      #expect(Set(linked ?? []) == Set(expected.all.map { "../../rules/\($0)/index.html" }), "\(id)")
      let shown = cells.filter { cell in
        cell.elements.contains { $0.name == "a" && $0.descendants("span").first?.text == id }
      }
      #expect(!shown.isEmpty, "\(id)")
      for cell in shown {
        let number = cell.elements.first { $0.value(of: "class")?.hasPrefix("v ") == true }
        #expect(number?.text == "\(count)", "\(id)")
      }
    }
  }

  @Test func saysOfWhichTechniquesTheColumnsCount() throws {
    let captions = try #require(try page(of: "T1059").withID("neighbours")).descendants("caption").map(\.text)
    #expect(
      captions == [
        "Itself and its sub-techniques. A technique’s rules include its sub-techniques’; groups are those that use exactly this technique."
      ])
  }

  @Test func leadsOnFromARevokedId() throws {
    for (written, active) in example.catalog.rules.flatMap(\.attack.revoked) where written.hasPrefix("T") {
      let notice = try #require(try page(of: written).first { $0.value(of: "class") == "notice" })
      #expect(notice.text.hasPrefix("Revoked: "))
      #expect(notice.descendants("a").map { $0.value(of: "href") } == ["../\(active)/index.html"])
      #expect(
        try page(of: written).withID("rules")?.descendants("caption").first?.text.hasPrefix("Rules that still name it")
          == true)
      let rows = try #require(try page(of: written).withID("rules")).descendants("tr").dropFirst()
      let ids = rows.map { $0.elements[3].descendants("a").map(\.text) }
      #expect(!ids.isEmpty && ids.allSatisfy { $0.contains("\(written) → \(active)") }, "\(written): \(ids)")
    }
  }

  @Test func carriesMITREsNoticeOnEachPageOfIts() {
    for (path, page) in example.site.pages where path.hasPrefix("attack/") {
      #expect(page.named("footer").first?.text.contains("The MITRE Corporation") == true, "\(path)")
    }
  }

  /// What the matrix counts again with: as many rules as count, and the same for each technique.
  @Test func countsTheSameByTheMatrixsScript() throws {
    let script = try example.site.text("assets/matrix.js")
    let head = "globalThis.ruledexMatrix = "
    #expect(script.hasPrefix(head) && script.hasSuffix(";\n"))
    let data = try JSONDecoder().decode(MatrixFile.self, from: Data(script.dropFirst(head.count).dropLast(2).utf8))
    var counts: [String: Int] = [:]
    for kind in data.rules {
      let ids = kind.techniques.map { data.techniques[$0].id }
      for id in Set(ids.flatMap { [$0, String($0.prefix(5))] }) { counts[id, default: 0] += kind.rules }
    }
    #expect(counts == rules.mapValues(\.counted.count).filter { $0.value > 0 })
    let levels = try #require(data.properties["level"])
    let place = try #require(levels.firstIndex(of: "high"))
    let high = example.catalog.rules.count { rule in
      rule.level == "high" && !rule.attack.techniques.isEmpty && rules.values.contains { $0.counted.contains(rule.key) }
    }
    #expect(high > 0 && data.rules.filter { $0.options[1] == [place] }.reduce(0) { $0 + $1.rules } == high)
  }

  /// Without a configuration, each technique has a page, the withdrawn ones too: 697 active, 149 revoked, 12 deprecated.
  @Test func givesAllTechniquesAPageWhereNothingElseIsAsked() throws {
    let folder = TemporaryFolder()
    let rule = "catalog/rules/sigma/windows/defender/win_defender_protection_turned_off.yml"
    #expect(try ruledex("build", rule, "-o", folder("site"), in: projectFolder).code == 0)
    let site = try SiteFolder(folder("site"))
    #expect(site.faults == [])
    #expect(site.pages.keys.count { $0.hasPrefix("attack/T") } == 858)
    let deprecated = try site.page("attack/T1043/index.html")
    #expect(deprecated.first { $0.value(of: "class") == "notice" }?.text.hasPrefix("Deprecated: ") == true)
    for (path, bytes) in site.files where path.hasSuffix(".html") { #expect(bytes.count < 1_000_000, "\(path)") }
  }
}

private struct MatrixFile: Decodable {
  struct Technique: Decodable {
    var id: String
    var platforms: [Int]

    init(from decoder: any Decoder) throws {
      var items = try decoder.unkeyedContainer()
      id = try items.decode(String.self)
      platforms = try items.decode([Int].self)
    }
  }
  struct Kind: Decodable {
    /// Of each property, none, one or several.
    var options: [[Int]]
    var rules: Int
    var techniques: [Int]

    init(from decoder: any Decoder) throws {
      var items = try decoder.unkeyedContainer()
      options = try items.decode([Option].self).map(\.values)
      rules = try items.decode(Int.self)
      techniques = try items.decode([Int].self)
    }
  }
  private struct Option: Decodable {
    var values: [Int]

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      values = try (try? value.decode(Int.self)).map { [$0] } ?? value.decode([Int].self)
    }
  }
  var platforms: [String]
  var properties: [String: [String]]
  var techniques: [Technique]
  var rules: [Kind]
}
