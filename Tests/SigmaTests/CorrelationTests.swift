import Diagnostics
import RuleModel
import Sigma
import Testing

/// Sigma Correlation Rules Specification 2.1.0. The section starts in line 3, two spaces in.
@Suite struct CorrelationTests {
  private static let base = "rules: [one, two]\ngroup-by: [host]\ntimespan: 5m\n"

  /// A correlation with the given lines in its section.
  private func rule(_ section: String, besides: String = "") throws -> Rule {
    let lines = section.split(separator: "\n").map { "  \($0)\n" }
    return try readRule("title: T\ncorrelation:\n" + lines.joined() + besides)
  }

  private func correlation(_ section: String) throws -> Correlation { try #require(rule(section).correlation) }

  private func findings(_ section: String) throws -> [String] {
    try rule(section).findings.map {
      "\($0.location.position?.line ?? 0):\($0.location.position?.column ?? 0) \($0.severity) \($0.message)"
    }
  }

  @Test func readsACorrelationWithItsRules() throws {
    let reading = try read(
      """
      title: Many
      correlation:
          type: value_count
          rules: [login, 99999999-2222-4333-8444-555555555555]
          group-by: [host, source]
          timespan: 1h
          aliases:
              source: {login: src_ip}
          condition: {field: user, lte: 20, gt: 10}
      level: high
      ---
      title: Login
      name: login
      logsource: {product: windows, service: security}
      detection: {s: {EventID: 4625}, condition: s}
      """)
    #expect(reading.content == .correlations)
    let correlation = try #require(reading.rules.first?.correlation)
    #expect(correlation.kind == .valueCount)
    #expect(correlation.rules.map(\.target) == ["login", "99999999-2222-4333-8444-555555555555"])
    #expect(correlation.groupBy == ["host", "source"])
    #expect(correlation.timespan == "1h")
    // However the file orders them, it is the same condition.
    #expect(correlation.criterion == .comparisons([.init(.gt, "10"), .init(.lte, "20")]))
    #expect(correlation.condition == "gt 10 and lte 20")
    #expect(correlation.fields == ["user"])
    #expect(correlation.aliases.map(\.name) == ["source"])
    #expect(correlation.aliases.first?.fields.map(\.name) == ["src_ip"])
    #expect(correlation.aliases.first?.fields.map(\.rule.target) == ["login"])
    #expect(!correlation.generate)
    #expect(reading.rules.flatMap(\.findings).isEmpty)
    #expect(reading.rules.map(\.ruleClass) == [.correlation, .detection])
  }

  // MARK: Types

  @Test(arguments: [
    ("event_count", Correlation.Kind.eventCount), ("value_count", .valueCount), ("temporal", .temporal),
    ("temporal_ordered", .temporalOrdered), ("value_sum", .valueSum), ("value_avg", .valueAverage),
    ("value_percentile", .valuePercentile), ("value_median", .valueMedian), ("Event_Count", .eventCount),
    ("TEMPORAL", .temporal),
  ])
  func readsEachTypeInAnyCase(written: String, kind: Correlation.Kind) throws {
    let percentile = kind == .valuePercentile ? ", percentile: 50" : ""
    let rule = try rule(
      "type: \(written)\n" + CorrelationTests.base + "condition: {gte: 3, field: user\(percentile)}")
    #expect(rule.correlation?.kind == kind)
    #expect(rule.findings == [])
  }

  @Test(arguments: [
    ("event_cnt", "3:9 error the correlation type 'event_cnt' is unknown; did you mean 'event_count'?"),
    ("event_counts", "3:9 error the correlation type 'event_counts' is unknown; did you mean 'event_count'?"),
    (
      "ordered_temporal",
      "3:9 error the correlation type 'ordered_temporal' is unknown; did you mean 'temporal_ordered'?"
    ),
    (
      "sequence",
      "3:9 error the correlation type 'sequence' is unknown; write one of event_count, value_count, temporal, "
        + "temporal_ordered, value_sum, value_avg, value_percentile, value_median"
    ),
  ])
  func keepsEverythingElseOfAnUnknownType(written: String, expected: String) throws {
    let section = "type: \(written)\n" + CorrelationTests.base + "condition: {gt: 1, field: user}\ngenerate: true"
    let rule = try rule(section)
    let correlation = try #require(rule.correlation)
    #expect(correlation.kind == .other(written))
    #expect(correlation.rules.map(\.target) == ["one", "two"])
    #expect(correlation.groupBy == ["host"] && rule.groupBy == ["host"])
    #expect(correlation.timespan == "5m" && rule.timeWindow == "5m")
    #expect(correlation.condition == "gt 1")
    #expect(correlation.fields == ["user"])
    #expect(correlation.generate)
    #expect(try findings(section) == [expected])
  }

  @Test func keepsEverythingElseWithoutAType() throws {
    let correlation = try correlation(CorrelationTests.base)
    #expect(correlation.kind == nil)
    #expect(correlation.rules.map(\.target) == ["one", "two"])
    #expect(correlation.groupBy == ["host"] && correlation.timespan == "5m")
  }

  // MARK: What is missing or malformed

  @Test(arguments: [
    (
      base,
      "3:3 error the correlation has no 'type'; write one of event_count, value_count, temporal, temporal_ordered, "
        + "value_sum, value_avg, value_percentile, value_median"
    ),
    (
      "type: event_count\ngroup-by: [b]\ntimespan: 1m\ncondition: {gt: 1}",
      "3:3 error the correlation names no rules; add 'rules' with their ids or names"
    ),
    (
      "type: event_count\nrules: []\ngroup-by: [b]\ntimespan: 1m\ncondition: {gt: 1}",
      "4:10 error the correlation names no rules; add 'rules' with their ids or names"
    ),
    (
      "type: event_count\nrules: a\ngroup-by: [b]\ncondition: {gt: 1}",
      "3:3 error the correlation has no 'timespan'; add one, such as 10m"
    ),
    (
      "type: temporal\nrules: a\ntimespan: 1m",
      "3:3 warning a correlation of type temporal needs a 'group-by'; add the fields whose values must agree"
    ),
    (
      "type: temporal\nrules: a\ngroup-by: []\ntimespan: 1m",
      "5:13 warning a correlation of type temporal needs a 'group-by'; add the fields whose values must agree"
    ),
    (
      "type: temporal\nrules: {a: b}\ngroup-by: [b]\ntimespan: 1m",
      "4:10 error 'rules' takes ids or names of rules; write one, or a list of them"
    ),
    (
      "type: temporal\nrules: [a, ~]\ngroup-by: [b]\ntimespan: 1m",
      "4:14 error 'rules' takes ids or names of rules; write one, or a list of them"
    ),
    (
      "type: temporal\nrules: a\ngroup-by: {a: b}\ntimespan: 1m",
      "5:13 error 'group-by' takes names of fields; write one, or a list of them"
    ),
    (
      "type: event_count\n" + base,
      "3:3 error a correlation of type event_count needs a 'condition'; add one, such as gte: 10"
    ),
    (
      "type: event_count\n" + base + "condition: [gt]",
      "7:14 error the condition must be a map; write one, such as gte: 10"
    ),
    (
      "type: event_count\n" + base + "condition: one and two",
      "7:14 error the condition must be a map; write one, such as gte: 10"
    ),
    (
      "type: value_count\n" + base + "condition: {field: user}",
      "7:14 error the condition compares with no number; add one of gt, gte, lt, lte, eq, neq, such as gte: 10"
    ),
    (
      "type: temporal\n" + base + "condition: {}",
      "7:14 error the condition compares with no number; add one of gt, gte, lt, lte, eq, neq, such as gte: 10"
    ),
    (
      "type: value_percentile\n" + base + "condition: {field: user, percentile: 5}",
      "7:14 error the condition compares with no number; add one of gt, gte, lt, lte, eq, neq, such as gte: 10"
    ),
    (
      "type: value_sum\n" + base + "condition: {gt: 1}",
      "7:14 error a correlation of type value_sum needs a 'field' in its condition; add it"
    ),
    (
      "type: value_median\n" + base + "condition: {gt: 1}",
      "7:14 error a correlation of type value_median needs a 'field' in its condition; add it"
    ),
    (
      "type: event_count\n" + base + "condition: {gtt: 1}",
      "7:15 error a correlation's condition has no 'gtt'; did you mean 'gt'?"
    ),
    (
      "type: event_count\n" + base + "condition: {gt: x}", "7:19 error 'gt' compares with a count; write a whole number"
    ),
    (
      "type: event_count\n" + base + "condition: {gt: -1}",
      "7:19 error 'gt' compares with a count; write a whole number"
    ),
    (
      "type: temporal\n" + base + "condition: {gte: 1.5}",
      "7:20 error 'gte' compares with a count; write a whole number"
    ),
    (
      "type: value_avg\n" + base + "condition: {field: a, gt: 0x10}",
      "7:29 error 'gt' compares with a number; write one"
    ),
    (
      "type: event_count\n" + base + "condition: {gte: 5, lt: 5}",
      "7:14 error no number is in all of the ranges that the condition gives; correct one of them"
    ),
    (
      "type: event_count\n" + base + "condition: {eq: 2, gt: 3}",
      "7:14 error no number is in all of the ranges that the condition gives; correct one of them"
    ),
    (
      "type: value_percentile\n" + base + "condition: {field: a, gt: 1}",
      "7:14 warning engines refuse a correlation of type value_percentile that doesn't say which one; add 'percentile', such as 95"
    ),
    (
      "type: value_percentile\n" + base + "condition: {field: a, gt: 1, percentile: 101}",
      "7:44 error 'percentile' must be a number from 0 to 100; write one"
    ),
    (
      "type: temporal\n" + base + "generate: maybe",
      "7:13 error 'generate' must be true or false, without quotes; it is read as false"
    ),
    (
      "type: temporal\n" + base + "generate: 'true'",
      "7:13 error 'generate' must be true or false, without quotes; it is read as false"
    ),
  ])
  func reportsWhatIsMissingOrMalformed(section: String, expected: String) throws {
    #expect(try findings(section) == [expected])
    #expect(try rule(section).findings.map(\.id) == [.sigmaCorrelation])
  }

  @Test func keepsADecimalNumberToCompareAnAverageWith() throws {
    let rule = try rule("type: value_avg\n" + CorrelationTests.base + "condition: {field: a, gt: -2.5}")
    #expect(rule.findings == [])
    #expect(rule.correlation?.condition == "gt -2.5")
  }

  /// What a mistyped key was meant to be isn't reported as missing, too.
  @Test(arguments: [
    (
      "type: temporal\nrule: [a]\ngroupby: [b]\ntimespan: 1m",
      [
        "4:3 error a correlation has no key 'rule'; did you mean 'rules'?",
        "5:3 error a correlation has no key 'groupby'; did you mean 'group-by'?",
      ]
    ),
    (
      "typ: temporal\nrules: [a]\ngroup_by: [b]\ntime-span: 1m",
      [
        "3:3 error a correlation has no key 'typ'; did you mean 'type'?",
        "5:3 error a correlation has no key 'group_by'; did you mean 'group-by'?",
        "6:3 error a correlation has no key 'time-span'; did you mean 'timespan'?",
      ]
    ),
    (
      "type: temporal\n" + base + "groupby: [b]\nremark: x",
      [
        "7:3 warning a correlation has no key 'groupby'; did you mean 'group-by'?",
        "8:3 warning a correlation has no key 'remark'; remove it or write one of type, rules, group-by, timespan, "
          + "condition, aliases, generate",
      ]
    ),
    (
      "type: temporal\nrules: [a]\ngroup-by: [b]\ntimeframe: 1m",
      ["6:3 error a correlation has no key 'timeframe'; did you mean 'timespan'?"]
    ),
  ])
  func reportsUnknownKeysWithTheNearestName(section: String, expected: [String]) throws {
    #expect(try findings(section) == expected)
  }

  // MARK: Timespans

  /// “number + letter (in lowercase)”; no engine counts zero, signs, or what overflows.
  @Test(arguments: [
    ("10m", true), ("1s", true), ("24h", true), ("007d", true), ("0m", false), ("00m", false), ("-5m", false),
    ("+5m", false), ("' 5m'", false), ("5 m", false), ("5_0m", false), ("1.5h", false), ("1h30m", false), ("90", false),
    ("m", false), ("5M", false), ("1w", false), ("١٢m", false), ("99999999999999999999m", false),
    ("18446744073709551615d", false), ("''", false), ("[5m]", false),
  ])
  func takesAWholeNumberAboveZeroAndALetterForATimespan(written: String, isValid: Bool) throws {
    let rule = try rule("type: temporal\nrules: a\ngroup-by: b\ntimespan: \(written)")
    let text = written.replacing("'", with: "")
    let shown = written == "[5m]" ? "a list" : "'\(text)'"
    #expect(
      rule.findings.map(\.description)
        == (isValid
          ? []
          : [
            "rule.yml:6:13: error: \(shown) isn't a valid timespan; write a whole number above 0 and s, m, h or d, "
              + "such as 10m [sigma-correlation]"
          ]))
    #expect(rule.timeWindow == (written == "[5m]" ? nil : text))
  }

