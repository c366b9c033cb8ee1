import Diagnostics
import DialectReading
import Documents
import RuleModel
import Splunk
import TestSupport
import Testing

/// Rules of Splunk's security content.
@Suite struct ContentTests {
  private static let current = """
    name: Scheduled Task Made By Script Host
    id: 3805c3dc-f82c-4f8d-891e-63c24d3102b0
    version: 4
    creation_date: '2025-02-03'
    modification_date: '2026-01-20'
    author: Ann Example, Example Ltd
    status: production
    type: TTP
    description: Finds them.
    data_source:
    - Sysmon EventID 1
    - Windows Event Log Security 4688 AND Sysmon EventID 3
    search: '| tstats `summaries` count from datamodel=Endpoint.Processes where Processes.process_name="schtasks.exe"
      by Processes.dest | `drop_dm_object_name(Processes)` | search NOT dest="build*" | `task_filter`'
    how_to_implement: Collect process events.
    known_false_positives: Installers do it.
    references:
    - https://example.com/tasks
    drilldown_searches:
    - name: View the results
      search: '%original_detection_search%'
    rba:
      message: A task on $dest$
      risk_objects:
      - field: dest
        type: system
        score: 64
      - field: user
        type: user
        score: 30
      threat_objects:
      - field: process_name
        type: process_name
    analytic_story:
    - Quiet Footholds
    asset_type: Endpoint
    mitre_attack_id:
    - T1053.005
    - t1059
    security_domain: endpoint
    product:
    - Splunk Enterprise Security

    """

  private static let companions = [
    (text: "name: summaries\ndefinition: summariesonly=true\ndescription: x\n", path: "macros/summaries.yml"),
    (text: "name: Quiet Footholds\nnarrative: x\ncategory: [Malware]\n", path: "stories/quiet.yml"),
    (
      text: "name: Sysmon EventID 1\nsource: XmlWinEventLog:Sysmon\nsourcetype: XmlWinEventLog\nfields: [a]\n",
      path: "data_sources/sysmon.yml"
    ),
  ]

  @Test(arguments: ["9223372036854775807", "1e19", "1e400", "-1e30", ".inf", ".nan", "0x7fffffffffffffffff", "60.5"])
  func takesAnyNumberAsAScore(score: String) throws {
    let rule = """
      name: A rule
      id: 3805c3dc-f82c-4f8d-891e-63c24d3102b0
      type: TTP
      search: index=a b=c
      how_to_implement: As it is.
      tags: {risk_score: \(score), confidence: \(score), impact: \(score)}
      rba: {risk_objects: [{field: a, type: user, score: \(score)}]}

      """
    #expect(try readRules(rule).count == 1)
    let saved = """
      [A rule]
      search = index=a b=c
      cron_schedule = 0 * * * *
      action.risk = 1
      action.risk.param._risk_score = \(score)
      action.risk.param._risk = [{"risk_score": "\(score)"}]

      """
    #expect(try readRules(saved, path: "savedsearches.conf").count == 1)
  }

