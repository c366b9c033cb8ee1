package import RuleModel

/// The other rules that share an operation with a rule, whatever their dialect.
package struct SameAction: Hashable, Sendable {
  /// How many are listed: with all of them, n rules on one operation would be n² links.
  package static let limit = 100

  /// By number of shared operations, then by how rare the indicators are that both look for, then by title; at most ``limit``.
  package var rules: [Int] = []
  /// How many there are in all.
  package var count = 0

  package var isCut: Bool { count > rules.count }
}

/// For each rule, the others that share an operation with it. Operations are the same when they are equal without case.
///
/// The time grows with the number of rules, not with the number of pairs: rules with the same operations share one ranking, and
/// only indicators that at most ``rareLimit`` rules look for move a rule within it.
///
/// - Parameter operations: of each rule, without repeats.
package func rulesOfSameAction(
  _ rules: [Rule], operations: [[Event]], indicators: IndicatorTable
) -> [SameAction] {
  var numbers: [Event: Int] = [:]
  let operations = operations.map { events in
    Set(events.map { numbers.number(of: Event(provider: $0.provider.lowercased(), name: $0.name.lowercased())) })
      .sorted()
  }
  let ranks = ranksByTitle(rules)
  var rulesByOperation = [[Int]](repeating: [], count: numbers.count)
  for rule in rules.indices.sorted(by: { ranks[$0] < ranks[$1] }) {
    for operation in operations[rule] { rulesByOperation[operation].append(rule) }
  }
  let rulesByIndicator = indicators.rulesByIndicator()
  var rankings: [[Int]: SameAction] = [:]
  return rules.indices.map { rule in
    let own = operations[rule]
    if own.isEmpty { return SameAction() }
    let ranking = rankings[own] ?? SameAction(ranking: own, rulesByOperation, operations, ranks)
    rankings[own] = ranking

    // The ranking leaves out rarity; whoever a rare indicator moves up is looked at beside those at its head.
    var rarity: [Int: Int] = [:]
    for number in indicators.entries[rule].lazy.map(\.number) {
      let count = indicators.ruleCounts[number]
      guard count <= rareLimit else { continue }
      // Whole numbers, so that the order is the same on every machine.
      for other in rulesByIndicator[number] { rarity[other, default: 0] += (1 << 20) / count }
    }
    let found = Set(ranking.rules).union(rarity.keys).subtracting([rule])
      .map { (rule: $0, shared: sharedCount(own, operations[$0]), rarity: rarity[$0] ?? 0) }
      .filter { $0.shared > 0 }
      .sorted { left, right in
        if left.shared != right.shared { return left.shared > right.shared }
        if left.rarity != right.rarity { return left.rarity > right.rarity }
        return ranks[left.rule] < ranks[right.rule]
      }
    return SameAction(rules: found.prefix(SameAction.limit).map(\.rule), count: ranking.count - 1)
  }
}

/// An indicator that more rules look for says nothing of what two of them have in common.
private let rareLimit = 1000

extension SameAction {
  /// All rules that share any of these operations, those with these operations among them: by number of shared operations, then
  /// by title. One more than ``limit``, since each rule leaves out itself.
  fileprivate init(
    ranking own: [Int], _ rulesByOperation: [[Int]], _ operations: [[Int]], _ ranks: [Int32]
  ) {
    // Whoever shares two operations is in another list than the longest one, of which the head is enough then.
    let lists = own.map { rulesByOperation[$0] }.sorted { $0.count > $1.count }
    let others = Set(lists.dropFirst().joined())
    let onlyLongest = lists[0].filter { !others.contains($0) }
    count = others.count + onlyLongest.count
    let candidates = Array(others) + onlyLongest.prefix(SameAction.limit + 1)
    rules = candidates.map { (rule: $0, shared: sharedCount(own, operations[$0])) }
      .sorted { left, right in
        left.shared == right.shared ? ranks[left.rule] < ranks[right.rule] : left.shared > right.shared
      }
      .prefix(SameAction.limit + 1).map(\.rule)
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
  /// The number of an event: the next one where it has none yet.
  fileprivate mutating func number(of event: Event) -> Int {
    if let number = self[event] { return number }
    self[event] = count
    return count - 1
  }
}
