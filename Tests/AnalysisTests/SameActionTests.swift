import Analysis
import RuleModel
import TestSupport
import Testing

@Suite struct SameActionTests {
  private let start = Event(provider: "Okta-user", name: "user.session.start")
  private let end = Event(provider: "Okta-user", name: "user.session.end")
  private let login = Event(provider: "AWS-signin", name: "ConsoleLogin")

  /// The titles of the others, in the order shown.
  private func titles(_ rules: [Rule], _ operations: [[Event]], of rule: Int) -> [String] {
    rulesOfSameAction(rules, operations: operations, indicators: indicators(of: rules))[rule].rules
      .map { rules[$0].title }
  }

  @Test func takesTheOthersOfAnOperationWhateverTheirDialect() {
    let rules = [
      rule("a"), rule("b", dialect: .elastic), rule("c"), rule("d", dialect: .panther), rule("e"),
    ]
    let operations = [[start], [start, end], [login], [end], []]
    #expect(titles(rules, operations, of: 0) == ["b"])
    #expect(titles(rules, operations, of: 1) == ["a", "d"])
    #expect(titles(rules, operations, of: 2) == [])
    #expect(titles(rules, operations, of: 3) == ["b"])
    #expect(titles(rules, operations, of: 4) == [])
  }

  @Test func putsThoseWithMoreSharedOperationsFirst() {
    let rules = [rule("a", test("F", .eq, "x")), rule("b", test("F", .eq, "x")), rule("c"), rule("d")]
    // The shared indicator of b counts for less than the second operation of d and the third of c.
    let operations = [[login, end, start], [start], [login, end, start], [end, start]]
    #expect(titles(rules, operations, of: 0) == ["c", "d", "b"])
  }

  @Test func putsThoseWithRarerSharedIndicatorsFirst() {
    let rules = [
      rule("a", test("F", .eq, "x"), test("F", .eq, "y"), test("F", .eq, "z")),
      rule("b", test("F", .eq, "z"), test("F", .eq, "of its own")), rule("c", test("F", .eq, "y")),
      rule("d", test("F", .eq, "x")), rule("e", test("F", .eq, "y"), test("F", .eq, "z")), rule("f"),
      rule("g", test("F", .eq, "z")),
    ]
    let operations = Array(repeating: [start], count: 7)
    // x is in 2 rules, y in 3, z in 4: e has 1/3 + 1/4, d 1/2, c 1/3, b and g 1/4, f nothing.
    #expect(titles(rules, operations, of: 0) == ["e", "d", "c", "b", "g", "f"])
  }

  @Test func takesExclusionsForNoIndicators() {
    let rules = [
      rule("a", .not(test("F", .eq, "x"))), rule("b"), rule("c", .not(test("F", .eq, "x"))),
    ]
    #expect(titles(rules, Array(repeating: [start], count: 3), of: 0) == ["b", "c"])
  }

  @Test func ordersByTitleWithoutCaseThenByKey() {
    var rules = ["a", "b", "c", "d", "e"].map { rule($0) } + [rule("b", dialect: .elastic)]
    for (index, title) in ["own", "beta", "Alpha", "same", "Same", "same"].enumerated() {
      rules[index] = rules[index].with { $0.title = title }
    }
    let order = rulesOfSameAction(
      rules, operations: Array(repeating: [start], count: 6), indicators: indicators(of: rules))
    #expect(
      order[0].rules.map { rules[$0].key.description } == ["sigma/c", "sigma/b", "elastic/b", "sigma/d", "sigma/e"])
  }

  @Test func takesOperationsForTheSameWithoutCase() {
    let rules = [rule("a"), rule("b"), rule("c")]
    let operations = [[start], [Event(provider: "okta-USER", name: "User.Session.Start")], [login]]
    #expect(titles(rules, operations, of: 0) == ["b"])
  }

  @Test func listsAHundredAndCountsAll() throws {
    let rules = (0..<150).map { rule(padded($0)) }
    let all = rulesOfSameAction(
      rules, operations: Array(repeating: [start], count: 150), indicators: indicators(of: rules))
    #expect(all.allSatisfy { $0.count == 149 && $0.isCut })
    #expect(all[0].rules == ruleIDs(1..<101))
    #expect(all[100].rules == ruleIDs(0..<100))
    #expect(all[149].rules == ruleIDs(0..<100))
  }

  /// The longest list of an operation is only looked through down to a hundred.
  @Test func findsThoseFarDownAListThatShareMore() {
    // All of the first operation; every tenth of the second, too; the last of the third; two share a rare value.
    var rules = (0..<300).map { rule(padded($0)) }
    rules[7] = rule(padded(7), test("F", .eq, "x"))
    rules[290] = rule(padded(290), test("F", .eq, "x"))
    let operations = (0..<300).map { [start] + ($0 % 10 == 0 ? [end] : []) + ($0 == 299 ? [login] : []) }
    let all = rulesOfSameAction(rules, operations: operations, indicators: indicators(of: rules))
    let tens = stride(from: 0, to: 300, by: 10).map { RuleID($0) }
    #expect(all[0].rules.prefix(29) == tens.dropFirst())
    #expect(all[0].rules.count == 100 && all[0].count == 299)
    #expect(all[0].rules.dropFirst(29).first == 1)
    #expect(all[7].rules.first == 290)
    #expect(all[299].rules == ruleIDs(0..<100))
    #expect(all[290].rules.prefix(30) == tens.dropLast() + [7])
  }

  private func padded(_ number: Int) -> String { "r\(1000 + number)" }
}
