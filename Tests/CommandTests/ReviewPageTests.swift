import TestSupport
import Testing
import XML

/// The review on the site: what `telemetry`, `baseline` and `history` in `ruledex.yml` make of the pages.
@Suite struct ReviewPageTests {
  private let folder = TemporaryFolder()
  private let page = "coverage/index.html"

  init() {
    folder.write(smallRule("Runs", more: "tags: [attack.t1059]"), to: "rules/runs.yml")
    folder.write(smallRule("Blind", product: "macos", more: "tags: [attack.t1003]"), to: "rules/blind.yml")
    folder.write("collected:\n  - {provider: Microsoft-Windows-Sysmon, events: [1, 5]}\n", to: "t/telemetry.yml")
  }

  private func configure(_ more: String) {
    folder.write("paths: [rules]\npages: {techniques: covered}\n\(more)\n", to: "ruledex.yml")
  }

  private func build() throws -> SiteFolder {
    let run = try run(builtProgram, ["build"], in: folder.path)
    #expect(run.code == 0, "\(run.errors)")
    return try SiteFolder(folder("site"))
  }

  private func section(_ id: String, of site: SiteFolder) throws -> XMLElement? { try site.page(page).withID(id) }

  @Test func tellsWhatIsCoveredWhereNothingElseIsTold() throws {
    configure("")
    let site = try build()
    #expect(site.faults == [])
    let figures = try site.page(page).named("dl").first?.descendants("div").map(\.text)
    #expect(figures == ["rules counted2", "techniques covered, of 6972", "without a rule695", "thin2"])
    #expect(try section("gaps", of: site)?.descendants("h2").first?.text == "Uncovered techniques 695 no rule")
    for id in ["wake", "blind", "partly-blind", "untapped", "changes"] { #expect(try section(id, of: site) == nil) }
    #expect(try !site.text("attack/index.html").contains("class=\"state"))
    #expect(try !site.text("rules/sigma/blind/index.html").contains("Collected"))
  }

  /// 503 rules are blind: the review shows the first 20, and two pages list them all.
  @Test func listsEveryBlindRuleOnPagesOfItsOwn() throws {
    for number in 100..<602 {
      folder.write(smallRule("Blind \(number)", product: "macos"), to: "rules/blind-\(number).yml")
    }
    configure("telemetry: t/telemetry.yml")
    let site = try build()
    #expect(site.faults == [])
    let section = try #require(try section("blind", of: site))
    #expect(section.descendants("h2").map(\.text) == ["Blind rules 503 rules"])
    #expect(section.descendants("tr").count == 21)
    let all = section.descendants("a").filter { $0.value(of: "href")?.hasPrefix("#") == false }.last
    #expect(all?.text == "All 503 rules")
    #expect(all?.value(of: "href") == "blind.html")
    let pages = try ["coverage/blind.html", "coverage/blind-2.html"].map { try site.page($0) }
    #expect(pages.map { $0.named("tr").count } == [501, 4])
    let rules = pages.flatMap { $0.named("th") }.filter { $0.value(of: "scope") == "row" }.map(\.text)
    #expect(Set(rules) == Set((100..<602).map { "Blind \($0)" } + ["Blind"]))
    #expect(rules.count == 503)
    #expect(pages[1].named("main").first?.text.contains("501 to 503 of 503.") == true)
    #expect(try section.text.contains("ruledex") == false)
    // What fits on the review has no page of its own.
    #expect(site.pages["coverage/wake.html"] == nil)
  }

  @Test func showsHowTechniquesRulesAndEventsStand() throws {
    configure("telemetry: t/telemetry.yml")
    let site = try build()
    #expect(site.faults == [])
    #expect(try section("blind", of: site)?.descendants("th").map(\.text).suffix(1) == ["Blind"])
    let wake = try #require(try section("wake", of: site)?.descendants("tr").dropFirst().first)
    #expect(wake.elements.prefix(2).map(\.text) == ["macOS-EndpointSecurity", "ES_EVENT_TYPE_NOTIFY_EXEC"])
    #expect(try section("untapped", of: site)?.text.contains("Microsoft-Windows-Sysmon 5") == true)
    func state(_ page: String) throws -> [String] {
      try site.page(page).named("div").filter { $0.elements.first?.text == "State" }.map { $0.elements[1].text }
    }
    #expect(try state("rules/sigma/runs/index.html") == ["runs"])
    #expect(try state("rules/sigma/blind/index.html") == ["blind: its event isn’t collected"])
    #expect(try state("attack/T1003/index.html") == ["blind: 1 rule is blind"])
    #expect(try state("attack/T1059/index.html") == ["runs: 1 rule runs"])
    #expect(
      try state("events/Microsoft-Windows-Sysmon/1/index.html") == ["used: it is collected, and rules read it"])
    #expect(
      try state("events/Microsoft-Windows-Security-Auditing/4688/index.html")
        == ["missing: rules read it, and it isn’t collected"])
    let events = try #require(try site.page("rules/sigma/runs/index.html").withID("events"))
    #expect(events.descendants("tr").map { $0.elements.last?.text } == ["Collected", "not collected", "collected"])
    let marks = try site.page("attack/index.html").named("a").compactMap { link -> [String]? in
      let spans = link.descendants("span")
      return spans.contains { $0.value(of: "class")?.hasPrefix("state") == true } ? spans.prefix(2).map(\.text) : nil
    }
    #expect(Set(marks) == [["T1003", "blind"], ["T1059", "runs"]])
    // What is blind counts for nothing in a tactic's head, and its bar is another one.
    let heads = try site.page("attack/index.html").named("h2").map(\.text)
    #expect(heads.contains { $0.hasPrefix("Execution1 of") && $0.hasSuffix(" run") })
    #expect(heads.contains { $0.hasPrefix("Credential Access0 of") && $0.hasSuffix(" run") })
    #expect(try bars("attack/tactics/TA0006/index.html", of: site) == ["bar blind", "bar none"])
    #expect(try bars("attack/tactics/TA0002/index.html", of: site) == ["bar none", "bar runs"])
  }

  /// Every list says it of each rule, the list of all can be filtered by it, and searches can ask for it.
  @Test func saysInListsAndSearchesWhatRuns() throws {
    configure("telemetry: t/telemetry.yml")
    let site = try build()
    for (page, expected) in [
      ("rules/index.html", ["blind", "runs"]), ("attack/T1003/index.html", ["blind"]),
      ("attack/T1059/index.html", ["runs"]),
    ] {
      let rows = try site.page(page).named("th").filter { $0.value(of: "scope") == "row" }
      #expect(
        rows.flatMap {
          $0.descendants("span").filter { $0.value(of: "class")?.hasPrefix("state ") == true }.map(\.text)
        }
        .sorted() == expected, "\(page)")
    }
    let list = try site.page("rules/index.html")
    let facets = list.named("fieldset").filter { $0.descendants("legend").first?.text == "State" }
    #expect(facets.first?.descendants("input").map { $0.value(of: "id") } == ["w-runs", "w-blind"])
    #expect(list.named("tr").compactMap { $0.value(of: "data-f") }.count { $0.contains("w-blind") } == 1)
    for (query, title) in [("state:blind", "Blind"), ("state:runs", "Runs"), ("-state:blind", "Runs")] {
      let found = try run(builtProgram, ["search", query], in: folder.path)
      #expect(found.output.contains(title) && found.output.split(separator: "\n").count == 2, "\(found.output)")
    }
    #expect(try run(builtProgram, ["search", "state:partly"], in: folder.path).code == 1)
    configure("")
    let unknown = try run(builtProgram, ["search", "state:blind"], in: folder.path)
    #expect(unknown.code == 2 && unknown.errors.hasPrefix("state:: error: it isn't known what is collected"))
    #expect(try !build().text("rules/index.html").contains("class=\"state "))
  }

  private func bars(_ page: String, of site: SiteFolder) throws -> [String] {
    Set(try site.page(page).named("svg").compactMap { $0.value(of: "class") }.filter { $0.hasPrefix("bar") }).sorted()
  }

  /// A filter leaves some of the event out; a rule without a known event may run.
  @Test func showsWhatIsCollectedInPartAndWhatMayRun() throws {
    folder.write(
      "<Sysmon schemaversion='4.90'><EventFiltering><ProcessCreate onmatch='exclude'><Image>C:\\a\\whoami.exe</Image></ProcessCreate></EventFiltering></Sysmon>",
      to: "t/sysmon.xml")
    folder.write("sysmon: [sysmon.xml]\n", to: "t/telemetry.yml")
    folder.write(
      "title: Door\nlogsource: {product: doorman}\ndetection: {a: {door: front}, condition: a}\ntags: [attack.t1105]\n",
      to: "rules/door.yml")
    configure("telemetry: t/telemetry.yml")
    let site = try build()
    #expect(site.faults == [])
    let event = try site.page("events/Microsoft-Windows-Sysmon/1/index.html")
    #expect(
      event.named("div").filter { $0.elements.first?.text == "State" }.map { $0.elements[1].text }
        == ["used in part: a collector’s filter can drop some of it, and rules read it"])
    let rows = try #require(try site.page("rules/sigma/runs/index.html").withID("events"))
    #expect(
      rows.descendants("tr").map { $0.elements.last?.text } == ["Collected", "not collected", "collected in part"])
    #expect(
      Set(try bars("attack/tactics/TA0002/index.html", of: site)) == ["bar none", "bar partly"])
    #expect(try bars("attack/tactics/TA0011/index.html", of: site) == ["bar none", "bar open"])
    func keys(_ page: String) throws -> [String] {
      try site.page(page).named("ul").filter { $0.value(of: "class") == "keyed" }.flatMap(\.elements).map {
        $0.elements.first?.text ?? ""
      }
    }
    #expect(try keys("attack/index.html") == ["runs", "partly blind", "blind", "covered"])
    #expect(try keys("coverage/index.html") == ["runs", "partly blind", "blind", "covered", "no rule"])
    let table = try run(builtProgram, ["coverage", "--format", "csv"], in: folder.path)
    let lines = table.output.split(separator: "\r\n").map(String.init)
    #expect(lines.first == "tactic,name,techniques,covered,runs,partly,blind,share,rules")
    // Of what runs, even if partly blind: one technique of 64.
    #expect(lines.contains { $0.hasPrefix("TA0002,Execution,64,1,0,1,0,1.6 %,1") }, "\(table.output)")
    #expect(lines.contains { $0.hasPrefix("TA0006,Credential Access,67,1,0,0,1,0.0 %,1") }, "\(table.output)")
  }

  /// What no rule can be isn't explained.
  @Test func leavesStatesOutThatCannotOccur() throws {
    configure("telemetry: t/telemetry.yml")
    let keys = try build().page("attack/index.html").named("ul").filter { $0.value(of: "class") == "keyed" }
      .flatMap(\.elements).map { $0.elements.first?.text ?? "" }
    #expect(keys == ["runs", "blind"])
  }

  @Test(arguments: [
    (
      "C:\\tools\\whoami.exe", "is", "partly-blind",
      [
        "RunsMicrosoft-Windows-Sysmon 1", "s.xml:3:3",
        "drops Image is C:\\tools\\whoami.exe; the rule: Image ends with \\whoami.exe",
      ], "partly blind: a collector’s filter can hide what it looks for", "partly blind: 1 rule is partly blind"
    ),
    (
      "whoami.exe", "end with", "blind",
      ["Runs", "medium", "no event; everything is hidden by s.xml:3:3: drops Image end with whoami.exe"],
      "blind: its events are collected, but a collector’s filter hides everything that it looks for",
      "blind: 1 rule is fully hidden"
    ),
  ])
  func saysWhichLineOfAFilterHidesWhatARuleLooksFor(
    value: String, condition: String, list: String, row: [String], state: String, technique: String
  ) throws {
    folder.write("sysmon: [s.xml]\n", to: "t/telemetry.yml")
    folder.write(
      """
      <Sysmon schemaversion="4.90"><EventFiltering>
      <ProcessCreate onmatch="exclude">
        <Image condition="\(condition)">\(value)</Image>
      </ProcessCreate>
      </EventFiltering></Sysmon>
      """, to: "t/s.xml")
    configure("telemetry: t/telemetry.yml")
    let site = try build()
    let rows = try section(list, of: site)?.descendants("tr") ?? []
    // The file counts from the telemetry file's folder, wherever the program runs.
    #expect(rows.map { $0.elements.map(\.text) }.contains(row), "\(rows.map { $0.elements.map(\.text) })")
    let states = try ["rules/sigma/runs/index.html", "attack/T1059/index.html"].flatMap { page in
      try site.page(page).named("div").filter { $0.elements.first?.text == "State" }.map { $0.elements[1].text }
    }
    #expect(states == [state, technique])
    let hidden = try #require(try site.page("rules/sigma/runs/index.html").withID("events")?.descendants("li").first)
    #expect(hidden.text.hasSuffix("s.xml:3:3"))
    let check = try run(
      builtProgram, ["build", "--check", "--config", "../ruledex.yml", "-o", "../site"], in: folder("rules"))
    #expect(check.code == 0, "\(check.output)")
  }

  @Test func tellsWhatChangedSinceTheLastKeptState() throws {
    configure("")
    _ = try build()
    folder.makeFolder("kept")
    folder.rename("site/catalog.json", to: "kept/2026-08-01.json")
    folder.write(smallRule("Third", more: "tags: [attack.t1112]"), to: "rules/third.yml")
    _ = try build()
    folder.rename("site/catalog.json", to: "kept/2026-09-01.json")
    folder.write(smallRule("Fourth", more: "tags: [attack.t1218]"), to: "rules/fourth.yml")
    folder.rename("rules/blind.yml", to: "blind.yml")
    folder.write(smallRule("Runs", image: "\\net.exe", more: "tags: [attack.t1059]"), to: "rules/runs.yml")
    configure("history: kept")
    let changes = try #require(try section("changes", of: try build()))
    #expect(changes.descendants("h2").first?.text == "Changes since 2026-09-01")
    #expect(
      changes.descendants("p").first?.text == "Since then: 1 rule added, 1 rule removed, 1 rule changed.")
    let lists = changes.descendants("h3").map(\.text)
    #expect(
      lists == [
        "Techniques gained 1", "Techniques lost 1", "Events lost 1", "Rules added 1", "Rules removed 1",
        "Rules that detect something else 1",
      ])
    #expect(changes.descendants("li").map(\.text).last == "Runsvalues (1 added, 1 removed)")
    let trend = changes.descendants("tr").dropFirst().map { $0.elements.map(\.text) }
    #expect(
      trend == [
        ["2026-08-01", "2", "2", "2", "", "3"], ["2026-09-01", "3", "3", "3", "", "3"],
        ["now", "3", "3", "3", "", "2"],
      ])
  }

  @Test func namesRulesOfOthersThatWouldCloseAGap() throws {
    folder.write(smallRule("Theirs", more: "tags: [attack.t1112]"), to: "others/theirs.yml")
    configure("baseline: others")
    let site = try build()
    let text = try #require(try section("gaps", of: site)).text
    #expect(text.contains("Theirs theirs.yml runs here; medium; test; names the technique"))
    #expect(try site.page(page).named("p").contains { $0.text.hasSuffix("baseline: 1 rule of others.") })
  }

  @Test(arguments: [
    (
      "history: kept",
      "kept: error: there is no such file or folder; check 'history' in the configuration [file-unreadable]"
    ),
    (
      "history: rules/runs.json",
      "rules/runs.json:1:1: error: this isn't a catalog.json of format 1 or 2; give one that 'ruledex build' made, or a folder of rules [catalog-file]"
    ),
    (
      "history: ruledex.yml",
      "ruledex.yml: error: it is neither a folder nor a '.json' file; name a kept catalog.json, or a folder of them [file-unreadable]"
    ),
    ("baseline: gone", "gone: error: there is no such file or folder; check the baseline [file-unreadable]"),
    (
      "telemetry: gone.yml", "gone.yml: error: no such file or directory; check the path [file-unreadable]"
    ),
  ])
  func keepsTheLastGoodSiteWhereWhatItIsHeldAgainstIsWrong(configuration: String, message: String) throws {
    configure("")
    let before = try build().files
    folder.write("{}", to: "rules/runs.json")
    configure(configuration)
    let run = try run(builtProgram, ["build"], in: folder.path)
    #expect(run.code == 2)
    #expect(run.errors == message + "\n")
    #expect(try SiteFolder(folder("site")).files == before)
  }
}
