import RuleModel
import TestSupport
import Testing

/// What a rule of the detection engine says of itself.
@Suite struct RuleTests {
  private static let rule = """
    [metadata]
    creation_date = "2024/05/21"
    integration = ["okta"]
    maturity = "production"
    updated_date = "2025/04/10"
    min_stack_version = "8.14.0"

    [rule]
    author = ["A. Writer", "B. Writer"]
    description = \"\"\"
    Finds a thing.
    \"\"\"
    false_positives = ["Tests of it."]
    from = "now-9m"
    index = ["filebeat-*", "logs-okta.system-*"]
    interval = "5m"
    language = "kuery"
    name = "A thing"
    note = "## Triage\\n\\nLook at it."
    references = ["https://example.org/"]
    risk_score = 73
    rule_id = "3805c3dc-f82c-4f8d-891e-63c24d3102b0"
    setup = ""
    severity = "high"
    tags = ["Data Source: Okta", "Use Case: Audit"]
    timestamp_override = "event.ingested"
    type = "query"
    query = '''
    event.dataset:okta.system and
      event.action:user.mfa.attempt_bypass
    '''

    [rule.alert_suppression]
    group_by = ["user.name"]
    duration = {value = 5, unit = "h"}

    [[rule.threat]]
    framework = "MITRE ATT&CK"

    [[rule.threat.technique]]
    id = "T1556"
    name = "Modify Authentication Process"

    [[rule.threat.technique.subtechnique]]
    id = "T1556.006"

    [rule.threat.tactic]
    id = "TA0006"

    [[rule.threat]]
    framework = "MITRE ATLAS"
    [rule.threat.tactic]
    id = "AML.TA0004"

    """

  @Test func readsAllThatARuleSaysOfItself() throws {
    let rule = try readRule(Self.rule, path: "credential_access.toml")
    #expect(rule.key == RuleKey(dialect: .elastic, slug: "credential_access"))
    #expect(rule.id == "3805c3dc-f82c-4f8d-891e-63c24d3102b0")
    #expect(rule.title == "A thing")
    #expect(rule.description == "Finds a thing.")
    #expect(rule.status == .stable)
    #expect(rule.level == .high)
    #expect(rule.authors == ["A. Writer", "B. Writer"])
    #expect(rule.date == CalendarDate("2024-05-21"))
    #expect(rule.modified == CalendarDate("2025-04-10"))
    #expect(rule.references == ["https://example.org/"])
    #expect(rule.falsePositives == ["Tests of it."])
    #expect(rule.tags == ["Data Source: Okta", "Use Case: Audit"])
    #expect(rule.attackTags.map(\.written) == ["TA0006", "T1556", "T1556.006"])
    #expect(rule.attackTags.map { Int($0.position.line) } == [48, 41, 45])
    #expect(rule.notes.map(\.origin) == [.field("note")])
    #expect(rule.logSources == [LogSource(product: "okta", service: "okta.system")])
    #expect(rule.ruleClass == .detection)
    #expect(!rule.isDisabled && !rule.raisesSignal && !rule.lacksLogic)
    #expect(rule.findings.isEmpty)
  }

