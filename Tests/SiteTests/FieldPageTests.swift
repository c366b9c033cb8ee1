import TestSupport
import Testing
import XML

@testable import Site

@Suite struct FieldPageTests {
  private let page: RenderedPage

  init() throws { page = try RenderedPage("field.html", SamplePages.field()) }

  @Test func headsThePageWithFacts() throws {
    let facts = try #require(page.elements("dl").first { $0.words.contains("facts") })
    #expect(
      facts.elements.map { $0.elements.map(\.text) } == [
        ["Field", "Image"], ["Also written", "NewProcessName in windows · security"],
        ["Rules", "1,319 rules look for it"], ["Values", "12"],
        ["Kinds", "eq 12"], ["Events", "Microsoft-Windows-Sysmon 1 1,134, and 3 more"], ["Log sources", "windows 2"],
        ["Elsewhere", "In process_creation: Elastic Common Schema process.executable"],
      ])
  }

  @Test func foldsTheRulesUnderEachValue() throws {
    let row = try #require(page.element(id: "v1abc"))
    #expect(row.elements.map(\.text).dropFirst() == ["ends with", "60", ""])
    #expect(row.descendants("summary").map(\.text) == ["\\cmd.exe"])
    #expect(row.descendants("li").count == 2)
    #expect(row.descendants("p").map(\.text) == ["58 more rules in the search"])
    #expect(
      row.descendants("a").compactMap { $0.value(of: "href") }.last == "../../search.html?q=field%3AImage%20value%3Acmd"
    )
    #expect(row.descendants("rect").map { $0.value(of: "width") } == ["100.0%"])
    let other = try #require(page.element(id: "v2"))
    #expect(other.descendants("p").isEmpty && other.descendants("rect").isEmpty)
    #expect(other.descendants("summary").map(\.text) == [" -e  cased"])
  }

  @Test func tellsWhatIsNotShown() {
    let words = page.elements("span").filter { $0.words == ["of"] }.map(\.text)
    #expect(
      words == [
        "11 to 12 of 1,200 values", "the first 1 of 30 values", "11 to 12 of 1,200 values",
        "the first 1 of 30 values",
      ])
    var field = SamplePages.field()
    field.looked?.once = []
    let without = try? RenderedPage("field.html", field)
    #expect(
      without?.element(id: "once")?.elements.map(\.text) == [
        "Values of one rule 30 values, too many to be shown",
        "30 values are on the pages of their rules: search for part of one",
      ])
    #expect(
      page.element(id: "once")?.elements.last?.text
        == "29 more values are on the pages of their rules: search for part of one")
  }

  @Test func saysThatItNarrowsThisPageWhereOthersGoOn() throws {
    func form(_ field: FieldPage) throws -> [String?] {
      let form = try RenderedPage("field.html", field).elements("form").first { $0.words == ["tools"] }
      return ["data-of", "data-query"].map { form?.value(of: $0) }
    }
    var field = SamplePages.field()
    #expect(try form(field) == ["values on this page", "field:Image"])
    (field.parts, field.excluded) = ([], nil)
    #expect(try form(field) == ["values on this page", "field:Image"])
    field.looked?.onceInAll = 1
    #expect(try form(field) == ["values", nil])
  }

  @Test func hasNoFactsOnAPageThatGoesOn() throws {
    var field = SamplePages.field()
    (field.facts, field.excluded) = (nil, nil)
    let next = try RenderedPage("field.html", field)
    #expect(next.elements("dl").isEmpty && next.element(id: "excluded") == nil)
  }
}

@Suite struct IndicatorsPageTests {
  @Test func leadsFromACountToTheValue() throws {
    let page = try RenderedPage("indicators.html", SamplePages.indicators())
    let rows = try #require(page.element(id: "indicators")).descendants("tr").dropFirst()
    #expect(
      rows.map { $0.elements.map(\.text) } == [
        ["\\cmd.exe", "Image", "ends with", "1,200 rules sigma 1100, elastic 100"],
        [" an empty text", "anywhere in the event", "keyword", "2 rules"],
      ])
    #expect(
      rows.first?.descendants("a").map { $0.value(of: "href") } == [
        "../fields/Image/index.html", "../fields/Image/index.html#v1abc",
      ])
  }

  @Test func pairsRulesWithTheReason() throws {
    let page = try RenderedPage("duplicates.html", SamplePages.duplicates())
    let near = try #require(page.element(id: "near"))
    #expect(near.descendants("tr").last?.elements.map(\.text).first == "Scheduled Task By A Scriptwindows · no level")
    #expect(near.descendants("summary").map(\.text) == ["3 tests only here, 9 only there"])
    #expect(near.elements.last?.text == "1,200 more pairs that are less similar")
    let duplicates = try #require(page.element(id: "duplicates"))
    #expect(
      duplicates.descendants("tr").last?.elements.map(\.text).suffix(2) == ["The same 3 tests", "similarity 1.00"])
    #expect(duplicates.descendants("details").isEmpty)
  }

  @Test func listsFieldsWithTheirNumbers() throws {
    let page = try RenderedPage("fields.html", SamplePages.fields())
    #expect(
      page.elements("tr").dropFirst().map { $0.elements.map(\.text) } == [
        ["Imagewindows · process_creation 1,134", "rules 1,319", "values 10,816", "shared 2,405", "excluded 7"],
        ["Anywhere in the event", "rules 1", "values 1", "shared 0", "excluded 0"],
      ])
    #expect(page.elements("output").map(\.text) == ["2 fields, most tested first"])
  }
}
