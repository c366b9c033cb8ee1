import Templates
import TestSupport
import Testing
import XML

@testable import Site

@Suite struct EventPageTests {
  private let page: RenderedPage

  init() throws { page = try RenderedPage("event.html", SamplePages.event()) }

  @Test func standsInTheOrderOfItsContents() {
    let sections = page.elements("section").compactMap { $0.value(of: "id") }
    #expect(
      sections == [
        "events", "fields", "values", "exclusions", "equivalents", "collection", "techniques", "tactics", "rules",
      ])
    let contents = page.elements("nav").first { $0.value(of: "aria-label") == "On this page" }
    #expect(contents?.descendants("a").compactMap { $0.value(of: "href") } == (["top"] + sections).map { "#" + $0 })
    #expect(contents?.descendants("i").map(\.text) == ["2", "23", "674", "403", "15", "1,504"])
  }

  @Test func leavesOutWhatIsEmpty() throws {
    let page = try RenderedPage("event.html", SamplePages.emptyEvent)
    #expect(page.elements("section").isEmpty && page.elements("table").isEmpty)
    #expect(page.elements("dt").map(\.text) == ["Rules"])
    #expect(page.elements("h1").map(\.text) == ["Door open"])
  }

  @Test func headsThePageWithFacts() throws {
    #expect(page.elements("h1").map(\.text) == ["Process created Microsoft-Windows-Sysmon 1"])
    let facts = try #require(page.elements("dl").first { $0.words.contains("facts") })
    #expect(
      facts.elements.map { $0.elements.map(\.text) } == [
        ["Provider", "Microsoft-Windows-Sysmon"], ["What it is", "System Monitor"], ["Event", "1"],
        ["Also written", "one"], ["Channel", "Sysmon/Operational"], ["Rules", "1,504, 3 of them counted"],
        ["Levels", "3 high"], ["Status", "3 test"], ["Log sources", "windows · process_creation 1,504, and 2 more"],
        ["Equivalent events", "Security-Auditing 4688 Process created, nothing else reports it"],
      ])
  }

  @Test func saysWhatRulesTestInEachField() throws {
    let rows = try #require(page.element(id: "fields")).descendants("tr").filter {
      $0.elements.first?.value(of: "scope") == "row"
    }
    #expect(
      rows.prefix(3).map { $0.elements.map(\.text) } == [
        [
          "NewProcessNamecompared as Image", "rules 1,078", "",
          "ends with \\cmd.exe 155 · eq  -e  cased 2 1,001 values, 286 excluded by 116 rules".replacing(
            " 1,001", with: "1,001"),
        ],
        ["UtcTime", "rules none", "", ""],
        ["anywhere in the event", "rules 1", "", "1 value excluded by 1 rule"],
      ])
    #expect(
      rows.first?.descendants("a").map { $0.value(of: "href") }
        == [
          "../../../fields/Image/index.html", "../../../fields/Image/index.html#v1", nil,
        ].compactMap { $0 })
    #expect(page.element(id: "fields")?.descendants("span").first?.text == "2 fields, 1 tested, 21 others")
  }

  @Test func tellsHowFieldsCorrespondAndHowManyRulesALackTouches() throws {
    let items = try #require(page.element(id: "equivalents")).elements.filter { $0.name == "div" }
    #expect(
      items.map { $0.descendants("p").first?.text } == [
        "reports the same; 1,398 rules read it", "nothing else reports it",
      ])
    #expect(
      items.first?.descendants("dl").first?.elements.map { $0.elements.map(\.text) } == [
        ["It lacks", "Hashes 46 counted rules, LogonGuid"],
        ["Corresponds", "User is Domain and Name, Domain and Name are User"],
        ["Same name", "CommandLine"], ["Only it has", "TokenElevationType"],
      ])
    #expect(items.last?.descendants("dl").isEmpty == true)
  }

  @Test func tellsWhatMustBeTurnedOn() {
    #expect(
      page.element(id: "collection")?.descendants("div").map { $0.elements.map(\.text) } == [
        ["Audit policy", "Audit Process Creation for 4688"],
        ["Setting", "Include command line; without it, nothing is in CommandLine"],
      ])
  }

  @Test func goesOnWithItsRulesOnFurtherPages() throws {
    let rules = try #require(page.element(id: "rules"))
    #expect(rules.descendants("h2").map(\.text) == ["Rules that read it 1,504 rules, highest level first"])
    #expect(rules.descendants("li").map(\.text) == ["Rules 1 to 30", "Rules 31 to 1,504"])
    #expect(rules.descendants("table").map { $0.descendants("tr").count - 1 } == [24, 6])
  }

  @Test func listsAProvidersEventsThatNoRuleReadsToo() {
    let rows = page.element(id: "events")?.descendants("tr").dropFirst().map { $0.elements.map(\.text) }
    #expect(rows == [["1 Process created", "rules 1,504", ""], ["255", "rules none", ""]])
    #expect(page.element(id: "events")?.descendants("h2").map(\.text) == ["Events 2 events, of which rules read 1"])
  }
}

@Suite struct EventListTests {
  @Test func listsProvidersAndEventsWithTheirNumbers() throws {
    let page = try RenderedPage("events.html", SamplePages.events())
    func rows(_ id: String) -> [[String]]? {
      page.element(id: id)?.descendants("tr").dropFirst().map { $0.elements.map(\.text) }
    }
    #expect(
      rows("providers") == [
        ["Microsoft-Windows-SysmonSystem Monitor", "28 events 1 unread", "rules 2,400"],
        ["Door", "any event", "rules 1"],
      ])
    #expect(
      rows("events") == [
        ["1 Process created", "Microsoft-Windows-Sysmon", "rules 1,504"], ["2", "Microsoft-Windows-Sysmon", "rules 1"],
      ])
    #expect(page.element(id: "unread")?.descendants("li").map(\.text) == ["GateA gate3 events", "Lift"])
  }

  @Test func saysWhatToWriteForALogSourceThatIsUnknown() throws {
    let page = try RenderedPage("logsources.html", SamplePages.logSources())
    let unknown = try #require(page.element(id: "unknown"))
    #expect(unknown.descendants("pre").map(\.text) == ["logsources:\n  - product: windows\n"])
    #expect(
      unknown.descendants("h3").first?.descendants("a").map { $0.value(of: "href") } == ["#ls-windows-proces_creation"])
    let rows = page.element(id: "logsources")?.descendants("tr").dropFirst() ?? []
    #expect(
      rows.map { $0.elements.dropFirst().map(\.text) } == [
        ["Microsoft-Windows-Sysmon 1 1,504, and 1 more", "rules 1,504"], ["unknown to the event map", "rules 1"],
      ])
    #expect(rows.map { $0.descendants("p").map(\.text) } == [["1,502 more rules on the pages of its events"], []])
  }
}