  // MARK: Temporal conditions

  @Test(arguments: [
    ("one and not two", ["one", "two"], "all(0, not(1))"),
    ("(two or one) and three", ["two", "one", "three"], "all(any(0, 1), 2)"),
    ("one and one or two", ["one", "two"], "any(all(0, 0), 1)"), ("ONE AND two", ["ONE", "two"], "all(0, 1)"),
    ("1 of t*", ["two"], "any(0)"), ("all of them", ["one", "two"], "all(0, 1)"),
    ("1 of o* and not two", ["one", "two"], "all(any(0), not(1))"),
    (
      "0a000002-0000-4000-8000-000000000003 or one", ["0a000002-0000-4000-8000-000000000003", "one"], "any(0, 1)"
    ),
  ])
  func readsATextLikeAnyCondition(condition: String, names: [String], logic: String) throws {
    let rule = try rule("type: temporal\n" + CorrelationTests.base + "condition: \(condition)")
    #expect(rule.findings == [])
    guard case .expression(let text, let found, let named) = rule.correlation?.criterion else {
      Issue.record("no expression: \(String(describing: rule.correlation?.criterion))")
      return
    }
    #expect(text == condition)
    #expect(named.map(\.target) == names)
    #expect(found.words == logic)
  }

  @Test func knowsThePlaceOfEachName() throws {
    let correlation = try correlation("type: temporal\n" + CorrelationTests.base + "condition: one and not three")
    guard case .expression(_, _, let names) = correlation.criterion else { return }
    #expect(names.map(\.span.start) == [SourcePosition(line: 7, column: 14), SourcePosition(line: 7, column: 26)])
  }