  @Test func readsTheCurrentForm() throws {
    let rules = try readRules(Self.current, context: try context(Self.companions))
    try #require(rules.count == 1)
    let rule = rules[0]
    #expect(rule.key.description == "splunk/rule")
    #expect(rule.id == "3805c3dc-f82c-4f8d-891e-63c24d3102b0")
    #expect(rule.title == "Scheduled Task Made By Script Host")
    #expect(rule.description == "Finds them.")
    #expect(rule.level == .high)
    #expect(rule.status == .stable)
    #expect(rule.ruleClass == .detection)
    #expect(!rule.raisesSignal)
    #expect(rule.authors == ["Ann Example", "Example Ltd"])
    #expect(rule.date == CalendarDate("2025-02-03"))
    #expect(rule.modified == CalendarDate("2026-01-20"))
    #expect(rule.falsePositives == ["Installers do it."])
    #expect(rule.references == ["https://example.com/tasks"])
    #expect(rule.attackTags.map(\.written) == ["T1053.005", "t1059"])
    #expect(rule.notes.count == 1)
    #expect(rule.testWords == ["Processes.process_name eq schtasks.exe", "not dest starts_with build"])
    #expect(
      rule.logSources == [
        LogSource(service: "Sysmon EventID 1"), LogSource(service: "Windows Event Log Security 4688"),
        LogSource(service: "Sysmon EventID 3"),
      ])
    #expect(rule.stages.map(\.name) == ["query", "tstats", "rename", "search", "macro"])
    #expect(rule.fact("Risk score") == ["64"])
    #expect(rule.fact("Risk objects") == ["dest (system, 64)", "user (user, 30)"])
    #expect(rule.fact("Threat objects") == ["process_name (process_name)"])
    #expect(rule.fact("Analytic stories") == ["Quiet Footholds (Malware)"])
    #expect(
      rule.fact("Data sources") == [
        "Sysmon EventID 1 (source XmlWinEventLog:Sysmon, sourcetype XmlWinEventLog)",
        "Windows Event Log Security 4688 AND Sysmon EventID 3",
      ])
    #expect(rule.fact("Security domain") == ["endpoint"])
    #expect(rule.fact("Drilldowns") == ["View the results"])
    #expect(rule.findingWords == [])
  }

  private static func old(_ lines: String..., search: String = "index=a x=1", tags: [String] = ["risk_score: 25"])
    -> String
  {
    """
    name: Old
    date: '2021-05-06'
    \(lines.joined(separator: "\n"))
    search: \(search)
    how_to_implement: x
    tags:
      analytic_story: [A]
      \(tags.joined(separator: "\n  "))

    """
  }

  @Test func readsTheOldForm() throws {
    let rule = try readRules(
      Self.old(
        "type: Anomaly",
        tags: ["risk_score: 25", "mitre_attack_id: [T1078]", "observable: [{name: user, type: User, role: [Victim]}]"]))[
        0]
    #expect(rule.level == .low && rule.raisesSignal && rule.ruleClass == .detection)
    #expect(rule.date == CalendarDate("2021-05-06"))
    #expect(rule.attackTags.map(\.written) == ["T1078"])
    #expect(rule.fact("Observables") == ["user (User, Victim)"])
    #expect(rule.logSources == [LogSource(service: "a")])
  }

  @Test(arguments: [
    ("0", Level.informational), ("20", .informational), ("21", .low), ("40", .low), ("41", .medium), ("60", .medium),
    ("61", .high), ("80", .high), ("81", .critical), ("100", .critical),
  ])
  func levelsFollowTheRiskScore(score: String, level: Level) throws {
    #expect(try readRules(Self.old(tags: ["risk_score: \(score)"]))[0].level == level)
  }

  @Test func aRiskScoreFollowsFromConfidenceAndImpact() throws {
    #expect(try readRules(Self.old(tags: ["confidence: 70", "impact: 90"]))[0].level == .high)
  }

  @Test(arguments: [
    ("type: Hunting", "index=a x=1", RuleClass.hunt), ("type: Baseline", "index=a x=1", .enrichment),
    ("type: Investigation", "index=a x=1", .enrichment), ("type: TTP", "index=a x=1", .detection),
    ("type: Correlation", "'| tstats count from datamodel=Risk.All_Risk where All_Risk.x=1'", .forwarder),
    ("type: Correlation", "'| tstats count from datamodel=Risk.All_Risk where source=\"*a*\"'", .forwarder),
    ("type: Correlation", "index=risk x=1", .forwarder), ("type: Correlation", "index=a x=1", .detection),
  ])
  func classesFollowTheTypeAndWhatIsRead(type: String, search: String, expected: RuleClass) throws {
    #expect(try readRules(Self.old(type, search: search))[0].ruleClass == expected)
  }

  @Test(arguments: [
    ("production", Status.stable), ("experimental", .experimental), ("deprecated", .deprecated),
    ("removed", .unsupported),
    ("validation", nil),
  ])
  func foldsStatuses(written: String, expected: Status?) throws {
    #expect(try readRules(Self.old("status: \(written)"))[0].status == expected)
  }

  @Test(arguments: [
    ("'index=a sourcetype=b source=c'", [LogSource(product: "c", service: "b")]),
    ("'sourcetype=b OR sourcetype=c'", [LogSource(service: "b"), LogSource(service: "c")]),
    ("'| tstats count from datamodel=Web.Web where Web.a=1'", [LogSource(category: "Web.Web")]),
    ("'| tstats count from datamodel=Risk where source=\"*a*\"'", [LogSource(category: "Risk")]),
    ("'`sysmon` a=1'", [LogSource(service: "sysmon")]), ("'index=a a=1'", [LogSource(service: "a")]),
  ])
  func searchesSayWhatIsReadWhereNothingElseDoes(search: String, expected: [LogSource]) throws {
    #expect(try readRules(Self.old(search: search))[0].logSources == expected)
  }

  @Test(arguments: [
    (
      "type: Strange", "index=a x=1",
      "3:7: the type 'Strange' is unknown; write TTP, Anomaly, Hunting, Correlation or Baseline [splunk-type]"
    ),
    ("type: TTP", "''", "4:9: the rule has no search; write one [splunk-search]"),
    (
      "type: TTP", "index=a | where (x=1",
      "4:25: '(' isn't closed; ')' is expected before the end of the query [query-syntax]"
    ),
    ("id: 5", "index=a x=1", "3:5: the id '5' isn't a UUID; write one, such as a random one (version 4) [rule-id]"),
  ])
  func saysWhatIsWrong(line: String, search: String, expected: String) throws {
    let words = try readRules(Self.old(line, search: search))[0].findingWords
    #expect(words.contains(expected), "\(words)")
  }

  @Test(arguments: [
    ("name: m\ndefinition: a=1\n", "macro m"), ("name: m\ndefinition: a=$x$\narguments: [x]\n", "macro m(1)"),
    ("name: l\nfilename: l.csv\n", "lookup l"), ("name: l\nlookup_type: csv\n", "lookup l"),
    ("name: s\nnarrative: x\n", "analytic story s"),
    ("name: d\nsource: x\nsupported_TA: []\n", "data source d"),
    ("name: p\nscheduling: {cron_schedule: x}\nalert_action: {}\n", "deployment p"), ("name: x\ntitle: y\n", nil),
    ("title: x\nlogsource: {product: y}\ndetection: {a: {b: 1}, condition: a}\n", nil),
  ])
  func findsWhatRulesReferTo(text: String, expected: String?) throws {
    #expect(try definitions(text).first.map { "\($0.name.kind.name) \($0.name.text)" } == expected)
    #expect(try readSplunk(text) == nil)
  }

  @Test func readsANoteOnce() throws {
    let text = "name: a\nsearch: x=1\nhow_to_implement: Collect *it*.\nrunbook: Ask.\n"
    let rule = try readRules(text, context: DialectContext(noteFields: ["runbook", "how_to_implement"]))[0]
    #expect(rule.notes.map(\.origin) == [.field("how_to_implement"), .field("runbook")])
  }

  @Test func coloursItsSearchesWithoutChangingABit() throws {
    let lines = DialectReader.splunk.colouring(Self.current, 1, "rule.yml")
    #expect(lines.map(\.whole).joined() == Self.current)
    let search = try #require(lines.firstIndex { $0.key == "search:" })
    #expect(lines[search].query.first { $0.colour == .operator }?.text == "tstats")
    #expect(!lines[search + 1].query.isEmpty && lines[search + 2].query.isEmpty)
  }
}

extension BodyLine {
  var whole: String { lead + key + rest + query.map(\.text).joined() + comment + end }
}
