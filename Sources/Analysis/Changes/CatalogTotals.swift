/// How much a state of a catalog holds, to be set beside other states of it.
package struct CatalogTotals: Hashable, Sendable {
  package var rules: Int
  /// Those that coverage counts; the others of these figures are theirs.
  package var counted: Int
  /// Techniques and sub-techniques, a technique also by way of its sub-techniques.
  package var techniques: Int
  /// Reading whatever a provider writes (`*`) is of no event.
  package var events: Int

  package init(_ snapshot: CatalogSnapshot) {
    let counted = snapshot.entries.filter(\.isCounted)
    rules = snapshot.entries.count
    self.counted = counted.count
    techniques = Set(counted.flatMap { $0.techniques + $0.techniques.compactMap(\.parent) }).count
    events = Set(counted.lazy.flatMap(\.events).filter { !$0.isAny }).count
  }
}
