import RuleModel
import Testing

@Suite struct ConditionTests {
  private let identifiers = [
    "sel_a: {A: 1}", "sel_b: {B: 2}", "filter_c: {C: 3}", "_hidden: {D: 4}", "keywords: [k, l]",
  ]

  private func rule(_ condition: String) throws -> Rule {
    let lines = identifiers + ["condition: \(condition)"]
    return try readRule("title: T\nlogsource: {product: windows}\ndetection:\n" + lines.map { "    \($0)\n" }.joined())
  }

  /// Stages are numbered in the order of the file, those that the condition uses only.
  @Test(arguments: [
    ("sel_a", "1"),
    ("sel_a and sel_b", "all(1, 2)"),
    ("sel_a or sel_b", "any(1, 2)"),
    ("sel_a or sel_b and filter_c", "any(1, all(2, 3))"),
    ("not sel_a and sel_b", "all(not(1), 2)"),
    ("not sel_a or sel_b", "any(not(1), 2)"),
    ("not not sel_a", "not(not(1))"),
    ("(sel_a or sel_b) and filter_c", "all(any(1, 2), 3)"),
    ("((sel_a))", "1"),
    ("1 of sel_*", "any(1, 2)"),
    ("any of sel_*", "any(1, 2)"),
    ("all of sel_*", "all(1, 2)"),
    ("1 of *_b", "1"),
    ("1 of s*_*", "any(1, 2)"),
    ("all of sel_* and not 1 of filter_*", "all(all(1, 2), not(3))"),
    ("1 of them", "any(1, 2, 3, 4)"),
    ("all of them", "all(1, 2, 3, 4)"),
    ("1 of _*", "1"),
    ("1 of *", "any(1, 2, 3, 4)"),
    ("_hidden", "1"),
    ("sel_a AND NOT sel_b", "all(1, not(2))"),
    ("All Of sel_* Or keywords", "any(all(1, 2), 3)"),
    ("[sel_a, sel_b and filter_c]", "any(1, all(2, 3))"),
    ("sel_a | count() by user, host > 5", "1"),
    ("sel_a | near sel_b and not filter_c", "all(1, all(2, not(3)))"),
    ("sel_*", "any(1, 2)"),
  ])
  func keepsTheLogic(condition: String, expected: String) throws {
    #expect(try rule(condition).stages.first?.predicate.words == expected)
  }

  /// Offsets count from the condition's place, line 9, column 16.
  @Test(arguments: [
    (
      "selection_x",
      "rule.yml:9:16: error: the detection has no search identifier 'selection_x'; add it or correct the name [sigma-selection-missing]"
    ),
    (
      "sel_aa",
      "rule.yml:9:16: error: the detection has no search identifier 'sel_aa'; did you mean 'sel_a'? [sigma-selection-missing]"
    ),
    ("sel_a and", "rule.yml:9:22: error: 'and' lacks an operand; add one or remove it [sigma-condition]"),
    ("and sel_a", "rule.yml:9:16: error: 'and' lacks an operand; add one or remove it [sigma-condition]"),
    ("sel_a and or sel_b", "rule.yml:9:22: error: 'and' lacks an operand; add one or remove it [sigma-condition]"),
    (
      "sel_a sel_b",
      "rule.yml:9:22: error: an operator is missing before 'sel_b'; write 'and' or 'or' between them [sigma-condition]"
    ),
    ("(sel_a", "rule.yml:9:16: error: unbalanced parenthesis; add or remove one [sigma-condition]"),
    ("sel_a)", "rule.yml:9:21: error: unbalanced parenthesis; add or remove one [sigma-condition]"),
    (
      "2 of sel_*",
      "rule.yml:9:16: error: '2 of' quantifies nothing; write '1 of' or 'all of' and a name, a pattern or 'them' [sigma-condition]"
    ),
    (
      "all of",
      "rule.yml:9:16: error: 'all of' quantifies nothing; write '1 of' or 'all of' and a name, a pattern or 'them' [sigma-condition]"
    ),
    (
      "1 of nothing*",
      "rule.yml:9:21: error: 'nothing*' matches no search identifier; add one or correct the name [sigma-selection-missing]"
    ),
  ])
  func pointsAtTheFaultyToken(condition: String, expected: String) throws {
    let findings = try rule(condition).findings.map(\.description)
    #expect(findings.first { !$0.hasSuffix("[sigma-selection-unused]") } == expected)
  }

