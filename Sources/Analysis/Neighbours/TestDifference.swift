/// How the tests of two rules differ.
package struct TestDifference: Sendable {
  /// A test, and whether the rule leaves out what it matches.
  package struct Item: Sendable {
    package var entry: IndicatorTable.Entry
    package var isExclusion: Bool
  }

  /// In the order of the tables: indicators, then exclusions.
  package var onlyLeft: [Item]
  package var onlyRight: [Item]
  /// How many both have.
  package var shared: Int

  /// - Parameters: two rules, by index.
  package init(of left: Int, and right: Int, indicators: IndicatorTable, exclusions: IndicatorTable) {
    (onlyLeft, onlyRight, shared) = ([], [], 0)
    for (table, isExclusion) in [(indicators, false), (exclusions, true)] {
      let inLeft = Set(table.entries[left].map(\.number))
      let inRight = Set(table.entries[right].map(\.number))
      func items(_ rule: Int, without others: Set<Int>) -> [Item] {
        table.entries[rule].filter { !others.contains($0.number) }.map { Item(entry: $0, isExclusion: isExclusion) }
      }
      onlyLeft += items(left, without: inRight)
      onlyRight += items(right, without: inLeft)
      shared += inLeft.intersection(inRight).count
    }
  }
}
