import Diagnostics
import RuleModel
import Testing

@Suite struct RuleTests {
  private let body = "logsource: {product: windows}\ndetection: {selection: {A: 1}, condition: selection}\n"

  @Test func readsEveryPartOfARule() throws {
    let rule = try readRule(
      """
      title: Whoami Run
      id: 11111111-2222-4333-8444-555555555555
      name: whoami_run
      related:
          - {id: 99999999-2222-4333-8444-555555555555, type: derived}
          - {id: old, type: unheard}
      status: Test
      description: |
          Two lines
          of text.

      license: Apache-2.0
      references: [https://example.org/a]
      author: Ann (Team, North), Bob
      date: 2025/01/02
      modified: 2026-02-28
      tags: [attack.T1059.001, attack.ta0002, attack.credential_access, attack.g0016, cve.2021-44228]
      logsource: {category: process_creation, product: windows, definition: Turn it on}
      detection:
          timeframe: 5m
          selection: {Image|endswith: \\whoami.exe}
          condition: selection
      fields: [Image]
      falsepositives: Admins
      level: high
      """)
    #expect(rule.key == RuleKey(dialect: .sigma, slug: "rule"))
    #expect(rule.title == "Whoami Run")
    #expect(rule.name == "whoami_run")
    #expect(rule.related.map(\.kind) == [.derived, .other("unheard")])
    #expect(rule.status == .test && rule.level == .high)
    #expect(rule.description == "Two lines\nof text.")
    #expect(rule.license == "Apache-2.0")
    #expect(rule.references == ["https://example.org/a"])
    #expect(rule.authors == ["Ann (Team, North)", "Bob"])
    #expect(rule.date?.description == "2025-01-02" && rule.modified?.description == "2026-02-28")
    #expect(rule.attackTags.map(\.written) == ["T1059.001", "ta0002", "credential_access", "g0016"])
    #expect(rule.attackTags[2].target == .tacticName("credential-access"))
    #expect(rule.tags.count == 5)
    #expect(rule.logSource == LogSource(category: "process_creation", product: "windows", definition: "Turn it on"))
    #expect(rule.timeWindow == "5m")
    #expect(rule.fields == ["Image"] && rule.falsePositives == ["Admins"])
    #expect(rule.testWords == [#"Image ends_with \whoami.exe"#])
    #expect(rule.findings.isEmpty, "\(rule.findings)")
  }

  @Test(arguments: [
    ("title: [a]", "rule.yml:1:8: warning: 'title' must be a text; it is left out [rule-field]"),
    (
      "title: T\nlevel: urgent",
      "rule.yml:2:8: warning: the level 'urgent' is unknown; write one of informational, low, medium, high, critical [rule-level]"
    ),
    (
      "title: T\nstatus: prod",
      "rule.yml:2:9: warning: the status 'prod' is unknown; write one of stable, test, experimental, deprecated, unsupported [rule-status]"
    ),
    (
      "title: T\ndate: 2025-02-30",
      "rule.yml:2:7: warning: '2025-02-30' under 'date' is no day of the calendar; write YYYY-MM-DD [rule-date]"
    ),
    (
      "title: T\ntags: [attack]",
      "rule.yml:2:8: note: the tag 'attack' has no namespace; write one and a dot before the name [sigma-tag]"
    ),
    ("title: T\nrelated: [x]", "rule.yml:2:11: warning: a related rule needs an id and a type; add them [rule-field]"),
    (
      "title: T\nreferences: {a: b}", "rule.yml:2:13: warning: 'references' must be a list; it is left out [rule-field]"
    ),
  ])
  func keepsARuleWithAMalformedField(head: String, expected: String) throws {
    let rule = try readRule(head + "\n" + body)
    #expect(rule.findings.first?.description == expected)
    #expect(rule.testWords == ["A eq 1"])
  }

  @Test func namesARuleWithoutATitleAfterItsFile() throws {
    let rule = try readRule(body)
    #expect(rule.title == "rule")
    #expect(rule.findings.map(\.id) == [.ruleTitle])
  }

