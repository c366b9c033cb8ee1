import RuleModel

/// Finds the rules that share an operation with a given rule, whatever their dialect: by number of shared operations,
/// then by how rare the indicators are that both look for, then by title. Operations are compared case-insensitively.
///
/// The time grows with the number of rules, not with the number of pairs: rules with the same operations share one
/// ranking, and only indicators that at most ``rareLimit`` rules look for move a rule within it.
struct SameActionSearch: Sendable {
  /// The numbers of each rule's operations, ascending.
  private let operations: RuleColumn<[Int]>
  private let indicators: IndicatorTable
  private let rulesByIndicator: IndicatorColumn<[RuleID]>
  private let ranks: RuleColumn<Int32>
  /// For each operation, its rules, sorted by rank.
  private let rulesByOperation: [[RuleID]]
  /// By the numbers of operations.
  private var rankings: [[Int]: ListedRules] = [:]

  /// - Parameters:
  ///   - operations: the operations of each rule, unique.
  ///   - ranks: each rule's rank by title.
  init(operations: RuleColumn<[Event]>, indicators: IndicatorTable, ranks: RuleColumn<Int32>) {
    var numbers: [Event: Int] = [:]
    let operations = operations.mapValues { events in
      Set(events.map { numbers.number(of: Event(provider: $0.provider.lowercased(), name: $0.name.lowercased())) })
        .sorted()
    }
    var rulesByOperation = [[RuleID]](repeating: [], count: numbers.count)
    for rule in operations.indices.filter({ !operations[$0].isEmpty }).sorted(by: { ranks[$0] < ranks[$1] }) {
      for operation in operations[rule] { rulesByOperation[operation].append(rule) }
    }
    (self.operations, self.indicators, self.ranks) = (operations, indicators, ranks)
    self.rulesByOperation = rulesByOperation
    rulesByIndicator = indicators.rulesByIndicator()
  }

  mutating func others(than rule: RuleID) -> ListedRules {
    // An operation that only one rule has doesn't relate it to any other.
    let own = operations[rule].filter { rulesByOperation[$0].count > 1 }
    if own.isEmpty { return ListedRules() }
    let ranking = rankings[own] ?? ListedRules(ranking: own, rulesByOperation, operations, ranks)
    rankings[own] = ranking

    // The ranking ignores rarity, so rules that a rare indicator moves up are considered as well as those at its top.
    var rarity: [RuleID: Int] = [:]
    for id in indicators.ids(of: rule) {
      let count = indicators.ruleCounts[id]
      guard count <= rareLimit else { continue }
      // Integers, so that the order is the same on every machine.
      for other in rulesByIndicator[id] { rarity[other, default: 0] += (1 << 20) / count }
    }
    let found = Set(ranking.rules).union(rarity.keys).subtracting([rule])
      .map { (rule: $0, shared: sharedCount(own, operations[$0]), rarity: rarity[$0] ?? 0) }
      .filter { $0.shared > 0 }
      .sorted { left, right in
        if left.shared != right.shared { return left.shared > right.shared }
        if left.rarity != right.rarity { return left.rarity > right.rarity }
        return ranks[left.rule] < ranks[right.rule]
      }
    return ListedRules(found.prefix(ListedRules.limit).map(\.rule), count: ranking.count - 1)
  }
}

/// Indicators that more rules look for say nothing about what two of them have in common.
private let rareLimit = 1000

extension ListedRules {
  /// All rules that share any of these operations, including those that have exactly these: by number of shared
  /// operations, then by title. It has one more than ``limit``, since each rule leaves itself out.
  fileprivate init(
    ranking own: [Int], _ rulesByOperation: [[RuleID]], _ operations: RuleColumn<[Int]>, _ ranks: RuleColumn<Int32>
  ) {
    // A rule that shares several operations is also in a list other than the longest, so the start of the longest list
    // is enough.
    let order = own.sorted { rulesByOperation[$0].count > rulesByOperation[$1].count }
    let longest = rulesByOperation[order[0]]
    let others = Set(order.dropFirst().lazy.flatMap { rulesByOperation[$0] })
    count = longest.count + others.count { !operations[$0].contains(order[0]) }
    let candidates = Array(others) + longest.lazy.filter { !others.contains($0) }.prefix(ListedRules.limit + 1)
    rules = candidates.map { (rule: $0, shared: sharedCount(own, operations[$0])) }
      .sorted { left, right in
        left.shared == right.shared ? ranks[left.rule] < ranks[right.rule] : left.shared > right.shared
      }
      .prefix(ListedRules.limit + 1).map(\.rule)
  }
}

/// How many numbers two ascending lists have in common.
private func sharedCount(_ left: [Int], _ right: [Int]) -> Int {
  var (count, i, j) = (0, 0, 0)
  while i < left.count, j < right.count {
    if left[i] == right[j] { count += 1 }
    (i, j) = (left[i] <= right[j] ? i + 1 : i, right[j] <= left[i] ? j + 1 : j)
  }
  return count
}

extension [Event: Int] {
  /// The number of an event; a new event gets the next number.
  fileprivate mutating func number(of event: Event) -> Int {
    if let number = self[event] { return number }
    self[event] = count
    return count - 1
  }
}