  @Test func showsWhatHasNoMemberAsFacts() throws {
    let rule = try readRule(Self.rule)
    #expect(
      rule.facts == [
        RuleFact("Rule type", ["query"]), RuleFact("Language", ["KQL"]), RuleFact("Risk score", ["73"]),
        RuleFact("Index patterns", ["filebeat-*", "logs-okta.system-*"]), RuleFact("Data integrations", ["okta"]),
        RuleFact("Interval", ["5m"]), RuleFact("From", ["now-9m"]),
        RuleFact("Alert suppression", ["by user.name; within 5h"]), RuleFact("Timestamp", ["event.ingested"]),
        RuleFact("Minimum stack version", ["8.14.0"]),
      ])
  }

  @Test func showsWhatFieldsDecide() throws {
    let rule = try readRule(
      lines: """
        query = 'process where a == 1'
        rule_name_override = "message"
        event_category_override = "kind"
        tiebreaker_field = "event.sequence"
        deprecated_reason = "Replaced."
        exceptions_list = [{list_id = "endpoint_list", type = "endpoint"}]
        risk_score_mapping = [{field = "event.risk", operator = "equals", value = ""}]
        severity_mapping = [
          {field = "verdict", operator = "equals", severity = "low", value = "odd"},
          {field = "event.severity", operator = "equals", severity = "high", value = 73},
        ]
        """)
    #expect(
      rule.facts.filter { !["Rule type", "Language"].contains($0.name) } == [
        RuleFact("Severity by field", ["low where verdict is odd", "high where event.severity is 73"]),
        RuleFact("Risk score by field", ["event.risk"]), RuleFact("Alert title from", ["message"]),
        RuleFact("Event category", ["kind"]), RuleFact("Tie breaker", ["event.sequence"]),
        RuleFact("Exception lists", ["endpoint_list"]), RuleFact("Reason for deprecation", ["Replaced."]),
      ])
  }

  @Test func placesTestsInTheText() throws {
    let rule = try readRule(Self.rule)
    var places: [String] = []
    rule.forEachTest { test, _ in places.append("\(test.position.line):\(test.position.column)") }
    #expect(places == ["29:15", "30:16"])
    #expect(rule.stages[0].position.line == 29)
  }

  @Test(arguments: [
    ("production", Status.stable), ("experimental", .experimental), ("deprecated", .deprecated), ("development", nil),
  ])
  func foldsMaturityIntoStatus(maturity: String, expected: Status?) throws {
    let text = Self.rule.replacing("\"production\"", with: "\"\(maturity)\"")
    #expect(try readRule(text).status == expected)
  }

  @Test(arguments: [
    ("enabled = false", true, false), ("enabled = true", false, false),
    ("building_block_type = \"default\"", false, true),
  ])
  func knowsRulesThatAreOffAndThoseThatRaiseSignals(line: String, isDisabled: Bool, raisesSignal: Bool) throws {
    let rule = try readRule(lines: line + "\nquery = 'process where a == 1'")
    #expect(rule.isDisabled == isDisabled)
    #expect(rule.raisesSignal == raisesSignal)
  }

  @Test(arguments: [
    (
      "severity = \"grave\"",
      "5:12: the severity 'grave' is unknown; write one of low, medium, high, critical [rule-level]"
    ),
    ("type = \"eqll\"", "6:8: the type 'eqll' is unknown; did you mean 'eql'? [elastic-type]"),
    (
      "language = \"sql\"\ntype = \"query\"",
      "6:12: the language 'sql' is unknown; write kuery, lucene, eql or esql [elastic-query]"
    ),
    ("rule_id = \"abc\"", "4:11: the id 'abc' isn't a UUID; write one, such as a random one (version 4) [rule-id]"),
  ])
  func reportsWhatIsMalformed(line: String, expected: String) throws {
    let key = line.prefix { $0 != " " }
    let lines = [
      "name = \"Rule\"", "query = 'process where a == 1'", "rule_id = \"3805c3dc-f82c-4f8d-891e-63c24d3102b0\"",
      "severity = \"high\"",
    ].filter { !$0.hasPrefix(key) }
    var text = lines
    text.insert(line, at: key == "severity" ? 3 : key == "rule_id" ? 2 : 4)
    if !line.contains("type") { text.append("type = \"eql\"") }
    let rule = try readRule("[rule]\n" + text.joined(separator: "\n") + "\n[metadata]\nmaturity = \"production\"\n")
    #expect(rule.findingWords.contains(expected), "\(rule.findingWords)")
    #expect(!rule.stages.isEmpty)
  }

  @Test func reportsARuleWithoutAQuery() throws {
    let rule = try readRule(lines: "query = ' '")
    #expect(rule.lacksLogic)
    #expect(rule.findingWords == ["6:9: the rule has no query; write one [elastic-query]"])
  }
}
