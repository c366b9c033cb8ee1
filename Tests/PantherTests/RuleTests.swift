import Diagnostics
import DialectReading
import Documents
import Panther
import RuleModel
import TestSupport
import Testing

@Suite struct RuleTests {
  private static let rule = """
    AnalysisType: rule
    RuleID: Example.Trail.Stopped
    DisplayName: Trail stopped
    Filename: trail.py
    Enabled: false
    CreateAlert: false
    LogTypes: [AWS.CloudTrail, AWS.CloudTrail]
    Severity: Info
    Status: Experimental
    Description: Finds them.
    Reports:
      MITRE ATT&CK:
        - TA0005:T1562.001
        - "TA0040 : T1485"
      CIS: [1.1, 2.2]
    Tags: [AWS]
    Runbook: Ask *somebody*.
    Reference: https://example.com/trail
    Threshold: 5
    DedupPeriodMinutes: 15
    SummaryAttributes: [a, b]
    Tests:
      - Name: Stopped
        ExpectedResult: true
        Log: {eventName: StopLogging, deep: {er: 1}}
      - Name: Not stopped
        ExpectedResult: false
        Log: {eventName: StartLogging}

    """
  private static let python = "def rule(event):\n    return event.get('eventName') == 'StopLogging'\n"

  @Test func readsARule() throws {
    let rule = try read(Self.rule, ["rules/trail.py": Self.python])
    #expect(rule.key.description == "panther/trail")
    #expect(rule.id == "Example.Trail.Stopped")
    #expect(rule.title == "Trail stopped")
    #expect(rule.level == .informational)
    #expect(rule.status == .experimental)
    #expect(rule.isDisabled)
    #expect(rule.raisesSignal)
    #expect(rule.logSources == [LogSource(service: "AWS.CloudTrail")])
    #expect(rule.attackTags.map(\.written) == ["TA0005", "T1562.001", "TA0040", "T1485"])
    #expect(rule.attackTags[1].position == SourcePosition(line: 13, column: 14))
    #expect(rule.attackTags[3].position == SourcePosition(line: 14, column: 17))
    #expect(rule.tags == ["AWS"])
    #expect(rule.references == ["https://example.com/trail"])
    #expect(rule.notes.map(\.origin) == [.field("Runbook")])
    #expect(rule.body == .detection(.threshold("count() >= 5", by: [], within: "15m", joinsEvents: false)))
    #expect(rule.stages.map(\.name) == ["rule"])
    #expect(rule.stages[0].predicate.words == "eventName eq StopLogging")
    #expect(rule.attachments.map(\.path) == ["rules/trail.py"])
    #expect(
      rule.facts == [
        RuleFact("Rule type", ["Rule"]), RuleFact("Deduplication period", ["15 minutes"]), RuleFact("Threshold", ["5"]),
        RuleFact("Summary attributes", ["a", "b"]), RuleFact("Report CIS", ["1.1", "2.2"]),
        RuleFact("Tests", ["Stopped (matches)", "Not stopped (doesn’t match)"]),
      ])
    #expect(rule.sampleEvents?.words == "all(eventName eq StopLogging, deep.er eq 1)")
    #expect(rule.findings.isEmpty)
  }

  @Test(arguments: [
    (
      "AnalysisType: policy\nPolicyID: P\nResourceTypes: [AWS.S3.Bucket]", "policy",
      LogSource(category: "resource", service: "AWS.S3.Bucket"), "not(a eq x)"
    ),
    ("AnalysisType: rule\nRuleID: R\nLogTypes: [L]", "rule", LogSource(service: "L"), "a eq x"),
  ])
  func namesLogsAndResources(head: String, function: String, source: LogSource, logic: String) throws {
    let rule = try read(
      head + "\nDisplayName: T\nSeverity: Low\nFilename: trail.py\n",
      ["rules/trail.py": "def \(function)(event):\n    return event.get('a') == 'x'\n"])
    #expect(rule.logSources == [source])
    #expect(rule.stages[0].predicate.words == logic)
    #expect(rule.findings.isEmpty)
  }

  @Test(arguments: [
    (
      rule,
      "rules/trail.yml:4:11: error: the rule's Python 'trail.py' isn't there; add the file, or correct its name [panther-python]"
    ),
    (
      "AnalysisType: rule\nRuleID: R\nDisplayName: T\nFilename: ../../trail.py",
      "rules/trail.yml:4:11: error: the rule's Python '../../trail.py' isn't there; add the file, or correct its name [panther-python]"
    ),
    (
      "AnalysisType: rule\nRuleID: R\nDisplayName: T",
      "rules/trail.yml:1:1: error: the rule has no 'Filename'; name the file with its Python [panther-python]"
    ),
    (
      "AnalysisType: scheduled_query\nQueryName: Q",
      "rules/trail.yml:1:1: error: the query is missing; write one under 'Query' [panther-query]"
    ),
    (
      "AnalysisType: rule\nRuleID: R\nDisplayName: T\nSeverity: Huge\nDetection: [{Key: a, Condition: Equals, Value: x}]",
      "rules/trail.yml:4:11: warning: the Severity 'Huge' is unknown; write one of informational, low, medium, high, critical [rule-level]"
    ),
    (
      "AnalysisType: rule\nRuleID: R\nDisplayName: T\nDetection: [{Key: a, Condition: Equal, Value: x}]",
      "rules/trail.yml:4:33: error: the condition 'Equal' is unknown; did you mean 'Equals'? [panther-detection]"
    ),
    (
      "AnalysisType: rule\nRuleID: R\nDisplayName: T\nReports: {MITRE ATT&CK: ['TA005:T1110']}\nDetection: [{Key: a, Condition: Exists}]",
      "rules/trail.yml:4:27: warning: 'TA005' isn't the id of a tactic or a technique; write it as in TA0005:T1562.001 [panther-report]"
    ),
    (
      "AnalysisType: correlation_rule\nRuleID: R\nDisplayName: T",
      "rules/trail.yml:1:1: error: the correlation has no 'Detection'; write one with a Group or a Sequence [panther-detection]"
    ),
  ])
  func reportsWhatIsWrong(text: String, finding: String) throws {
    #expect(try read(text).findings.map(\.description) == [finding])
  }

  /// Whatever is wrong with its Python, a rule is kept, and the finding points at the place in the Python.
  @Test(arguments: [
    (
      "def rule(event):\n    return event.get('a' == 'x'\n", ["rule"],
      "rules/trail.py:2:32: error: the Python's syntax is invalid here; correct it [query-syntax]"
    ),
    (
      "\u{FEFF}def rule(event):\n     x = 1\n    return event.get('a') == 'x'\n", ["rule"],
      "rules/trail.py:3:5: error: this line's indentation doesn't match any block; indent it like the lines before it [query-syntax]"
    ),
    (
      "\u{FEFF}rule event:\n", [],
      "rules/trail.py:1:1: error: the Python has no function 'rule'; define it [query-syntax]"
    ),
    (
      "def rule(event):\n    return event.get('a') == '\u{202E}x'\n", ["rule"],
      "rules/trail.py:2:31: warning: the text has a bidirectional control, which is shown as an escape; remove it unless it belongs there [bidirectional-control]"
    ),
    (
      "def rule(event):\n    return event.get('a') == 'x' #\0", ["rule"],
      "rules/trail.py:2:35: error: the file has a zero byte, which isn't text and will show as U+FFFD; save the file as UTF-8 [not-text]"
    ),
  ])
  func keepsARuleWhosePythonIsBroken(python: String, stages: [String], finding: String) throws {
    let rule = try read(Self.rule, ["rules/trail.py": python])
    #expect(rule.title == "Trail stopped")
    #expect(rule.stages.map(\.name) == stages)
    #expect(rule.findings.filter { $0.id != .queryUnread }.map(\.description) == [finding])
    #expect(rule.attachments.map(\.path) == ["rules/trail.py"])
  }

  @Test func reportsBytesOfPythonThatAreNotUTF8() throws {
    var bytes = Array("def rule(event):\n    return event.get('a') == 'x' # ".utf8)
    bytes += [0xFF, 0x0A]
    let folder = try PantherFolder(
      bytes: ["rules/trail.yml": Array(Self.rule.utf8), "rules/trail.py": bytes])
    let rule = try #require(try folder.rules(in: "rules/trail.yml").first)
    #expect(rule.stages.map(\.predicate.words) == ["a eq x"])
    #expect(
      rule.findings.map(\.description) == [
        "rules/trail.py:2:36: warning: a byte sequence isn't UTF-8 and will show as U+FFFD; save the file as UTF-8 [not-utf8]"
      ])
  }

  @Test(arguments: [
    ("{Key: a, Condition: Equals, Value: x}", "a eq x"), ("{Key: a, Condition: DoesNotEqual, Value: 5}", "not(a eq 5)"),
    ("{KeyPath: 'a.b[*].c', Condition: IsIn, Values: [x, y]}", "any(a.b.c eq x, a.b.c eq y)"),
    ("{DeepKey: [a, b], Condition: IsNotIn, Values: [x]}", "not(a.b eq x)"),
    ("{DeepKey: [a, 0, b], Condition: Contains, Value: x}", "a[0].b contains x"),
    ("{Key: a, Condition: DoesNotContain, Value: x}", "not(a contains x)"),
    ("{Key: a, Condition: DoesNotEndWith, Value: x}", "not(a ends_with x)"),
    ("{Key: a, Condition: DoesNotStartWith, Value: x}", "not(a starts_with x)"),
    ("{Key: a, Condition: Has, Value: x}", "a eq x"), ("{Key: a, Condition: DoesNotHave, Value: x}", "not(a eq x)"),
    ("{Key: a, Condition: StartsWith, Value: x}", "a starts_with x"),
    ("{Key: a, Condition: IEndsWith, Value: x}", "a ends_with x"),
    ("{Key: a, Condition: IsGreaterThan, Value: 5}", "a gt 5"),
    ("{Key: a, Condition: IsLessThanOrEquals, Value: 5}", "a lte 5"), ("{Key: a, Condition: Exists}", "a exists true"),
    ("{Key: a, Condition: DoesNotExist}", "not(a exists true)"), ("{Key: a, Condition: IsNull}", "a is_null "),
    ("{Key: a, Condition: IsNotNullOrEmpty}", "a exists true"), ("{Condition: AlwaysTrue}", "all()"),
    ("{Condition: Equals, Values: [{Key: a}, {Key: b}]}", "a field_ref b"),
    ("{Any: [{Key: a, Condition: Exists}, {Key: b, Condition: Exists}]}", "any(a exists true, b exists true)"),
    ("{None: [{Key: a, Condition: Exists}]}", "not(a exists true)"),
    ("{OnlyOne: [{Key: a, Condition: Exists}]}", "all(a exists true, 'OnlyOne')"),
    ("{Key: a, Condition: AnyElement, Expressions: [{Key: b, Condition: Equals, Value: x}]}", "a.b eq x"),
    ("{Key: a, Condition: NoElement, Expressions: [{Condition: Equals, Value: x, Key: ''}]}", "not(a eq x)"),
  ])
  func simpleDetections(expression: String, expected: String) throws {
    let rule = try read("AnalysisType: rule\nRuleID: R\nDisplayName: T\nDetection:\n  - \(expression)\n")
    #expect(rule.stages.first?.predicate.words == expected)
    #expect(rule.findings.isEmpty)
  }

  @Test func filtersBeforeTheRulesOwnLogic() throws {
    let rule = try read(
      Self.rule + "InlineFilters:\n  - {Key: account, Condition: Equals, Value: '1'}\n", ["rules/trail.py": Self.python]
    )
    #expect(rule.stages.map(\.name) == ["rule", "InlineFilters"])
    #expect(rule.stages[0].predicate.words == "all(1, eventName eq StopLogging)")
  }

  @Test func readsHelpersAndDataModelsByTheirNames() throws {
    let rule = try read(
      Self.rule,
      [
        "rules/trail.py":
          "from shared import ours\ndef rule(event):\n    return not ours(event) and event.udm('ip') == 'x'\n",
        "lib/shared.yml": "AnalysisType: global\nGlobalID: shared\nFilename: code.py\n",
        "lib/code.py": "def ours(event):\n    return event.get('a') == 'y'\n",
        "models/trail.yml":
          "AnalysisType: datamodel\nLogTypes: [AWS.CloudTrail]\nEnabled: true\nMappings: [{Name: ip, Path: '$.source[*].ip'}]\n",
        "packs/p.yml":
          "AnalysisType: pack\nPackID: P\nDisplayName: Pack of trails\nPackDefinition: {IDs: [Example.Trail.Stopped]}\n",
      ])
    #expect(rule.stages[0].predicate.words == "all(not(a eq y), source.ip eq x)")
    #expect(rule.facts.first { $0.name == "Packs" }?.values == ["Pack of trails"])
    #expect(rule.findings.isEmpty)
  }

  @Test func joinsAScheduledRuleWithItsQuery() throws {
    let query = """
      AnalysisType: scheduled_query
      QueryName: Stopped trails
      Enabled: true
      Query: |
        SELECT * FROM panther_logs.public.aws_cloudtrail WHERE eventName = 'StopLogging'

      """
    let others = ["q/query.yml": query, "rules/trail.py": "def rule(event):\n    return event.get('n', 0) > 3\n"]
    let head = "AnalysisType: scheduled_rule\nRuleID: R\nDisplayName: T\nFilename: trail.py\n"
    let rule = try read(head + "ScheduledQueries: [Stopped trails]\n", others)
    #expect(rule.ruleClass == .detection)
    #expect(rule.logSources == [LogSource(service: "panther_logs.public.aws_cloudtrail")])
    #expect(rule.stages.map(\.name) == ["rule", "from", "select", "where"])
    #expect(rule.stages.map(\.predicate.words) == ["all(1, n gt 3)", "all(3)", "all()", "eventName eq StopLogging"])
    #expect(
      rule.related == [
        RelatedRule(kind: .query, id: "Stopped trails", position: SourcePosition(line: 5, column: 20))
      ])
    let lost = try read(head + "ScheduledQueries: [Lost]\n", others)
    #expect(lost.related.isEmpty)
    #expect(
      lost.findings.map(\.description) == [
        "rules/trail.yml:5:20: error: no file defines the query 'Lost'; add it, or correct its name [panther-query]"
      ])
    let hunt = try read(query, at: "q/query.yml")
    #expect(hunt.ruleClass == .hunt)
    #expect(hunt.id == "Stopped trails")
    #expect(hunt.stages.map(\.name) == ["from", "select", "where"])
  }

  @Test func keepsPantherFlowAsText() throws {
    let rule = try read(
      "AnalysisType: saved_query\nQueryName: Q\nQuery: |\n  panther_logs.public.aws_cloudtrail\n  | where eventName == 'x'\n"
    )
    #expect(rule.stages.map(\.language) == [.pantherFlow])
    #expect(
      rule.findings.map(\.description) == [
        "rules/trail.yml:4:3: note: PantherFlow isn't read; the query is shown as text and counts as no test [query-unread]"
      ])
  }

  @Test(arguments: [
    ("return event.get('region', '')", "region"), ("return str(event.get('region', ''))", "region"),
    ("return event.deep_get('a', 'b') or None", "a.b"),
    ("x = event.get('port')\n    return str(x) if x is not None else None", "port"),
    (
      "x = event.get('list', [])\n    if x:\n        return x[0].get('a', {}).get('b') or None\n    return None",
      "list[0].a.b"
    ),
    ("if event.get('a') == 'x':\n        return 'y'\n    return event.get('b')", "unique"), ("return 'x'", "unique"),
    ("return f\"{event.get('a')}\"", "unique"),
  ])
  func countsDifferentValues(body: String, counted: String) throws {
    let function = "def unique(event):\n    \(body)"
    let rule = try read(Self.rule, ["rules/trail.py": Self.python + "\n\(function)\n"])
    #expect(rule.match == .threshold("count(\(counted)) >= 5", by: [], within: "15m", joinsEvents: false))
    #expect(rule.stages.map(\.name) == ["rule", "unique"])
    #expect(rule.stages[1].predicate == .always)
    #expect(rule.stages[1].text == function)
    #expect(rule.findings.isEmpty)
  }

  @Test func countsEventsBelowAThreshold() throws {
    let rule = try read(
      "AnalysisType: rule\nRuleID: R\nDisplayName: T\nSeverity: Low\nFilename: trail.py\n",
      ["rules/trail.py": Self.python + "def unique(event):\n    return event.get('a')\n"])
    #expect(rule.match == .single)
  }

  @Test(arguments: ["pack", "datamodel", "global", "lookup_table", "unheard_of"])
  func recognisesOnlyRules(type: String) throws {
    let document = try SourceDocument(SourceFile(path: "a.yml", bytes: Array("AnalysisType: \(type)\nRuleID: x".utf8)))
    #expect(!DialectReader.panther.recognises(document))
  }

  /// A file is put off only if nothing in it can be what other rules refer to.
  @Test(arguments: [
    ("AnalysisType: rule\n", true), ("AnalysisType: 'policy'\n", true), ("AnalysisType: scheduled_query\n", false),
    ("AnalysisType: rule\n---\nAnalysisType: datamodel\n", false),
    ("AnalysisType: rule\n---\nAnalysisType: policy\n", true), ("RuleID: x\n", false), ("AnalysisType: ruler\n", false),
  ])
  func definesNothing(text: String, expected: Bool) {
    #expect(DialectReader.panther.companions?.definesNothing(Array(text.utf8), "a.yml") == expected)
  }

  @Test func coloursTheQuery() {
    let lines = DialectReader.panther.colouring("Query: |\n  SELECT a\nEnabled: true\n", 1, "rule.yml")
    #expect(lines[1].query.map(\.text).joined() == "  SELECT a\n")
    #expect(lines[2].key == "Enabled:")
  }
}
