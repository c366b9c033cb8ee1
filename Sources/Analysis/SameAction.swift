package import RuleModel

/// For each rule, the others that share an operation with it, whatever the dialect: by number of shared operations, then by how
/// rare the indicators are that both look for, then by title.
///
/// - Parameter operations: of each rule, without repeats.
package func rulesOfSameAction(
  _ rules: [Rule], operations: [[Event]], indicators: IndicatorTable
) -> [[Int]] {
  var rulesByOperation: [Event: [Int]] = [:]
  for (index, events) in operations.enumerated() {
    for event in events { rulesByOperation[event, default: []].append(index) }
  }
  let numbers = indicators.entries.map { Set($0.map(\.number)) }
  let titles = rules.indices.map { Array(rules[$0].title.lowercased().utf8) }
  return rules.indices.map { index in
    if operations[index].isEmpty { return [] }
    var shared: [Int: Int] = [:]
    for event in operations[index] {
      for other in rulesByOperation[event] ?? [] where other != index { shared[other, default: 0] += 1 }
    }
    return shared.map { other, count in
      (other, count, rarity: rarity(of: numbers[index].intersection(numbers[other]), in: indicators))
    }
    .sorted { left, right in
      if left.1 != right.1 { return left.1 > right.1 }
      if left.rarity != right.rarity { return left.rarity > right.rarity }
      if titles[left.0] != titles[right.0] { return titles[left.0].lexicographicallyPrecedes(titles[right.0]) }
      return rules[left.0].key < rules[right.0].key
    }
    .map(\.0)
  }
}

/// The rarer each shared indicator is, the more it says; whole numbers, so that the order is the same on every machine.
private func rarity(of numbers: Set<Int>, in indicators: IndicatorTable) -> Int {
  numbers.reduce(0) { $0 + (1 << 20) / max(1, indicators.ruleCounts[$1]) }
}
