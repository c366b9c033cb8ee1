import Diagnostics
import RuleModel
import Testing

/// The `logsource` section: a name for each part, and what becomes of other forms.
@Suite struct LogSourceTests {
  private func read(_ logSource: String) throws -> Rule {
    try readRule("title: T\nlogsource: \(logSource)\ndetection: {s: {A: 1}, condition: s}")
  }

  @Test(arguments: [
    ("{product: windows, category: [a, b]}", ["category: a, product: windows", "category: b, product: windows"]),
    (
      "{product: [p, q], service: [s, t]}",
      ["product: p, service: s", "product: p, service: t", "product: q, service: s", "product: q, service: t"]
    ),
    ("{product: [windows]}", ["product: windows"]),
    ("{service: [s, s, t]}", ["service: s", "service: t"]),
    ("{service: [s, 5]}", ["service: s"]),
    ("[{product: p}, {product: q, service: s}]", ["product: p", "product: q, service: s"]),
    ("{product: '365'}", ["product: 365"]),
    // Without a malformed name it would be another log source.
    ("{product: windows, service: 5}", []),
    ("{product: windows, service: {name: s}}", []),
    ("{product: windows, service: }", []),
    ("{product: windows, service: []}", []),
    ("{product: windows, sevice: security}", []),
    ("{product: windows, remark: security}", ["product: windows"]),
    ("[]", []),
    ("windows", []),
  ])
  func readsListsAsTheLogSourcesThatTheyCombineTo(logSource: String, expected: [String]) throws {
    #expect(try read(logSource).logSources.map(\.description) == expected)
  }

  @Test(arguments: [
    (
      "{category: [a, b]}",
      ["2:23: warning: 'category' is a list; the specification wants one name: write one rule for each log source"]
    ),
    (
      "{product: windows, service: 5}",
      ["2:40: error: 'service' is a number, not a name; put it in quotes if it is one"]
    ),
    (
      "{product: windows, service: yes}",
      ["2:40: error: 'service' is a boolean, not a name; put it in quotes if it is one"]
    ),
    ("{product: {a: b}}", ["2:22: error: 'product' is a map, not a name; write one name"]),
    ("{product: ''}", ["2:22: error: 'product' is empty; write a name, or remove the key"]),
    ("{product: ~}", ["2:22: error: 'product' is empty; write a name, or remove the key"]),
    ("{product: []}", ["2:22: error: 'product' is an empty list; write a name, or remove the key"]),
    (
      "{product: [p, [q]]}",
      [
        "2:22: warning: 'product' is a list; the specification wants one name: write one rule for each log source",
        "2:26: error: 'product' is a list in a list, not a name; write one name",
      ]
    ),
    ("{product: p, sevice: s}", ["2:25: error: a log source has no 'sevice'; did you mean 'service'?"]),
    (
      "{product: p, remark: s}",
      [
        "2:25: warning: a log source has no 'remark'; write category, product, service or definition, or remove it"
      ]
    ),
    ("{definition: words}", ["2:12: error: the log source names nothing; add a category, product or service"]),
    (
      "[{product: p}, q]",
      [
        "2:12: warning: the specification wants one log source, not a list; write one rule for each",
        "2:27: error: a log source is a map; write a category, product or service",
      ]
    ),
    ("windows", ["2:12: error: the log source must be a map; write a category, product or service in it"]),
  ])
  func reportsEveryFormThatIsNoNameAtItsPlace(logSource: String, expected: [String]) throws {
    let findings = try read(logSource).findings
    #expect(findings.map { "\($0)" } == expected.map { "rule.yml:\($0) [sigma-logsource]" })
  }

  @Test func readsAHundredLogSourcesAtMost() throws {
    let names = (1...11).map { "n\($0)" }.joined(separator: ", ")
    let rule = try read("{product: [\(names)], service: [\(names)]}")
    #expect(rule.logSources.count == 100)
    #expect(
      rule.findings.last?.message
        == "the lists combine to more than 100 log sources, of which the others are left out; split the rule")
  }

  @Test func saysOnlyOnceThatAFiltersLogSourceIsMalformed() throws {
    let rule = try readRule(
      """
      title: F
      logsource: {product: 5}
      filter: {rules: [a], s: {A: 1}, condition: not s}
      """)
    #expect(rule.findings.map(\.id) == [.sigmaLogSource])
  }
}
