import Testing
import XML

@testable import Site

@Suite struct RuleListPageTests {
  @Test func showsARuleInARowOfFiveCells() throws {
    let page = try RenderedPage("rules.html", SamplePages.list())
    let rows = page.elements("tr").dropFirst()
    #expect(
      rows.map { $0.elements.map(\.text) } == [
        [
          "Script Host Started By An Archive Programwindows · process_creation", "critical", "experimental",
          "T1059.005 T1566.001 ", "2026-04-05",
        ],
        [
          "Script Host Started By An Archive Programwindows · process_creation", "no level", "no status", "", "no date",
        ],
        [
          "Script Host Started By An Archive Programwindows · process_creation", "critical", "experimental",
          "T1059.005 T1566.001 ", "2026-04-05",
        ],
      ])
    #expect(rows.map { $0.value(of: "data-f") } == ["p-windows t-TA0002", nil, "p-windows t-TA0002"])
    #expect(page.elements("output").map(\.text) == ["3 rules, newest first"])
  }

  @Test func saysWhichRulesOfALongListStandOnThePage() throws {
    let page = try RenderedPage("rules.html", SamplePages.list(before: 500))
    #expect(page.elements("output").map(\.text) == ["501 to 503 of 503 rules, newest first"])
    let table = try #require(page.elements("table").first)
    #expect(table.value(of: "data-total") == "503")
    let parts = try #require(page.elements("nav").first { $0.value(of: "aria-label") == "Pages of the list" })
    #expect(parts.descendants("li").map(\.text) == ["Page 1", "Page 2"])
    #expect(parts.descendants("a").map { $0.value(of: "href") } == ["index.html"])
    #expect(parts.descendants("b").map { $0.value(of: "aria-current") } == ["page"])
    let whole = try RenderedPage("rules.html", SamplePages.list())
    #expect(whole.elements("table").first?.value(of: "data-total") == nil)
    #expect(!whole.elements("nav").contains { $0.value(of: "aria-label") == "Pages of the list" })
  }

  @Test func listsWhatCannotBeRead() throws {
    let page = try RenderedPage("rules.html", SamplePages.list(before: 500))
    #expect(page.elements("summary").map(\.text).contains("2 parts of 1 rule can’t be read"))
    #expect(page.elements("li").map(\.text).contains("One `get(x)`"))
    #expect(page.elements("p").map(\.text).contains("and 1 more"))
  }

  // 500 rules stand in one page.
  @Test func takesAtMost450BytesForARow() throws {
    let one = try RenderedPage("rules.html", SamplePages.list(rows: 1)).bytes.count
    let row = try (RenderedPage("rules.html", SamplePages.list(rows: 1002)).bytes.count - one) / 1001
    #expect(row <= 450, "\(row) bytes")
  }

  @Test func givesEachFacetAnIdThatAnAddressCanName() throws {
    let page = try RenderedPage("rules.html", SamplePages.list())
    let boxes = page.elements("input").filter { $0.value(of: "type") == "checkbox" }
    #expect(boxes.map { $0.value(of: "id") } == ["l-high", "p-windows", "p-none"])
    #expect(page.elements("label").map(\.text) == ["high1,844", "windows3,081", "no product1"])
    #expect(FacetOption.id(.product, "Büro & Co~") == "p-B~C3~BCro~20~26~20Co~7E")
  }
}

@Suite struct HomePageTests {
  @Test func drawsABarForEachShareWithItsNumber() throws {
    let page = try RenderedPage("index.html", SamplePages.home())
    let rows = try #require(page.element(id: "make-up")).descendants("tr").dropFirst()
    #expect(
      rows.map { $0.elements.prefix(2).map(\.text) } == [["high", "1,844"], ["low", "1"], ["informational", "0"]])
    #expect(rows.compactMap { $0.descendants("rect").first?.value(of: "width") } == ["100.0%", "1.0%", "0"])
    #expect(rows.compactMap { $0.descendants("a").first?.value(of: "href") } == ["rules/index.html#l-high"])
  }

  @Test func tellsOfRecentChangesAndOfTheFiles() throws {
    let page = try RenderedPage("index.html", SamplePages.home())
    #expect(
      page.element(id: "recent")?.descendants("tr").dropFirst().map { $0.elements.dropFirst().map(\.text) } == [
        ["high", "new", "2026-04-05"], ["no level", "changed", "2026-04-05"],
      ])
    #expect(
      page.element(id: "files")?.descendants("div").map { $0.elements.map(\.text) } == [
        ["rules", "4,039"], ["broken file", "1"],
      ])
    #expect(
      page.element(id: "ways")?.descendants("li").map { $0.elements.map(\.text) } == [
        ["Rules", "4,041", "Every rule with its tests as a tree"], ["Sigma", "", "The rules of that dialect"],
      ])
  }

  @Test func leavesOutWhatIsEmpty() throws {
    var home = SamplePages.home()
    (home.recent, home.makeUp, home.tally) = ([], [], [])
    let page = try RenderedPage("index.html", home)
    #expect(page.elements("section").map { $0.value(of: "id") } == ["ways"])
  }

  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-4041, "-4,041")])
  func groupsDigits(number: Int, text: String) {
    #expect(grouped(number) == text)
    #expect(counted(1, "rule") == "1 rule" && counted(0, "rule") == "0 rules")
  }
}
