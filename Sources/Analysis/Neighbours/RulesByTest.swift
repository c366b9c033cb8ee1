import RuleModel

/// Which of some rules have each test.
struct RulesByTest {
  /// Ascending for each test: the rules with test t are at `starts[t]..<starts[t + 1]`.
  private let rules: [RuleID]
  private let starts: Column<TestID, Int>

  /// - Parameter isMeant: whether to include a rule.
  init(_ tests: WeightedTests, where isMeant: RuleColumn<Bool>) {
    var counts = Column<TestID, Int>(repeating: 0, count: tests.weights.count)
    for (rule, own) in tests.ofRule.pairs where isMeant[rule] {
      for test in own { counts[test] += 1 }
    }
    var starts = Column<TestID, Int>([0])
    for count in counts { starts.append((starts.last ?? 0) + count) }
    var rules = [RuleID](repeating: RuleID(0), count: starts.last ?? 0)
    var next = starts
    for (rule, own) in tests.ofRule.pairs where isMeant[rule] {
      for test in own {
        rules[next[test]] = rule
        next[test] += 1
      }
    }
    (self.rules, self.starts) = (rules, starts)
  }

  subscript(test: TestID) -> ArraySlice<RuleID> { rules[starts[test]..<starts[test.advanced(by: 1)]] }
}