  @Test func tellsWhatARuleLacks() throws {
    #expect(try readRule("title: T\ndetection: {s: {A: 1}, condition: s}").findings.map(\.id) == [.sigmaLogSource])
    #expect(
      try readRule("title: T\nlogsource: {}\ndetection: {s: {A: 1}, condition: s}").findings.map(\.id) == [
        .sigmaLogSource
      ])
    let noCondition = try readRule("title: T\nlogsource: {product: x}\ndetection: {s: {A: 1}}")
    #expect(noCondition.findings.map(\.message) == ["the detection has no 'condition'; add one"])
  }

  @Test func laysAGlobalDocumentOverThoseThatFollow() throws {
    let reading = try read(
      """
      action: global
      title: Both
      level: high
      detection: {condition: selection}
      ---
      logsource: {product: windows}
      detection: {selection: {A: 1}}
      level: low
      ---
      action: repeat
      detection: {selection: {A: 2, B: 3}}
      ---
      action: reset
      ---
      title: Alone
      logsource: {product: linux}
      detection: {selection: {C: 1}, condition: selection}
      """)
    #expect(reading.rules.map(\.title) == ["Both", "Both", "Alone"])
    #expect(reading.rules.map(\.level) == [.high, .high, nil])
    #expect(reading.rules.map(\.testWords) == [["A eq 1"], ["A eq 2", "B eq 3"], ["C eq 1"]])
    #expect(reading.rules.map(\.source.document) == [2, 3, 5])
    #expect(reading.rules[1].logSource.product == "windows")
    #expect(reading.diagnostics.isEmpty)
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
          condition: {field: user, gt: 10, lte: 20}
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
    #expect(correlation.condition == "gt 10 and lte 20")
    #expect(correlation.fields == ["user"])
    #expect(correlation.aliases.first?.fields.map(\.field) == ["src_ip"])
    #expect(reading.rules.flatMap(\.findings).isEmpty)
    #expect(reading.rules.map(\.ruleClass) == [.correlation, .detection])
  }

  @Test(arguments: [
    (
      "{rules: [a], group-by: [b], timespan: 1m}",
      "the correlation has no 'type'; write one of event_count, value_count, temporal, temporal_ordered, value_sum, value_avg, value_percentile"
    ),
    (
      "{type: event_counts, rules: [a], timespan: 1m, condition: {gt: 1}}",
      "the correlation type 'event_counts' is unknown; did you mean 'event_count'?"
    ),
    (
      "{type: event_count, timespan: 1m, condition: {gt: 1}}",
      "the correlation names no rules; add 'rules' with their ids or names"
    ),
    ("{type: event_count, rules: [a], condition: {gt: 1}}", "the correlation has no 'timespan'; add one, such as 10m"),
    (
      "{type: event_count, rules: [a], timespan: 1w, condition: {gt: 1}}",
      "'1w' is no timespan; write a number and s, m, h or d, such as 10m"
    ),
    (
      "{type: event_count, rules: [a], timespan: 1m}",
      "a correlation of type event_count needs a 'condition'; add one, such as gte: 10"
    ),
    (
      "{type: value_sum, rules: [a], timespan: 1m, condition: {gt: 1}}",
      "a correlation of type value_sum needs a 'field' in its condition; add it"
    ),
    (
      "{type: event_count, rules: [a], timespan: 1m, condition: {gtt: 1}}",
      "a correlation's condition knows no 'gtt'; did you mean 'gt'?"
    ),
    ("{type: event_count, rules: [a], timespan: 1m, condition: {gt: x}}", "'gt' compares with a number; write one"),
  ])
  func tellsWhatACorrelationLacks(section: String, expected: String) throws {
    let rule = try readRule("title: T\ncorrelation: \(section)\n")
    #expect(rule.findings.map(\.message) == [expected])
    #expect(rule.findings.map(\.id) == [.sigmaCorrelation])
  }

  @Test func readsAFilter() throws {
    let rule = try readRule(
      "title: F\nlogsource: {product: windows}\nfilter: {rules: [one], selection: {User|startswith: adm_}, condition: selection}"
    )
    #expect(rule.ruleClass == .filter)
    #expect(rule.testWords == ["User starts_with adm_"])
    guard case .rules(let references) = rule.filter else { throw Unexpected() }
    #expect(references.map(\.target) == ["one"])
    #expect(
      try readRule("title: F\nlogsource: {product: x}\nfilter: {rules: any, s: {A: 1}, condition: not s}").filter
        == .any)
  }

  @Test func losesNoRuleToAMistypedKey() throws {
    let rule = try readRule("title: T\nlogsource: {product: x}\ndetections: {s: {A: 1}, condition: s}")
    #expect(
      rule.findings.map(\.description) == [
        "rule.yml:3:13: error: the rule has no 'detection'; is 'detections' meant to be it? [sigma-detection]"
      ])
  }

  @Test func tellsWhatIsNoRule() throws {
    #expect(try read("a: 1").content == .notARule(reason: "no document has a detection, correlation or filter section"))
    let mixed = try read("title: T\n" + body + "---\nnote: x\n")
    #expect(mixed.content == .rules)
    #expect(
      mixed.diagnostics.map(\.description) == [
        "rule.yml:5:1: warning: this document is no rule: it has no detection, correlation or filter section; add it or remove the document [sigma-detection]"
      ])
  }
}

private struct Unexpected: Error {}