  @Test func needsNoListWhereTheConditionNamesRules() throws {
    let rule = try rule("type: temporal\ngroup-by: [a]\ntimespan: 5m\ncondition: one and two")
    #expect(rule.findings == [])
  }

  @Test func writesAConditionOfSeveralLinesInOne() throws {
    let correlation = try correlation("type: temporal\n" + CorrelationTests.base + "condition: |\n  one and\n    two")
    #expect(correlation.condition == "one and two")
  }

  @Test(arguments: [
    ("one and and two", "rule.yml:7:18: error: 'and' lacks an operand; add one or remove it [sigma-condition]"),
    (
      "one two",
      "rule.yml:7:18: error: an operator is missing before 'two'; write 'and' or 'or' between them [sigma-condition]"
    ),
    ("(one", "rule.yml:7:14: error: unbalanced parenthesis; add or remove one [sigma-condition]"),
    ("''", "rule.yml:7:14: error: the condition is empty; name the rules that must match [sigma-condition]"),
    (
      "1 of x*",
      "rule.yml:7:19: error: 'x*' matches no rule of the correlation; add one or correct the name [sigma-condition]"
    ),
    (
      "o* and two",
      "rule.yml:7:14: error: the pattern 'o*' needs '1 of' or 'all of' before it; it is read as '1 of o*' [sigma-condition]"
    ),
  ])
  func reportsAFaultOfATextAtItsPlace(condition: String, expected: String) throws {
    let rule = try rule("type: temporal_ordered\n" + CorrelationTests.base + "condition: \(condition)")
    #expect(rule.findings.map(\.description) == [expected])
    #expect(rule.correlation?.condition == (condition == "''" ? nil : condition))
    #expect(rule.correlation?.rules.map(\.target) == ["one", "two"])
  }

