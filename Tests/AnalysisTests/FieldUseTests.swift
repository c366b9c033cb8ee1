import RuleModel
import TestSupport
import Testing

@testable import Analysis

@Suite struct FieldUseTests {
  @Test func gathersAFieldsValuesByHowManyRulesShareThem() throws {
    let rules = [
      rule("a", test("Exe", .eq, "x"), test("Image", .eq, "Y"), .not(test("Image", .eq, "n"))),
      rule("b", test("Image", .eq, "y"), test(nil, .keyword, "k")), rule("c", test("Image", .endsWith, "y")),
    ]
    let tables = [false, true].map { negated in
      IndicatorTable(of: RuleColumn(rules), negated: negated) { field, _ in field == "Exe" ? "Image" : nil }
    }
    let uses = fieldUses(indicators: tables[0], exclusions: tables[1])
    #expect(uses.map(\.name) == [nil, "Image"])
    let use = try #require(uses.last)
    #expect(use.otherNames == [FieldUse.OtherName(name: "Exe", rules: [0])])
    #expect(use.values.map { "\($0.test.kind) \($0.test.value) \($0.rules)" } == ["eq Y 2", "eq x 1", "endsWith y 1"])
    #expect(use.excludedValues.map { "\($0.test.value) \($0.rules)" } == ["n 1"])
    #expect(use.rules == [0, 1, 2] && use.excludingRules == [0])
    #expect(uses.first?.values.map(\.test.value) == ["k"])
  }

  @Test func countsAValueOnceThatOneRuleLooksForAndAnotherLeavesOut() throws {
    let rules = [
      rule(
        "a", test("F", .eq, "both"), test("F", .eq, "own"), test("F", .contains, "mine"),
        .not(test("F", .contains, "mine"))),
      rule("b", test("F", .eq, "shared"), .not(test("F", .eq, "BOTH")), .not(test("F", .eq, "left out"))),
      rule("c", test("F", .eq, "shared"), .not(test("F", .regex, "both"))),
    ]
    let uses = fieldUses(indicators: indicators(of: rules), exclusions: indicators(of: rules, negated: true))
    let totals = try #require(uses.first).totals
    // both, own, shared, left out; mine; the regular expression. Of one rule: own, left out, mine, the expression.
    #expect(totals == FieldUse.Totals(values: 6, ofOneRule: 4, kinds: [.eq: 4, .contains: 1, .regex: 1]))
  }

  @Test func tellsTheTestsThatTwoRulesDoNotShare() throws {
    let rules = [
      rule("a", test("F", .eq, "1"), test("F", .eq, "2"), .not(test("F", .eq, "3"))),
      rule("b", test("F", .eq, "1"), test("F", .eq, "3")),
    ]
    let difference = TestDifference(
      of: 0, and: 1, indicators: indicators(of: rules), exclusions: indicators(of: rules, negated: true))
    func words(_ items: [TestDifference.Item]) -> [String] {
      items.map { ($0.isExclusion ? "not " : "") + $0.entry.test.value }
    }
    #expect(words(difference.onlyLeft) == ["2", "not 3"])
    #expect(words(difference.onlyRight) == ["3"])
    #expect(difference.shared == 1)
  }

  @Test func pairsRulesThatAreNearlyTheSameOnceEach() throws {
    let many = (0..<9).map { test("F", .eq, "\($0)") }
    let retired = rule("d").with {
      $0.stages = [stage("condition", .any(many))]
      $0.status = .deprecated
    }
    var rules = [rule("a"), rule("b"), rule("c"), retired, rule("e", test("F", .eq, "0"))]
    rules[0] = rules[0].with { $0.stages = [stage("condition", .any(many))] }
    rules[1] = rules[1].with { $0.stages = [stage("condition", .any(many + [test("F", .eq, "more")]))] }
    rules[2] = rules[2].with { $0.stages = [stage("condition", .any(many.reversed()))] }
    let found = neighbours(of: rules, events: Array(repeating: [], count: rules.count))
    let pairs = likePairs(found, of: rules, leastScore: 50).map { pair in
      "\(rules[pair.left].key.slug) \(rules[pair.right.rule].key.slug) \(pair.right.relation)"
    }
    #expect(pairs == ["a c duplicate", "a b stricter", "b c broader"])
  }
}
