import TestSupport
import Testing
import XML

@testable import Site

@Suite struct ThreatPageTests {
  @Test func standsInTheOrderOfItsContents() throws {
    let page = try RenderedPage("threat.html", SamplePages.threat())
    let sections = page.elements("section").compactMap { $0.value(of: "id") }
    #expect(sections == ["rules", "gaps", "techniques", "further", "relations"])
    let contents = page.elements("nav").first { $0.value(of: "aria-label") == "On this page" }
    #expect(contents?.descendants("a").compactMap { $0.value(of: "href") } == (["top"] + sections).map { "#" + $0 })
    #expect(contents?.descendants("i").map(\.text) == ["5", "1,003"])
    #expect(page.elements("dt").map(\.text) == ["techniques", "runs", "Also known as", "Described at", "Side by side"])
  }

  @Test func listsTechniquesByTacticWithTheirStates() throws {
    let page = try RenderedPage("threat.html", SamplePages.threat())
    let table = try #require(page.element(id: "techniques")?.descendants("table").first)
    #expect(
      table.descendants("tr").map { $0.elements.map(\.text) } == [
        ["Technique", "Rules", "State"],
        ["Credential Access 1 of 2 runs"],
        ["T1003 Dumpingthin: one event", "rules 1,003", "runs"],
        ["T1004 Other", "rules none", "no rule"],
        ["Impact 0 of 1 run"],
        ["T1490 Inhibit", "rules 2", "blind"],
      ])
    #expect(table.descendants("tbody").count == 2)
    // A technique without a page is no link.
    #expect(table.descendants("a").map(\.text) == ["Credential Access", "Dumping"])
  }

  @Test func saysWhatWouldCloseItsGaps() throws {
    let page = try RenderedPage("threat.html", SamplePages.threat())
    let gaps = try #require(page.element(id: "gaps"))
    #expect(gaps.descendants("table").map { $0.descendants("tr").count - 1 } == [2, 3])
    #expect(gaps.descendants("summary").map(\.text) == ["3 more gaps"])
    #expect(gaps.descendants("li").first?.text == "Other’s a.yml runs here")
  }

  @Test func leavesOutWhatIsEmpty() throws {
    let page = try RenderedPage("threat.html", SamplePages.emptyThreat)
    #expect(page.elements("section").isEmpty && page.elements("table").isEmpty && page.elements("dt").count == 1)
  }

  @Test func listsThoseWithAPageAndCountsTheOthers() throws {
    let page = try RenderedPage("threats.html", SamplePages.threats())
    #expect(
      page.elements("tr").dropFirst().map { $0.elements.map(\.text) } == [
        ["APT0 G0000", "techniques 1,066", "run 40", "without a rule 8", "named by 2"],
        ["APT1 G0001Bear, Wolf", "techniques 1,066", "run 40", "without a rule 8", "named by 2"],
      ])
    #expect(page.elements("form").compactMap { $0.value(of: "data-of") } == ["groups"])
    #expect(page.elements("p").contains { $0.text == "172 groups aren’t listed." })
  }

  @Test func showsHowToTest() throws {
    var sample = SamplePages.emptyTechnique
    sample.tests = SamplePages.simulations()
    sample.rules = SamplePages.technique().rules
    let page = try RenderedPage("technique.html", sample)
    let section = try #require(page.element(id: "how-to-test"))
    let rows = section.descendants("tr").filter { $0.elements.first?.value(of: "scope") == "row" }
    #expect(
      rows.prefix(2).map { $0.elements.map(\.text) } == [
        ["Play 1ownInvoke-AtomicTest T1003 -TestGuids 1", "T1003 Dumping", "Dumpand 2 more"],
        ["7own", "not given", ""],
      ])
    #expect(section.descendants("summary").map(\.text) == ["8 more simulations"])
  }
}
