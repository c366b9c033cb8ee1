import TestSupport
import Testing
import XML

@testable import Site

@Suite struct TechniquePageTests {
  @Test func standsInTheOrderOfItsContents() throws {
    let page = try RenderedPage("technique.html", SamplePages.technique())
    let sections = page.elements("section").compactMap { $0.value(of: "id") }
    #expect(
      sections == [
        "notes", "rules", "neighbours", "events", "strategies", "fields", "values", "exclusions", "how-to-test",
        "users",
      ])
    let contents = page.elements("nav").first { $0.value(of: "aria-label") == "On this page" }
    #expect(contents?.descendants("a").compactMap { $0.value(of: "href") } == (["top"] + sections).map { "#" + $0 })
    #expect(
      contents?.descendants("i").map(\.text) == ["41", "21", "2", "2", "674", "403", "20", "30"])
  }

  @Test func listsTheEventsThatATTACKNamesAndNoRuleReads() throws {
    let page = try RenderedPage("technique.html", SamplePages.technique())
    let strategies = try #require(page.element(id: "strategies"))
    let rows = strategies.descendants("table").map { $0.descendants("tr").dropFirst() }
    // Twelve are seen, eight unfold, and two log sources in MITRE's words follow.
    #expect(rows.map(\.count) == [12, 8, 2])
    #expect(
      rows[0].prefix(2).map { $0.elements.map(\.text) } == [
        ["Sysmon", "10", "Process accessed", "collected", "rules elsewhere none"],
        ["Sysmon", "10", "Process accessed", "collected", "rules elsewhere 1"],
      ])
    #expect(strategies.descendants("summary").map(\.text) == ["8 more events"])
    let events = try #require(page.element(id: "events"))
    #expect(
      events.descendants("tr").compactMap { $0.elements.dropFirst(4).first?.text }.suffix(2) == ["names it", "doesn’t"])
  }

  @Test func leavesOutWhatIsEmpty() throws {
    let page = try RenderedPage("technique.html", SamplePages.emptyTechnique)
    #expect(page.elements("section").isEmpty && page.elements("table").isEmpty)
    #expect(page.elements("dt").map(\.text) == ["Described at"])
    #expect(page.elements("h1").map(\.text) == ["Taint Shared Content T1080"])
  }

  @Test func foldsALongListAndLeadsToWhatItLeavesOut() throws {
    let page = try RenderedPage("technique.html", SamplePages.technique())
    let rules = try #require(page.element(id: "rules"))
    #expect(rules.descendants("table").map { $0.descendants("tr").count - 1 } == [1, 24, 6])
    #expect(rules.descendants("summary").map(\.text) == ["6 more rules, of 16"])
    #expect(rules.descendants("p").map(\.text) == ["All 40 are in the list of rules: filter it by T1003"])
  }

  @Test func saysHowManyRulesShareAValueHereAndInAll() throws {
    let page = try RenderedPage("technique.html", SamplePages.technique())
    let values = try #require(page.element(id: "values"))
    #expect(values.descendants("li").first?.text == "10 4 here, 1,004 in all")
    #expect(values.descendants("h2").first?.text == "Values that rules share the 31 most shared of 674 values")
  }

  @Test func saysInWordsWhatAnEmptyCellMeans() throws {
    let page = try RenderedPage("technique.html", SamplePages.technique())
    #expect(page.element(id: "strategies")?.descendants("em").map(\.text) == ["not given"])
    let rows = page.element(id: "fields")?.descendants("tr").dropFirst().map { $0.elements.map(\.text) }
    let values = "ends with \\lsass.exe 20 · eq  an empty text 1"
    #expect(
      rows == [
        ["TargetImage", "20", "1,025", "ends with 20", values],
        ["anywhere in the event", "20", "1,025", "ends with 20", values],
      ])
    let rules = page.element(id: "neighbours")?.descendants("tr").dropFirst().map { $0.elements[1].text }
    #expect(rules == ["3", "2", "none"])
  }
}

