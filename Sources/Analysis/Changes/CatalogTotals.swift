/// The size of a catalog in one state, for comparison with other states.
package struct CatalogTotals: Hashable, Sendable {
  package var rules: Int
  /// The rules that coverage counts; the following figures are for these.
  package var counted: Int
  /// Techniques and sub-techniques; a technique also counts through its sub-techniques.
  package var techniques: Int
  /// Reading everything from a provider (`*`) doesn't count as an event.
  package var events: Int

  package init(_ snapshot: CatalogSnapshot) {
    let counted = snapshot.entries.filter(\.isCounted)
    rules = snapshot.entries.count
    self.counted = counted.count
    techniques = Set(counted.flatMap { $0.techniques + $0.techniques.compactMap(\.parent) }).count
    events = Set(counted.lazy.flatMap(\.events).filter { !$0.isAny }).count
  }
}
