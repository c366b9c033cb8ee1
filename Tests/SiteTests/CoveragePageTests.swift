import TestSupport
import Testing
import XML

@testable import Site

@Suite struct CoveragePageTests {
  @Test func standsInTheOrderOfItsContents() throws {
    let page = try RenderedPage("coverage.html", SamplePages.coverage())
    let sections = page.elements("section").compactMap { $0.value(of: "id") }
    #expect(
      sections == [
        "tactics", "dialects", "changes", "gaps", "thin", "accepted", "wake", "blind", "partly-blind", "exclusions",
        "untapped", "untested", "out-of-scope",
      ])
    let contents = page.elements("nav").first { $0.value(of: "aria-label") == "On this page" }
    #expect(contents?.descendants("a").compactMap { $0.value(of: "href") } == (["top"] + sections).map { "#" + $0 })
    #expect(contents?.descendants("i").map(\.text) == ["1,376", "30", "3", "20", "30", "15", "14", "31", "40", "2"])
  }

  @Test func saysOfThinTechniquesWhyAndWhoUsesThem() throws {
    let page = try RenderedPage("coverage.html", SamplePages.coverage())
    let section = try #require(page.element(id: "thin"))
    #expect(section.descendants("h2").map(\.text) == ["Thin techniques 30 one event, 30 one level"])
    let tables = section.descendants("table").map { $0.descendants("tr").map { $0.elements.map(\.text) } }
    #expect(tables.map(\.count) == [21, 11])
    #expect(tables[0][0] == ["Technique", "Why", "Groups", "Rules", "Log sources"])
    #expect(
      tables[0][1] == [
        "Dumping T101", "one event, Sysmon 1; one level, low", "groups 1,001", "rules 1", "log sources –",
      ]
    )
    #expect(tables[0][2].last == "log sources 2 of 5")
  }

  @Test func listsAcceptedGapsAndWhatIsOutOfScope() throws {
    let page = try RenderedPage("coverage.html", SamplePages.coverage())
    let rows = try #require(page.element(id: "accepted")).descendants("tr").dropFirst().map { $0.elements.map(\.text) }
    #expect(
      rows == [
        ["Acquire Infrastructure T1583and 8 sub-techniques", "no rule", "It happens elsewhere.SOC", "2027-03-31"],
        ["Hardware Additions T1200", "out of scope", "No doors.", "2020-03-31, passed: it counts again"],
        ["Media T1091", "out of scope", "Blocked.", "no end"],
      ])
    let section = try #require(page.element(id: "out-of-scope"))
    #expect(section.descendants("summary").map(\.text) == ["2 techniques: excluded with TA0043"])
    #expect(section.descendants("li").map(\.text) == ["T1595 Scanning", "T1598"])
  }

  @Test func leadsToTheWholeOfALongList() throws {
    let page = try RenderedPage("coverage.html", SamplePages.coverage())
    let links = page.elements("a").filter { $0.text.hasPrefix("All ") }
    #expect(
      links.map { [$0.text, $0.value(of: "href")] } == [
        ["All 20 events", "wake.html"], ["All 30 rules", "blind.html"], ["All 15 rules", "partly-blind.html"],
        ["All 14 exclusions", "exclusions.html"], ["All 31 events", "untapped.html"],
      ])
    for (list, count) in [ReviewList.wake: 20, .blind: 30, .partlyBlind: 15, .exclusions: 14] {
      let page = try RenderedPage("review-list.html", SamplePages.reviewList(list))
      #expect(page.elements("tr").count == count + 1)
      #expect(!page.elements("a").contains { $0.text.hasPrefix("All ") })
    }
  }

  @Test func saysOfAnExclusionThatCannotWorkWhichFieldIsMissing() throws {
    let page = try RenderedPage("coverage.html", SamplePages.coverage())
    let rows = try #require(page.element(id: "exclusions")).descendants("tr").map { $0.elements.map(\.text) }
    #expect(rows.count == 13)
    #expect(rows[0] == ["Rule", "Decided by", "Missing", "Excludes"])
    #expect(
      rows[1] == ["WhoamiSecurity 4688", "audit.reg:4:1", "CommandLine, as it is off", "CommandLine contains 1"])
    #expect(
      rows[6].last == "CommandLine contains 1; CommandLine contains 2; CommandLine contains 3 and 3 more")
  }

  @Test func leavesOutWhatIsNotTold() throws {
    let page = try RenderedPage("coverage.html", SamplePages.emptyCoverage)
    #expect(page.elements("section").compactMap { $0.value(of: "id") } == ["tactics"])
  }

  @Test func saysWhatOnlyOneDialectCovers() throws {
    let page = try RenderedPage("coverage.html", SamplePages.coverage())
    let section = try #require(page.element(id: "dialects"))
    #expect(
      section.descendants("tr").map { $0.elements.map(\.text) } == [
        ["Dialect", "Rules", "Counted", "Techniques", "Only here", "Read"],
        ["Sigma", "4,041", "3,788", "415", "1,042", "99.9 %"], ["Splunk", "1", "0", "0", "0", "0.0 %"],
      ])
    #expect(section.descendants("summary").map(\.text) == ["2 techniques only in Sigma"])
    #expect(section.descendants("li").map(\.text) == ["T1003 Dumping", "T1005 Data"])
  }

  @Test func drawsTheStatesOfATacticToOneScale() throws {
    let page = try RenderedPage("coverage.html", SamplePages.coverage())
    let table = try #require(page.element(id: "tactics")?.descendants("table").first)
    #expect(
      table.descendants("th").prefix(7).map(\.text) == [
        "Tactic", "Picture", "Runs", "Blind", "No rule", "All", "Share",
      ])
    let rows = table.descendants("tr").dropFirst()
    #expect(rows.first?.descendants("td").dropFirst().map(\.text) == ["35", "0", "32", "67", "52.2 %", "1,352"])
    #expect(rows.last?.descendants("td").dropFirst().map(\.text) == ["0", "0", "0", "0", "", "0"])
    // 35 and 32 of 134; what is empty has no part.
    let parts = table.descendants("rect").map { part in ["class", "x", "width"].compactMap { part.value(of: $0) } }
    #expect(parts == [["runs", "0.0%", "26.1%"], ["none", "26.1%", "23.9%"]])
  }

  @Test func saysOfEachGapWhereItCouldBeSeenAndWhatWouldCloseIt() throws {
    let page = try RenderedPage("coverage.html", SamplePages.coverage())
    let tables = try #require(page.element(id: "gaps")).descendants("table").map { $0.descendants("tr").dropFirst() }
    #expect(tables.map(\.count) == [20, 40])
    let cells = tables[0].prefix(2).map { $0.elements.map(\.text) }
    #expect(cells[0] == ["Dumping 1 T101", "no rule", "1", "no event that the event map knows", "none"])
    #expect(cells[1][3] == "Sysmon 1 and 2")
    #expect(cells[1][4].hasSuffix("and 6 more"))
    #expect(
      tables[0].dropFirst().first?.descendants("span").compactMap { $0.value(of: "class") } == [
        "id", "y", "faint", "faint", "faint", "faint", "faint",
      ])
  }

  @Test func marksStatesByWordAndShape() throws {
    let style = try #require(embeddedFiles(below: "templates/").first { $0.path.hasSuffix("style.css") })
    let rules = String(decoding: style.bytes, as: UTF8.self)
    for mark in [
      StateMark.covered, .runs, .partly, .blind, .unknown, .none, .open, .used, .untapped, .missing, .filtered,
    ] {
      #expect(rules.contains(".state.\(mark.rawValue)::before"), "\(mark) has no shape of its own")
    }
    #expect(StateMark(.partlyBlind).word == "partly blind")
    let page = try RenderedPage("technique.html", SamplePages.technique())
    #expect(page.elements("dd").map(\.text).contains("runs: 2 rules run, 1 rule is blind"))
    let cells = try #require(page.element(id: "events")).descendants("td").filter { $0.text.hasSuffix("collected") }
    #expect(
      Set(cells.flatMap { $0.descendants("span") }.compactMap { $0.value(of: "class") }) == [
        "state used", "state missing",
      ])
  }
}
