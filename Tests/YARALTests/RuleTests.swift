import Diagnostics
import DialectReading
import Documents
import RuleModel
import Testing
import YARAL

@Suite struct RuleTests {
  private static let whole = """
    /* Copyright */
    rule sign_in_from_two_countries {
      meta:
        author = "Ada Example, Bob Example"
        description = "Finds them."
        rule_id = "mr_0b6b7f9e-97d1-4a3c-8f0e-6f4f5d9f0a11"
        rule_name = "Sign-in from two countries"
        severity = "Info"
        created = "2024-05-01"
        last_modified = "2024-06-02T10:00:00Z"
        reference = "https://example.org/a, https://example.org/b"
        reference2 = "A book"
        false_positives = "Travel, of course"
        tactic = "TA0001"
        mitre_attack_technique = "Valid Accounts: Cloud Accounts, t1110.003"
        mitre_attack_version = "v15"
        mitre_attack_url = "https://attack.mitre.org/techniques/T1078/004/"
        status = "Production"
        type = "alert"
        data_source = "okta"
        tags = "identity, attack.t1556"

      events:
        $e.metadata.event_type = "USER_LOGIN"
        $e.metadata.vendor_name = "Okta"
        $e.metadata.log_type = "OKTA" nocase
        $e.principal.user.userid = $user

      match:
        // each
        $user over 24h

      condition:
        #e > 1
    }

    """

