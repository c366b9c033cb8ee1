package import RuleModel

/// The difference between the tests of two rules.
package struct TestDifference: Sendable {
  /// A test, and whether the rule uses it to exclude events.
  package struct Item: Sendable {
    package var entry: IndicatorTable.Entry
    package var isExclusion: Bool
  }

  /// In the order of the tables: indicators, then exclusions.
  package var onlyLeft: [Item]
  package var onlyRight: [Item]
  /// How many tests both have.
  package var shared: Int

  package init(of left: RuleID, and right: RuleID, indicators: IndicatorTable, exclusions: IndicatorTable) {
    (onlyLeft, onlyRight, shared) = ([], [], 0)
    for (table, isExclusion) in [(indicators, false), (exclusions, true)] {
      let inLeft = Set(table.entries[left].map(\.id))
      let inRight = Set(table.entries[right].map(\.id))
      func items(_ rule: RuleID, without others: Set<IndicatorID>) -> [Item] {
        // A test under two names of its field is one.
        var seen = others
        return table.entries[rule].filter { seen.insert($0.id).inserted }.map {
          Item(entry: $0, isExclusion: isExclusion)
        }
      }
      onlyLeft += items(left, without: inRight)
      onlyRight += items(right, without: inLeft)
      shared += inLeft.intersection(inRight).count
    }
  }
}