  // MARK: Aliases

  @Test(arguments: [
    (
      "aliases: text",
      "7:12 error 'aliases' must be a map of names, each with a map of rules and their fields; write one"
    ),
    ("aliases: {ip: text}", "7:17 error the alias 'ip' must be a map of rules and their fields; write one"),
    (
      "aliases: {ip: {one: [a, b]}}",
      "7:23 error the alias 'ip' must name one field for each rule; write the name of the field"
    ),
    (
      "aliases: {ip: {one: }}",
      "7:23 error the alias 'ip' must name one field for each rule; write the name of the field"
    ),
    ("aliases: {ip: {}}", "7:17 error the alias 'ip' names no rule; add rules with their fields, or remove it"),
  ])
  func reportsAMalformedAlias(lines: String, expected: String) throws {
    let section = "type: temporal\n" + CorrelationTests.base + lines
    #expect(try findings(section) == [expected])
    #expect(try correlation(section).aliases == [])
  }

  // MARK: Generate

  /// YAML 1.1's booleans, as engines read them.
  @Test(arguments: [
    ("yes", true), ("Yes", true), ("on", true), ("true", true), ("TRUE", true), ("no", false), ("off", false),
    ("False", false),
  ])
  func readsGenerateInTheSectionAndBesideIt(written: String, expected: Bool) throws {
    let section = "type: temporal\n" + CorrelationTests.base
    let inside = try rule(section + "generate: \(written)")
    let beside = try rule(section, besides: "generate: \(written)\n")
    #expect([inside, beside].map(\.correlation?.generate) == [expected, expected])
    #expect(inside.findings == [] && beside.findings == [])
  }
}