  @Test func readsARule() throws {
    let rules = try readRules(Self.whole, path: "two.yaral")
    try #require(rules.count == 1)
    let rule = rules[0]
    #expect(rule.key.description == "yaral/two")
    #expect(rule.id == "mr_0b6b7f9e-97d1-4a3c-8f0e-6f4f5d9f0a11")
    #expect(rule.title == "Sign-in from two countries")
    #expect(rule.name == "sign_in_from_two_countries")
    #expect(rule.description == "Finds them.")
    #expect(rule.authors == ["Ada Example", "Bob Example"])
    #expect(rule.level == .informational)
    #expect(rule.status == .stable)
    #expect(rule.ruleClass == .detection)
    #expect(rule.date == CalendarDate("2024-05-01"))
    #expect(rule.modified == CalendarDate("2024-06-02"))
    #expect(
      rule.references == [
        "https://example.org/a", "https://example.org/b", "A book",
        "https://attack.mitre.org/techniques/T1078/004/",
      ])
    #expect(rule.falsePositives == ["Travel, of course"])
    #expect(rule.tags == ["identity", "attack.t1556"])
    #expect(rule.attackTags.map(\.written) == ["TA0001", "Valid Accounts: Cloud Accounts", "t1110.003", "t1556"])
    #expect(rule.attackTags[1].target == .name("Valid Accounts: Cloud Accounts"))
    #expect(rule.logSources == [LogSource(category: "USER_LOGIN", product: "Okta", service: "OKTA")])
    #expect(
      rule.facts == [
        RuleFact("Rule name", ["sign_in_from_two_countries"]), RuleFact("Match", ["$user over 24h"]),
        RuleFact("Mitre attack version", ["v15"]), RuleFact("Type", ["alert"]), RuleFact("Data source", ["okta"]),
      ])
    #expect(rule.stages.map(\.name) == ["events", "match", "condition"])
    #expect(rule.groupBy == ["principal.user.userid"])
    #expect(rule.timeWindow == "24h")
    #expect(rule.source.position == SourcePosition(line: 2, column: 1))
    #expect(rule.words == [])
  }

  /// Every combination of names, unless there are so many that they would say nothing.
  @Test func listsEachNameByItselfWhereCombinationsAreTooMany() throws {
    func read(_ count: Int) throws -> [LogSource] {
      let conditions = ["event_type", "product_name", "log_type"].map { field in
        (1...count).map { "$e.metadata.\(field) = \"\(field.prefix(1))\($0)\"" }.joined(separator: " or ")
      }
      return try rule(events: conditions.map { "(\($0))\n" }.joined()).logSources
    }
    let few = try read(2)
    #expect(few.count == 8)
    #expect(few.first == LogSource(category: "e1", product: "p1", service: "l1"))
    let many = try read(30)
    #expect(many.count == 90)
    #expect(many[29...30] == [LogSource(category: "e30"), LogSource(product: "p1")])
    #expect(many.last == LogSource(service: "l30"))
  }

  @Test func saysHowManyLogSourcesItLeavesOut() throws {
    let types = (1...1200).map { "$e.metadata.event_type = \"E\($0)\"" }.joined(separator: " or ")
    let rule = try rule(events: types)
    #expect(rule.logSources.count == 1000)
    #expect(rule.facts == [RuleFact("Log sources left out", ["200"])])
  }

  @Test(arguments: [
    ("High", Level.high), ("CRITICAL", .critical), ("info", .informational), ("Informational", .informational),
    (" low ", .low),
  ])
  func readsTheSeverityInAnyCase(written: String, level: Level) throws {
    #expect(try rule(meta: "severity = \"\(written)\"").level == level)
  }

  @Test(arguments: [
    (
      #"severity = "Hihg""#,
      "rule.yaral:3:12: warning: the severity 'Hihg' is unknown; did you mean 'high'? [rule-level]"
    ),
    (
      #"severity = "P1""#,
      "rule.yaral:3:12: warning: the severity 'P1' is unknown; write one of informational, low, medium, high, critical [rule-level]"
    ),
    (
      #"created = "May 2024""#,
      "rule.yaral:3:11: warning: 'May 2024' under 'created' isn't a day of the calendar; write YYYY-MM-DD [rule-date]"
    ),
    (
      #"ref = "javascript:alert(1)""#,
      "rule.yaral:3:7: note: 'javascript:alert(1)' isn't an http, https or mailto address and is shown as text; correct it [rule-reference]"
    ),
    (
      #"link = "https://a.example/x ftp://b.example/y" url = "mailto:a@b.example""#,
      "rule.yaral:3:8: note: 'ftp://b.example/y' isn't an http, https or mailto address and is shown as text; correct it [rule-reference]"
    ),
    (
      #"reference = "javascript://x""#,
      "rule.yaral:3:13: note: 'javascript://x' isn't an http, https or mailto address and is shown as text; correct it [rule-reference]"
    ),
  ])
  func reportsWhatItCannotRead(meta: String, finding: String) throws {
    #expect(try rule(meta: meta).words == [finding])
  }

  @Test(arguments: [
    (#"mitre = "Execution, t1204, command_and_control""#, ["Execution", "t1204", "command_and_control"]),
    (#"mitre_ta = "TA0001|TA0002""#, ["TA0001", "TA0002"]),
    (#"MITRE_TTP = "T1059.001 T1105""#, ["T1059.001", "T1105"]),
    (#"technique = "T1003.001 - OS Credential Dumping: LSASS Memory""#, ["T1003.001"]),
    (#"attack_technique = "attack.t1003""#, ["t1003"]), (#"tactics = "Initial Access""#, ["Initial Access"]),
    (#"mitre_attack_url = "https://attack.mitre.org/techniques/T1078""#, []), (#"mitre_attack_version = "15.1""#, []),
    (#"description = "About T1078""#, []), (#"mitre = "t1, g0007, S0190""#, ["t1", "g0007", "S0190"]),
  ])
  func readsATTACKUnderAnyKey(meta: String, written: [String]) throws {
    #expect(try rule(meta: meta).attackTags.map(\.written) == written)
  }

  @Test func pointsAtEachID() throws {
    let tags = try rule(meta: #"    mitre = "t1204, T1059.001""#).attackTags
    #expect(
      tags.map(\.span) == [
        SourceSpan(SourcePosition(line: 3, column: 14), to: SourcePosition(line: 3, column: 19)),
        SourceSpan(SourcePosition(line: 3, column: 21), to: SourcePosition(line: 3, column: 30)),
      ])
  }

  @Test(arguments: [
    (#"$e.metadata.log_type = "GCP_CLOUDAUDIT""#, [LogSource(service: "GCP_CLOUDAUDIT")]),
    (
      #"$e.metadata.product_name = "A" or $e.metadata.product_name = "B""#,
      [LogSource(product: "A"), LogSource(product: "B")]
    ),
    (
      "$e.metadata.event_type = \"X\"\n$e.metadata.product_name = \"A\"\n$e.metadata.vendor_name = \"V\"",
      [LogSource(category: "X", product: "A")]
    ),
    (
      "$e.metadata.product_name != \"A\"",
      [LogSource(category: "process_creation", product: "windows", service: "sysmon")]
    ),
  ])
  func readsLogSources(events: String, sources: [LogSource]) throws {
    let meta = #"product = "windows" service = "sysmon" category = "process_creation" data_source = "EDR""#
    #expect(try rule(meta: meta, events: events).logSources == sources)
  }

  @Test func takesTheDataSourceWhereNothingElseSaysIt() throws {
    let rule = try rule(meta: #"data_source = "microsoft sysmon, EDR""#, events: "$e.a = 1")
    #expect(rule.logSources == [LogSource(product: "microsoft sysmon"), LogSource(product: "EDR")])
  }

  @Test func keepsTheEventsApart() throws {
    let rule = try #require(
      try readRules(
        """
        rule r {
          meta:
            author = "A"
          events:
            $a.metadata.event_type = "USER_LOGIN"
            $b.metadata.event_type = "PROCESS_LAUNCH"
            $a.principal.ip = $b.principal.ip
          match: $ip over 5m
          condition: $a and !$b
        }
        """
      ).first)
    #expect(rule.stages.map(\.reads) == [[], ["USER_LOGIN"], [], [], []])
    #expect(rule.logSources == [LogSource(category: "USER_LOGIN")])
    #expect(rule.match == .join(by: ["ip"], within: "5m"))
  }

  @Test func aRuleForHuntingRaisesNoAlert() throws {
    #expect(try rule(meta: #"type = "Hunt""#).ruleClass == .hunt)
    #expect(try rule(meta: #"type = "Detection""#).ruleClass == .detection)
  }

  @Test func readsSeveralRulesOfAFile() throws {
    let text =
      "rule one { meta: a = \"x\" events: $e.a = 1 condition: $e }\nrule two { meta: b = \"y\" events: $e.b = 1 condition: $e }"
    let rules = try readRules(text)
    #expect(rules.map(\.title) == ["one", "two"])
    #expect(rules.map(\.source.document) == [1, 2])
    #expect(rules.map(\.source.position.line) == [1, 2])
  }

  @Test func aYARARuleIsNotOurs() throws {
    let yara = "rule dropper : apt {\n strings: $a = { 4D 5A }\n condition: $a }\n"
    let reading = try #require(try readYARAL(yara, path: "x.yara"))
    #expect(reading.content == .notARule(reason: "a YARA rule, which describes files"))
    #expect(
      reading.diagnostics.map(\.description) == [
        "x.yara:1:6: note: 'dropper' is a YARA rule, which describes files and looks for no events; exclude it, or write it in YARA-L [yaral-file]"
      ])
    let both = try #require(try readYARAL(yara + "rule r { meta: a = \"x\" events: $e.a = 1 condition: $e }"))
    #expect(both.content == .rules)
    #expect(both.rules.map(\.title) == ["r"])
    #expect(both.diagnostics.count == 1)
  }

  @Test(arguments: ["title: A\ndetection: {}", "", "rule", "rule x", "a rule { }", "// rule x {", "\"rule x {\""])
  func otherTextsAreNoRules(text: String) throws { #expect(try readYARAL(text) == nil) }

  @Test func keepsARuleThatLacksASection() throws {
    let rules = try readRules(
      "rule r { meta: author = \"A\" events: condition: $e events: $e.a = 1 }\nrule s { events: $e.a = 1 }")
    #expect(rules.map(\.lacksLogic) == [true, false])
    #expect(
      rules.map(\.words) == [
        ["rule.yaral:1:51: warning: the section 'events' occurs twice; merge the two [yaral-section]"],
        [
          "rule.yaral:2:6: warning: the rule has no section 'meta'; write 'meta:', 'events:' and 'condition:' [yaral-section]",
          "rule.yaral:2:6: error: the rule has no section 'condition'; write 'meta:', 'events:' and 'condition:' [yaral-section]",
        ],
      ])
  }

  @Test func leavesOutARuleWithTooManyTests() throws {
    var limits = ReadingLimits()
    limits.tests = 2
    let text = "rule r { meta: a = \"x\" events: $e.a in [1, 2, 3] condition: $e }"
    let rule = try #require(try readYARAL(text, context: DialectContext(limits: limits))?.rules.first)
    #expect(
      rule.findings.map(\.description) == [
        "rule.yaral:1:6: error: the rule has 3 tests, more than the 2 that are read; split it [rule-too-large]"
      ])
  }

  // MARK: Colours and edits

  @Test func coloursHeadersAndKeys() {
    let text = "rule r {\n  meta:\n    author = \"A\" // why\n  events:\n    $e.a = /x/ nocase\n}"
    let lines = DialectReader.yaral.colouring(text, 3, "rule.yaral")
    #expect(lines.map { $0.lead + $0.key + $0.query.map(\.text).joined() }.joined() == text)
    #expect(lines.map(\.number) == Array(3...8))
    #expect(lines.map(\.key) == ["", "meta", "author", "events", "", ""])
    #expect(lines.map(\.keyKind) == [.key, .definition, .key, .definition, .key, .key])
    #expect(lines[2].query.map(\.colour) == [.plain, .operator, .plain, .text, .plain, .comment, .plain])
  }

  @Test(arguments: [
    (
      ScalarEdit(at: SourcePosition(line: 2, column: 12), old: "t1086", change: .ending(with: "t1059.001")),
      #"  mitre = "t1059.001, T1204, Execution""#
    ),
    (
      ScalarEdit(at: SourcePosition(line: 2, column: 19), old: "T1204", change: .removal),
      #"  mitre = "t1086, Execution""#
    ),
    (
      ScalarEdit(at: SourcePosition(line: 2, column: 12), old: "t1086", change: .removal),
      #"  mitre = "T1204, Execution""#
    ),
  ])
  func editsIDsInPlace(edit: ScalarEdit, line: String) throws {
    let text = "meta:\n  mitre = \"t1086, T1204, Execution\"\n"
    let change = try #require(DialectReader.yaral.edit)
    let edited = change(Array(text.utf8), [edit], "rule.yaral")
    #expect(edited.refused.isEmpty)
    #expect(String(decoding: applying(edited.edits, to: Array(text.utf8)), as: UTF8.self) == "meta:\n\(line)\n")
  }

  @Test func refusesOnlyTheChangeThatOverlapsAnother() throws {
    let text = "mitre = \"t1086, T1204, T1053\"\n"
    let edits = [("T1053", 24), ("T1204", 17), ("t1086", 10)].map { id, column in
      ScalarEdit(at: SourcePosition(line: 1, column: column), old: id, change: .removal)
    }
    let change = try #require(DialectReader.yaral.edit)
    let edited = change(Array(text.utf8), edits, "rule.yaral")
    #expect(edited.done.map(\.old) == ["t1086", "T1053"])
    #expect(edited.refused.map(\.0.old) == ["T1204"])
    #expect(edited.refused.map(\.1) == ["several changes overlap"])
    #expect(String(decoding: applying(edited.edits, to: Array(text.utf8)), as: UTF8.self) == "mitre = \"T1204\"\n")
  }

  @Test(arguments: [
    (
      ScalarEdit(at: SourcePosition(line: 1, column: 2), old: "Execution", change: .ending(with: "T1059")),
      "it is a name, and only ids are written"
    ),
    (
      ScalarEdit(at: SourcePosition(line: 1, column: 2), old: "T1204", change: .removal),
      "it is no longer there"
    ),
    (
      ScalarEdit(at: SourcePosition(line: 9, column: 2), old: "T1204", change: .removal),
      "it is no longer there"
    ),
    (ScalarEdit(at: SourcePosition(line: 2, column: 2), old: "T1059", change: .removal), "nothing else is in its text"),
  ])
  func refusesUnsafeEdits(edit: ScalarEdit, reason: String) throws {
    let change = try #require(DialectReader.yaral.edit)
    let edited = change(Array("\"Execution\"\n\"T1059\"".utf8), [edit], "rule.yaral")
    #expect(edited.edits.isEmpty)
    #expect(edited.refused.map(\.reason) == [reason])
  }

  // MARK: Hostile files

  /// Whatever it holds, a file is read quickly, and its neighbours are rules.
  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      String(repeating: "rule a { events: $e.a = 1 condition: $e } ", count: 5_000),
      "rule a { meta: " + (0..<50_000).map { "k\($0) = \"x\" " }.joined() + "}",
      "rule a { meta: mitre = \"" + String(repeating: "t1059, ", count: 50_000) + "\" }",
      "rule a { events: $e.metadata.event_type in [" + (0..<9_000).map { "\"x\($0)\", " }.joined() + "] }",
      "rule a { meta: description = \"" + String(repeating: "(", count: 500_000)
        + "\" events: $e.a = \"open\nrule b { events: $e.a = 1 }",
    ])
  func readsHostileFiles(text: String) throws {
    let reading = try #require(try readYARAL(text + "\nrule last { events: $e.a = 1 condition: $e }"))
    #expect(reading.rules.last?.title == "last")
    #expect(reading.rules.last?.lacksLogic == false)
  }
}