  @Test(arguments: [
    String(repeating: "not ", count: 100_000) + "sel_a",
    String(repeating: "(", count: 50_000) + "sel_a" + String(repeating: ")", count: 50_000),
  ])
  func refusesToGoTooDeep(condition: String) throws {
    let finding = try #require(try rule(condition).findings.first { $0.id == .sigmaCondition })
    #expect(finding.message == "the condition is nested more than 64 deep; simplify it")
  }

  @Test func boundsWhatPatternsUnfoldTo() throws {
    let many =
      (0..<200).map { "s\($0): {F: \($0)}" } + [
        "condition: \(Array(repeating: "1 of s*", count: 200).joined(separator: " or "))"
      ]
    let rule = try readRule("title: T\nlogsource: {product: x}\ndetection:\n" + many.map { "    \($0)\n" }.joined())
    #expect(rule.findings.map(\.id) == [.ruleTooLarge])
  }

  @Test func tellsWhatTheConditionDoesNotUse() throws {
    #expect(
      try rule("sel_a").findings.map(\.description).first
        == "rule.yml:5:5: warning: the condition doesn't use 'sel_b'; use it or remove it [sigma-selection-unused]")
  }

  @Test func countsTestsUnderAnOddNumberOfNot() throws {
    #expect(try rule("sel_a and not (sel_b or not filter_c)").testWords == ["A eq 1", "not B eq 2", "C eq 3"])
    #expect(try rule("sel_a and not sel_a").testWords.sorted() == ["A eq 1", "not A eq 1"])
  }

  @Test func knowsFiltersByNameAndByUse() throws {
    let roles = try rule("sel_a and not sel_b and not filter_c").stages.roles
    #expect(roles == [.condition, .selection, .filter, .filter])
  }

  /// What the condition says goes before the name.
  @Test(arguments: [
    ("filter_c", Stage.Role.selection), ("sel_a and filter_c", .selection), ("1 of filter_*", .selection),
    ("not filter_c", .filter), ("not (sel_a and not filter_c)", .selection),
    ("sel_a and (filter_c or not filter_c)", .selection),
  ])
  func takesNothingForAFilterThatIsLookedFor(condition: String, role: Stage.Role) throws {
    #expect(try rule(condition).stages.roles.last == role)
  }

  @Test func joinsMapsListsAndKeywords() throws {
    let rule = try readDetection(
      "maps:", "    - {A: 1, B: [2, 3]}", "    - C|all: [4, 5]", "    - word", "condition: maps")
    #expect(
      rule.stages.last?.predicate.words
        == "any(all(A eq 1, any(B eq 2, B eq 3)), all(C eq 4, C eq 5), - keyword word)")
  }

  @Test func letsTheLastOfARepeatedKeyHold() throws {
    let rule = try readDetection(
      "s1: {A: 1, B|contains: x, A: 2, B|contains: y}", "s2: {C: 1}", "s2: {D: 1}", "condition: s1 and s2")
    #expect(rule.testWords == ["A eq 2", "B contains y", "D eq 1"])
  }

  @Test func readsAnOldAggregation() throws {
    let rule = try rule("sel_a and sel_b | count(user) by src_ip, dst > 5")
    #expect(rule.match?.aggregation == "count(user) by src_ip, dst > 5")
    #expect(rule.groupBy == ["src_ip", "dst"])
  }

  /// What can't be parsed names what its words and patterns name; none of it is a filter but by its name, and nothing is unused.
  @Test(arguments: [
    ("(sel_a and sel_b", ["sel_a", "sel_b"]), ("sel_a and not 1 of filter_* or", ["sel_a", "filter_c"]),
    ("not sel_a and", ["sel_a"]), ("sel_a, sel_b", ["sel_a", "sel_b"]),
    ("1 of them and", ["sel_a", "sel_b", "filter_c", "keywords"]), ("()", []),
  ])
  func findsTheNamesOfABrokenCondition(condition: String, named: [String]) throws {
    let rule = try rule("'\(condition)'")
    #expect(rule.findings.map(\.id) == [.sigmaCondition])
    #expect(rule.stages.map(\.name) == ["condition"] + named)
    #expect(zip(rule.stages, rule.stages.roles).dropFirst().allSatisfy { ($1 == .filter) == ($0.name == "filter_c") })
  }

  /// One error each, at its place; nothing is unused where it can't be known what the condition means.
  @Test(arguments: [
    ("sel_a && sel_b", "9:23: error: '&&' isn't an operator of conditions; write 'and'"),
    ("sel_a || sel_b", "9:23: error: '||' isn't an operator of conditions; write 'or'"),
    ("sel_a and !sel_b", "9:27: error: '!sel_b' isn't an operator of conditions; write 'not'"),
    ("sel_a, sel_b", "9:22: error: ',' isn't an operator of conditions; write 'and' or 'or'"),
    (
      "1 sel_a",
      "9:17: error: '1 sel_a' quantifies nothing; write '1 of' or 'all of' and a name, a pattern or 'them'"
    ),
    (
      "sel_a|contains",
      "9:22: error: 'contains' after a pipe isn't an aggregation; conditions have no modifiers, so remove it"
    ),
    (
      "1ofsel_*",
      "9:17: error: the pattern '1ofsel_*' needs '1 of' or 'all of' before it; it matches no search identifier either, so correct it"
    ),
    ("sel_*", "9:17: error: the pattern 'sel_*' needs '1 of' or 'all of' before it; it is read as '1 of sel_*'"),
    ("  ", "9:17: error: the condition is empty; name the search identifiers that must match"),
  ])
  func reportsABrokenConditionOnce(condition: String, expected: String) throws {
    #expect(try rule("'\(condition)'").findings.map(\.description) == ["rule.yml:\(expected) [sigma-condition]"])
  }

  @Test(arguments: [
    ("", "the condition is empty; name the search identifiers that must match, such as 'selection'"),
    ("[]", "the condition is an empty list; name the search identifiers that must match, such as 'selection'"),
    ("{any: sel_a}", "a condition must be a text; name the search identifiers that must match, such as 'selection'"),
  ])
  func guessesNothingWithoutACondition(condition: String, expected: String) throws {
    let rule = try rule(condition)
    #expect(rule.findings.map(\.message) == [expected])
    #expect(rule.stages.map(\.predicate) == [.opaque("no condition")] && rule.testWords.isEmpty)
  }

  @Test func reportsAConditionBesideTheDetection() throws {
    let rule = try readRule("title: T\nlogsource: {product: x}\ndetection: {s: {A: 1}}\ncondition: s\n")
    #expect(
      rule.findings.map(\.description) == [
        "rule.yml:4:12: error: the condition is outside 'detection'; indent it, so that it belongs there [sigma-condition]"
      ])
  }

  /// Names are what stands between white space, parentheses and commas.
  @Test func readsNamesWithMarksInThem() throws {
    let rule = try readDetection(
      "a_c++: {A: 1}", "b.net: {B: 1}", "é: {C: 1}", "1: {D: 1}", "condition: (a_c++ or b.net or é) and not 1")
    #expect(rule.findings.isEmpty && rule.stages.map(\.name) == ["condition", "a_c++", "b.net", "é", "1"])
  }

  @Test func reportsANameThatNoConditionCanHave() throws {
    let rule = try readDetection("s: {A: 1}", "filter main: {B: 1}", "condition: s")
    #expect(
      rule.findings.map(\.description) == [
        "rule.yml:5:5: error: no condition can name 'filter main', as it has white space; rename it, with letters, digits, '_' and '-' only [sigma-detection]"
      ])
  }

  @Test func notesThatAllOfOneNameMeansNoMoreThanTheName() throws {
    #expect(try rule("all of keywords").findings.first { $0.severity == .note }?.id == .sigmaCondition)
    #expect(try rule("all of keywords*").findings.allSatisfy { $0.severity != .note })
  }

  @Test func showsAConditionThatItCannotParse() throws {
    let rule = try rule("sel_a where sel_b then alert")
    #expect(rule.stages.first?.predicate == .opaque("sel_a where sel_b then alert"))
    #expect(rule.stages.map(\.name) == ["condition", "sel_a", "sel_b"])
  }

  /// A condition over several lines is pointed into as one on a single line is.
  @Test(arguments: [
    ("|", "a and\n  missing", "rule.yml:7:7"), (">", "a and\n  missing", "rule.yml:7:7"),
    ("|-", "a and (\nb", "rule.yml:6:11"),
    ("|2", "  a or\n  missing", "rule.yml:7:7"), (">-", "a\n\nand", "rule.yml:8:5"),
    ("", "a and\n  missing", "rule.yml:7:7"),
  ])
  func pointsIntoABlock(header: String, condition: String, expected: String) throws {
    let lines = condition.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    " + $0 }
    let rule = try readRule(
      """
      title: T
      logsource: {product: windows}
      detection:
        a: {x: y}
        condition: \(header)
      \(lines.joined(separator: "\n"))
      """)
    #expect(rule.findings.map { "\($0.location)" } == [expected])
  }
}
