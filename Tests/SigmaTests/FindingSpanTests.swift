import Diagnostics
import RuleModel
import Testing

/// What findings point to: the word or the value, from its first byte to its last.
@Suite struct FindingSpanTests {
  /// What the findings of a text are on, as the text has it; `…` where the end isn't known.
  private func marked(_ text: String) throws -> [String] {
    let reading = try read(text)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf8) }
    return (reading.diagnostics + reading.rules.flatMap(\.findings)).sorted().map { finding in
      guard let start = finding.location.position else { return "file" }
      guard let end = finding.location.end else { return "…" }
      #expect(start.line == end.line)
      return String(
        decoding: lines[Int(start.line) - 1][Int(start.column) - 1..<Int(end.column) - 1], as: UTF8.self)
    }
  }

  private func detection(_ condition: String, _ more: String = "") -> String {
    """
    title: T
    logsource: {product: windows}
    detection:
        sel_a: {A: 1}
    \(more)    condition: \(condition)
    """
  }

  @Test(arguments: [
    ("sel_a and sel_x or sel_a", ["sel_x"]), ("'sel_a and  sel_x'", ["sel_x"]), ("\"sel_a and\\x20sel_x\"", ["sel_x"]),
    ("sel_a and", ["and"]), ("sel_a and (sel_a", ["("]), ("sel_a && sel_a", ["&&"]), ("2 of sel_a", ["2"]),
    ("1 of x_*", ["x_*"]), ("sel_a and sel*", ["sel*"]), (">-\n        sel_a and\n        sel_x", ["sel_x"]),
    ("[]", ["…"]), ("sel_a | count(x) > 1", ["sel_a | count(x) > 1"]), ("'sel_a | count(x)'", ["'sel_a | count(x)'"]),
  ])
  func pointsToTheWordsOfAConditionExactly(condition: String, expected: [String]) throws {
    #expect(try marked(detection(condition)) == expected)
  }

  @Test(arguments: [
    ("B|contain: x", ["contain"]), ("B|re|endswiht: x", ["endswiht"]), ("B|re: 'a)b'", [")b"]),
    ("B|cidr: '10.0.0.0/99'", ["'10.0.0.0/99'"]), ("B|lt: \"a\"", ["\"a\""]), ("B|exists: maybe", ["maybe"]),
    ("B: {C: 1}", ["…"]),
  ])
  func pointsToModifiersAndValues(line: String, expected: [String]) throws {
    #expect(try marked(detection("all of sel_*", "    sel_b: {\(line)}\n")) == expected)
  }

  @Test func pointsToTagsAndNamesOfRules() throws {
    let rule = try readRule(detection("sel_a") + "\ntags: ['attack.t1003', attack.t1059]\n")
    #expect(rule.attackTags.map { [$0.span.start.column, $0.span.end?.column] } == [[8, 22], [24, 36]])
    let text = "title: C\nname: c\ncorrelation: {type: temporal, rules: [a, b], timespan: 1m, condition: a and b}\n"
    let correlation = try #require(try readRule(text).correlation)
    #expect(correlation.rules.map { [$0.span.start.column, $0.span.end?.column] } == [[39, 40], [42, 43]])
    guard case .expression(_, _, let names) = correlation.criterion else {
      Issue.record("no expression")
      return
    }
    #expect(names.map { [$0.span.start.column, $0.span.end?.column] } == [[71, 72], [77, 78]])
  }
}
