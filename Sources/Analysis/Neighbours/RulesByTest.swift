/// Which of some rules have each test.
struct RulesByTest {
  /// Ascending for each test: those of test t stand at `starts[t]..<starts[t + 1]`.
  private let rules: [Int32]
  private let starts: [Int]

  /// - Parameter isMeant: whether a rule is one of those.
  init(_ tests: WeightedTests, where isMeant: [Bool]) {
    var counts = [Int](repeating: 0, count: tests.weights.count)
    for (rule, own) in tests.ofRule.enumerated() where isMeant[rule] {
      for test in own { counts[Int(test)] += 1 }
    }
    var starts = [0]
    for count in counts { starts.append((starts.last ?? 0) + count) }
    var rules = [Int32](repeating: 0, count: starts.last ?? 0)
    var next = starts
    for (rule, own) in tests.ofRule.enumerated() where isMeant[rule] {
      for test in own {
        rules[next[Int(test)]] = Int32(rule)
        next[Int(test)] += 1
      }
    }
    (self.rules, self.starts) = (rules, starts)
  }

  subscript(test: Int32) -> ArraySlice<Int32> { rules[starts[Int(test)]..<starts[Int(test) + 1]] }
}
