import RuleModel
import TestSupport
import Testing

@testable import QueryLanguages

@Suite struct SigmaConditionTests {
  private func words(_ text: String) throws -> String {
    try SigmaCondition(text).predicate { part in
      switch part {
      case .name(let name, let offset): .opaque("\(name)@\(offset)")
      case .quantified(let quantifier, let pattern, let offset):
        .opaque("\(quantifier) of \(pattern ?? "them")@\(offset)")
      }
    }.words
  }

  // Sigma Specification 2.1.0, "Condition".
  @Test(arguments: [
    ("a", "'a@0'"), ("a or b and not c", "any('a@0', all('b@5', not('c@15')))"),
    ("1 of sel_* and ALL OF them", "all('any of sel_*@5', 'all of them@22')"),
    ("not (a or not b)", "not(any('a@5', not('b@14')))"), ("Any of THEM", "'any of them@7'"),
    ("1 and of", "all('1@0', 'of@6')"), ("1 of of", "'any of of@5'"), ("a\n\tor (b)", "any('a@0', 'b@7')"),
  ])
  func readsPartsWithTheirPlaces(text: String, expected: String) throws {
    #expect(try words(text) == expected)
  }

  @Test(
    arguments: [
      ("", .empty), ("a and", .missingOperand(after: "and", offset: 2)), ("()", .missingOperand(after: "(", offset: 0)),
      ("or a", .missingOperand(after: "or", offset: 0)), (")", .unbalancedParenthesis(offset: 0)),
      ("(a", .unbalancedParenthesis(offset: 0)), ("a )", .unbalancedParenthesis(offset: 2)),
      ("(a b)", .missingOperator(before: "b", offset: 3)), ("a not b", .missingOperator(before: "not", offset: 2)),
      ("b or 1 a", .badQuantifier("1 a", offset: 5)), ("(1 a)", .missingOperator(before: "a", offset: 3)),
      ("a and two of b", .badQuantifier("two of", offset: 6)), ("1 of and", .badQuantifier("1 of", offset: 0)),
      ("not all of (a)", .badQuantifier("all of", offset: 4)),
      ("1 of a of b", .missingOperator(before: "of", offset: 7)),
      ("1 of 1 of b", .badQuantifier("1 of", offset: 5)), ("(a) of b", .missingOperator(before: "of", offset: 4)),
      ("a and || b &&", .foreignOperator("||", instead: "'or'", offset: 6)),
      ("a and (b, c)", .foreignOperator(",", instead: "'and' or 'or'", offset: 8)),
      ("a b !c", .foreignOperator("!c", instead: "'not'", offset: 4)),
    ] as [(String, SigmaConditionError)])
  func saysWhatIsWrong(text: String, expected: SigmaConditionError) {
    #expect(throws: expected) { try SigmaCondition(text) }
  }

  @Test(arguments: [
    ("not ", "a"), ("(", "a"), ("a and (", "b"),
  ])
  func refusesToGoDeeperThan64Levels(piece: String, last: String) throws {
    func text(_ count: Int) -> String {
      String(repeating: piece, count: count) + last
        + (piece.contains("(") ? String(repeating: ")", count: count) : "")
    }
    #expect(throws: Never.self) { try SigmaCondition(text(64)) }
    let offset = 65 * piece.utf8.count - (piece == "not " ? 4 : 1)
    #expect(throws: SigmaConditionError.tooDeep(offset: offset)) { try SigmaCondition(text(65)) }
  }

  @Test func refusesMoreWordsThanItReads() {
    let error = #expect(throws: SigmaConditionError.self) {
      try SigmaCondition(String(repeating: "a or ", count: 250_001) + "a")
    }
    #expect(error?.message == "the condition has more than 500000 words; simplify it")
  }

  @Test(
    arguments: [
      ("a", nil), ("a | count(x) by y ,z > 5", SigmaAggregation(text: "count(x) by y ,z > 5", groupBy: ["y", "z"])),
      ("a |  ", nil),
      ("a|near b", SigmaAggregation(text: "near b", groupBy: [], near: (condition: " b", offset: 6))),
    ] as [(String, SigmaAggregation?)])
  func splitsOffAnAggregation(text: String, expected: SigmaAggregation?) throws {
    let (condition, aggregation) = try splitAggregation(text)
    #expect(condition == text.prefix { $0 != "|" })
    #expect(aggregation == expected)
  }
}
