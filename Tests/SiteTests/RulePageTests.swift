import DialectReading
import RuleModel
import Templates
import TestSupport
import Testing
import XML

@testable import Site

@Suite struct RulePageTests {
  private let page: RenderedPage

  init() throws { page = try RenderedPage("rule.html", SamplePages.rule()) }

  private func section(_ id: String) throws -> XMLElement { try #require(page.element(id: id)) }

  @Test func hasItsSectionsInTheContractsOrder() {
    let sections = page.elements("section")
    #expect(
      sections.map { $0.value(of: "id") } == [
        "notes", "attack", "references", "events", "same-action", "body", "stages", "exclusions", "indicators",
        "false-positives", "related", "neighbours", "findings",
      ])
    for section in sections { #expect(section.elements.first?.name == "h2") }
  }

  @Test func showsALongFactAsAList() throws {
    let facts = try #require(page.elements("dl").first)
    func fact(_ name: String) throws -> XMLElement {
      try #require(facts.elements.first { $0.elements.first?.text == name }?.elements.last)
    }
    #expect(try fact("Packs").text == "Archives, Scripts")
    #expect(
      try fact("Tests").descendants("li").map(\.text) == [
        "A script started by an archive program (matches)", "A text (doesn’t match)",
      ])
  }

  @Test func showsNeighboursWithWhatTheyDoNotShare() throws {
    let rows = try section("neighbours").descendants("tr").dropFirst()
    #expect(
      rows.map { $0.elements.dropFirst().map(\.text) } == [
        ["similar, on other logs", "tests shared 1,075", "similarity 0.74", "high"],
        ["duplicate", "tests shared 3", "similarity 1.00", "no level"],
      ])
    #expect(rows.map { $0.descendants("details").count } == [1, 0])
    let difference = try #require(rows.first?.descendants("dl").first)
    #expect(
      difference.elements.map { [$0.name, $0.text] } == [
        ["dt", "Only here"], ["dd", " Image ends with \\a.exe \\b.exe"],
        ["dd", "not anywhere in the event keyword  an empty text"], ["dt", "Only there"], ["dd", " User eq SYSTEM"],
        ["dd", "and 8 more tests"],
      ])
  }

  @Test func showsEachKindOfBlockAndOfText() throws {
    let notes = try #require(section("notes").descendants("div").first)
    #expect(
      notes.elements.map(\.name) == ["h3", "p", "ol", "ul", "ul", "div", "ol", "h4", "h5", "h6", "hr", "pre", "p"])
    let paragraph = try #require(notes.descendants("p").first)
    #expect(paragraph.elements.map(\.name) == ["em", "strong", "br", "del", "img", "a"])
    #expect(paragraph.text == "Ask whowscript.exeby mailanother rule")
    let picture = try #require(paragraph.descendants("img").first)
    #expect(
      picture.attributes.map { "\($0.name)=\($0.value)" } == [
        "alt=A tree", "src=../../assets/notes/tree-0123456789abcdef.png", "width=320", "height=200",
      ])
    #expect(notes.descendants("ol").map { $0.value(of: "start") } == [nil, "4"])
    // A tight list has no paragraphs.
    #expect(notes.descendants("ul").flatMap { $0.descendants("p") }.isEmpty)
    #expect(notes.descendants("blockquote").map { $0.elements.map(\.name) } == [["p"]])
    #expect(notes.descendants("pre").map(\.text) == ["a: b # c\n", "a: b # c\n", "a: b # c\n", "a | where b\n"])
    #expect(notes.descendants("pre").map { $0.descendants("span").map(\.text) }.last == ["where"])
    #expect(
      notes.descendants("li").filter { $0.value(of: "class") == "task" }.map {
        $0.elements.first?.value(of: "aria-label")
      } == ["done", "to do"])
    // A head without words isn't one.
    #expect(notes.descendants("tr").map { $0.elements.map(\.name) } == [["th", "th", "td"], ["td", "td", "td"]])
    #expect(
      notes.descendants("tr").map { $0.elements.map { $0.value(of: "class") } } == [
        [nil, "mid", nil], [nil, nil, "end"],
      ])
  }

  @Test func showsEachLogSource() throws {
    let place = try #require(page.elements("dt").firstIndex { $0.text == "Log source" })
    let value = page.elements("dd")[place]
    #expect(value.text == "category process_creation, product windows; service sysmon")
    #expect(value.descendants("a").map { $0.value(of: "href") } == ["../../../logsources/index.html"])
  }

  @Test func leavesOutWhatIsEmpty() throws {
    let empty = try RenderedPage("rule.html", SamplePages.emptyRule)
    #expect(empty.elements("section").isEmpty)
    #expect(empty.elements("dt").map(\.text) == ["Source"])
    #expect(
      empty.elements("nav").first { $0.value(of: "aria-label") == "On this page" }?.descendants("a").map(\.text) == [
        "Facts"
      ])
    #expect(empty.elements("p").allSatisfy { !$0.text.isEmpty })
  }

  @Test func listsInItsContentsWhatItHas() throws {
    let contents = try #require(page.elements("nav").first { $0.value(of: "aria-label") == "On this page" })
    #expect(
      contents.descendants("a").map(\.text) == [
        "Facts", "Notes", "ATT&CK", "References 2", "Events 2", "Same action 1,200", "Rule body", "Stages 3",
        "Exclusions 2",
        "Indicators 71", "False positives", "Related rules", "Neighbours 2",
        "Findings 2",
      ])
  }

  @Test func headsThePageWithFacts() throws {
    let facts = try #require(page.elements("dl").first { $0.words.contains("facts") })
    #expect(
      facts.elements.map { $0.elements.map(\.text) } == [
        ["Status", "deprecated"], ["Level", "high"],
        ["Log source", "category process_creation, product windows; service sysmon"],
        ["Group by", "Computer, User"], ["Time window", "10m"], ["Author", "A. Writer, B. Reader"],
        ["Date", "2025-02-03"],
        ["Modified", "2026-04-05"], ["Rule id", "0c1b64a5-5a0b-4d5a-9c9e-9b5a3f0a7a11"],
        ["Packs", "Archives, Scripts"],
        ["Tests", "A script started by an archive program (matches)A text (doesn’t match)"],
        ["Source", "rules/windows/process_creation/proc_creation_win_archive_program_starts_script_host.yml"],
      ])
    let notice = page.elements("p").first { $0.words.contains("notice") }
    #expect(
      notice?.text
        == "Deprecated: kept for reference, and not counted for coverage. Replaced by Scheduled Task By A Script"
    )
  }

  @Test func showsARevokedTechniqueWithAnArrow() throws {
    let rows = try section("attack").descendants("tr")
    #expect(rows.first?.elements.map(\.text) == ["Tactic", "Techniques"])
    #expect(
      rows.dropFirst().map {
        $0.elements.map { $0.elements.flatMap { $0.name == "ul" ? $0.elements.map(\.text) : [$0.text] } }
      } == [
        [
          [],
          ["T1059.005 Command and Scripting Interpreter: Visual Basic", "T1562.001 → T1685 Disable or Modify Tools"],
        ],
        [[], ["No specific technique"]],
      ])
    #expect(rows.dropFirst().compactMap { $0.elements.first?.text } == ["Execution", "Command and Control"])
    #expect(
      try section("attack").descendants("p").map(\.text) == [
        "Groups: G0016 APT29", "Not in this version of ATT&CK: t9999",
      ])
  }

  @Test func linksAReferenceThatIsAnAddressAndShowsOthersAsText() throws {
    let items = try section("references").descendants("li")
    #expect(items.map(\.text) == ["example.org/archives", "a talk"])
    #expect(items.map { $0.elements.first?.value(of: "href") } == ["https://example.org/archives", nil])
  }

  @Test func namesEventsByProviderEventAndTitle() throws {
    let rows = try section("events").descendants("tr").map { $0.elements.map(\.text) }
    #expect(
      rows == [
        ["Provider", "Event", "Title"], ["Microsoft-Windows-Sysmon", "1", "Process creation"],
        ["Okta-user", "user.session.start", "untitled"],
      ])
    #expect(
      try section("events").descendants("p").first?.text.hasSuffix("the rule needs OriginalFileName, which 4688 lacks.")
        == true)
  }

  @Test func foldsALongListOfRules() throws {
    let section = try section("same-action")
    #expect(section.elements.first?.text == "Rules detecting the same action 1,200 rules")
    #expect(section.descendants("li").count == 11)
    let fold = try #require(section.descendants("details").first)
    // The rule has more of them than it lists; the pages of the events list all.
    let lead = try #require(section.descendants("p").first)
    #expect(
      lead.text
        == "Other rules that filter on user.session.start, user.session.end, those with most rare values in common first. "
        + "The first 11 rules are listed here; the event’s page has them all.")
    #expect(lead.descendants("a").map { $0.value(of: "href") } == ["../../../events/o/s/index.html"])
    #expect(fold.descendants("summary").map(\.text) == ["3 more rules"])
    #expect(fold.descendants("li").count == 3)
    #expect(section.descendants("li").first?.text == "Scheduled Task By A Script Sigma")
  }

  @Test func keepsTheBodyToTheByte() throws {
    let body = try #require(section("body").descendants("pre").first)
    #expect(body.text == "# an example\n\ntitle: Script Host\nselection:")
    #expect(body.elements.map { $0.value(of: "id") } == ["L1", "L2", "L3", "L4"])
    #expect(body.elements.flatMap(\.elements).map { $0.value(of: "class") } == ["c", "k", "d"])
    // HTML drops a line end that follows the start tag itself.
    #expect(page.text.contains(#"verbatim"><span id="L1"><span class="c">"#))
  }

  @Test func showsEachFileWithAPartOfTheLogicBelowTheBody() throws {
    let body = try section("body")
    #expect(body.descendants("h3").map(\.text) == ["archive.py Python, 2 lines"])
    let texts = body.descendants("pre")
    try #require(texts.count == 2)
    #expect(texts[1].text == "def rule(event):\n    return 1 < 2")
    #expect(texts[1].value(of: "aria-label") == "archive.py, verbatim")
    #expect(texts[1].descendants("span").compactMap { $0.value(of: "class") } == ["o"])
    // Lines of the rule's own file alone can be linked to.
    #expect(texts[1].descendants("span").allSatisfy { $0.value(of: "id") == nil })
  }

  /// A note of more than six blocks from a field of the rule; one from a file stays open, however long.
  @Test func foldsALongNoteOfTheRuleItself() throws {
    let notes = try section("notes").elements.filter { $0.words == ["said"] }
    #expect(notes.map { $0.descendants("details").count } == [0, 0, 1])
    let fold = try #require(notes.last?.descendants("details").first)
    #expect(fold.descendants("summary").map(\.text) == ["From the rule’s field note"])
    #expect(fold.descendants("p").map(\.text) == (1...7).map { "Step \($0)" })
    // Where it is from is said once.
    #expect(
      notes.map { $0.elements.filter { $0.words == ["faint"] }.map(\.text) } == [
        ["From one.md"], ["From the rule’s field runbook"], [],
      ])
  }

  @Test(arguments: ["\n", "a\r\nb\r\n", "\ta: 'b' # c\n\n", "no line end", "a: \u{FFFD}\u{A0}\n"])
  func keepsEveryKindOfLine(text: String) throws {
    var rule = SamplePages.emptyRule
    rule.body = BodySection(language: "YAML", lines: [BodyLine(number: 1, lead: text)])
    let body = try RenderedPage("rule.html", rule).elements("pre").first
    #expect(body.map { Array($0.text.utf8) } == Array(text.utf8))
  }

  @Test func drawsTheTreeOfAStage() throws {
    let stages = try section("stages").elements.filter { $0.words == ["stage"] }
    #expect(
      stages.map { $0.elements.first?.text } == [
        "Stage 0 correlation", "Rules that it tunes", "Stage 0 condition ", "Stage 1 selection ",
        "Stage 2 filter_known excluded",
      ])
    let condition = try #require(page.element(id: "stage-0"))
    #expect(condition.descendants("div").compactMap { $0.value(of: "class") } == ["tree", "g all", "g not"])
    #expect(condition.descendants("a").map { $0.value(of: "href") } == ["#stage-1", "#stage-2", "#stage-2"])
    #expect(condition.descendants("a").map(\.text) == ["selection", "stage 2 where", "filter_known"])
    #expect(
      condition.descendants("p").map(\.text) == [
        "selection and not 1 of filter_*", "let limit = 5", "then count() by Computer > 10",
      ])
    let tests = try #require(page.element(id: "stage-1")).descendants("li")
    #expect(tests.count == 3)
    #expect(tests[0].text.hasPrefix(#"Image ends with any of 30: \host\1.exe or \host\2.exe or "#))
    #expect(tests[0].descendants("details").first?.descendants("code").count == 6)
    #expect(tests[1].text == "anywhere in the event keyword  an empty text")
    #expect(tests[2].text == "near(a, b)")
    #expect(page.element(id: "stage-2")?.descendants("span").last?.text == "CommandLine")
    #expect(page.element(id: "stage-2")?.descendants("div").first?.text == "CommandLine contains  -e  and -x")
  }

  @Test func saysWhatACorrelationRelates() throws {
    let rows = try section("stages").descendants("dl").first?.elements.map { $0.elements.map(\.text) }
    #expect(
      rows == [
        ["Type", "event count"], ["Rules", "Scheduled Task By A Script"], ["Group by", "user"], ["Time window", "10m"],
        ["Field", "ip"], ["Condition", "gte 10"], ["Alias user", "TargetUser in a rule"],
        ["Generate", "its rules also raise their own alerts"],
      ])
  }

  @Test func leavesMostOfAListByTheThousandToTheRulesText() throws {
    var page = SamplePages.emptyRule
    var stage = StageModel(number: 1, name: "hashes")
    stage.predicate = .test(
      TestModel(field: "Hashes", kind: "contains", values: (1...1500).map { ShownValue(text: "\($0)") }))
    page.stages = StageSection(stages: [stage])
    let line = try #require(try RenderedPage("rule.html", page).element(id: "stages")?.descendants("div").last)
    #expect(line.text.hasPrefix("Hashes contains any of 1,500: 1 or 2 or 3"))
    #expect(line.descendants("code").map(\.text) == (1...400).map { "\($0)" })
    #expect(line.descendants("summary").map(\.text) == ["376 more values, of 1,476"])
    #expect(line.text.hasSuffix("; the other 1,100 are in the rule’s text"))
  }

  @Test func startsEachValueWithItsCodeAndCountsIt() throws {
    let section = try section("indicators")
    #expect(section.descendants("caption").first?.text.contains("how many rules of the catalog look for") == true)
    let rows = section.descendants("tr")
    #expect(
      rows.map { $0.elements.prefix(2).map(\.text) } == [
        ["Field", "Kind"], ["anywhere in the event", "keyword"], ["Image", "ends with"],
      ])
    let items = rows[2].descendants("li")
    #expect(items.count == 70)
    for item in items { #expect(item.elements.first?.name == "code") }
    #expect(items[2].elements.map(\.text) == [#"\host\3.exe"#, "corpus 1046 (sigma 30, elastic 1016)"])
    #expect(items[2].elements[1].value(of: "href") == "../../../fields/Image/index.html#v3")
    #expect(items[0].elements.map(\.text) == [#"\host\1.exe"#])
    #expect(rows[2].descendants("summary").map(\.text) == ["10 more values"])
    #expect(rows[1].descendants("li").map { $0.elements.map(\.text) } == [["", "an empty text"]])
  }

  @Test func showsSpacesInValuesAndSaysModifiers() throws {
    let items = try section("exclusions").descendants("li")
    #expect(try section("exclusions").descendants("th").map(\.text) == ["Field", "Kind", "Excluded values"])
    #expect(items.map { $0.elements.map(\.text) } == [[" -e "], ["-x", "cased"]])
    #expect(items.map { $0.elements.first?.value(of: "class") } == ["ws", nil])
  }

  @Test(arguments: [
    (" -e", true), ("-e ", true), ("a  b", true), ("a\tb", true), ("a\nb", true), (" ", true), ("a b", false),
    ("ab", false),
    ("", false),
  ])
  func tellsSpacesThatWouldBeOverlooked(value: String, isTelling: Bool) {
    #expect(ShownValue(text: value).hasTellingSpaces == isTelling)
  }

  @Test func tellsOfOtherRules() throws {
    let section = try section("related")
    #expect(
      section.descendants("tr").map { $0.elements.map(\.text) } == [
        ["Relation", "Rule", "Level"], ["derived from", "Scheduled Task By A Script", "low"],
        ["similar to", "438025f9-5856-4663-83f7-52f878a70a50 not in this catalog", "no level"],
      ])
    #expect(section.descendants("h3").map(\.text) == ["Filters that apply", "Correlations that use this rule"])
    #expect(section.descendants("p").map(\.text) == ["The first 1 filter of 102 are listed here."])
  }

  @Test func saysWhereAllRulesOfAFilterAre() throws {
    let lines = try section("stages").descendants("p").filter { $0.value(of: "class") == "quiet" }
    #expect(
      lines.map(\.text) == [
        "All rules of its log source", "The first 1 rule of 1,234 are listed here; search for all of them.",
      ])
    #expect(lines.last?.descendants("a").map { $0.value(of: "href") } == ["../../../search.html"])
  }

  @Test func leadsFromAFindingToItsLine() throws {
    let items = try section("findings").descendants("li")
    #expect(
      items.map(\.text) == [
        "warning T1562.001 is revoked; write T1685 attack-revoked line 3",
        "note the rule has no false positives false-positives-missing ",
      ])
    #expect(items[0].elements.last?.value(of: "href") == "#L3")
  }
}