@Suite struct MatrixPageTests {
  @Test func unfoldsSubtechniquesBesideTheLinkOfTheirTechnique() throws {
    let page = try RenderedPage("matrix.html", SamplePages.matrix())
    let column = try #require(page.element(id: "TA0006"))
    #expect(column.descendants("h2").map(\.text) == ["Credential Access1 of 1"])
    #expect(
      column.descendants("summary").compactMap { $0.value(of: "aria-label") } == [
        "2 sub-techniques of OS Credential Dumping"
      ])
    #expect(
      column.descendants("a").map { $0.text + " " + ($0.value(of: "href") ?? "-") } == [
        "Credential Access tactics/TA0006/index.html", "OS Credential Dumping T1003 T1003/index.html",
        "LSASS Memory T1003.001 T1003.001/index.html", "NTDS T1003.002 -",
        "Interception T1111 out of scope T1111/index.html",
      ])
    #expect(
      column.descendants("span").filter { $0.words.contains("v") }.map { "\($0.text) \($0.value(of: "class") ?? "")" }
        == ["150 v h6", "3 v h2", "0 v h0", "0 v h0"])
    #expect(column.descendants("li").map { $0.value(of: "class") } == [nil, nil, "zero", "zero out"])
    #expect(column.descendants("span").filter { $0.words.contains("depth") }.map(\.text) == ["thin: one event"])
  }

  @Test(arguments: [
    (0, "h0"), (1, "h1"), (2, "h1"), (3, "h2"), (5, "h2"), (6, "h3"), (10, "h3"), (11, "h4"), (25, "h4"), (26, "h5"),
    (75, "h5"), (76, "h6"), (9999, "h6"),
  ])
  func shadesByNumber(rules: Int, shade: String) { #expect(MatrixShade(rules: rules).rawValue == shade) }

  @Test func explainsItsShades() throws {
    let page = try RenderedPage("matrix.html", SamplePages.matrix())
    let legend = page.elements("ul").first { $0.words.contains("legend") }
    #expect(
      legend?.elements.map(\.text) == [
        "Rules for a technique:", "none", "1–2", "3–5", "6–10", "11–25", "26–75", "over 75",
      ])
  }
}

@Suite struct TacticPageTests {
  @Test func putsSubtechniquesUnderTheirTechnique() throws {
    let page = try RenderedPage("tactic.html", SamplePages.tactic())
    let rows = try #require(page.element(id: "techniques")).descendants("tr").dropFirst()
    #expect(
      rows.map { $0.elements.map(\.text) } == [
        ["T1003 OS Credential Dumping", "1,500", "", "13"], ["T1003.002 NTDS", "none", "", "0"],
      ])
    #expect(rows.map { $0.value(of: "class") } == [nil, "sub"])
  }
}

@Suite struct FoldedTests {
  @Test(arguments: [(0, 0, 0, 0), (3, 3, 0, 0), (5, 5, 0, 0), (6, 3, 3, 0), (9, 3, 5, 1)])
  func foldsWhatIsWorthIt(count: Int, first: Int, rest: Int, left: Int) {
    let folded = Folded(Array(0..<count), seen: 3, most: 8)
    #expect(folded.first.count == first && folded.rest.count == rest && folded.left == left)
    #expect(folded.first + folded.rest == Array((0..<count).prefix(8)))
    #expect(folded.total == count && folded.map(String.init).total == count)
  }
}

@Suite struct ScriptValueTests {
  @Test func writesWhatAClassicScriptCanHold() {
    let value = ScriptValue.map([
      ("a\"b", .list([.number(-1), .text("x\\y\n</script>\u{2028}é\u{0}\u{202E}")])), ("c", .map([])), ("d", .list([])),
    ])
    #expect(
      String(decoding: value.script(naming: "data"), as: UTF8.self)
        == #"globalThis.data = {"a\"b":[-1,"x\\y\u000a\u003c/script>\u2028é\u0000[U+202E]"],"c":{},"d":[]};"# + "\n")
  }
}
