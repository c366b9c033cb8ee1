/// The size of a catalog in one state, for comparison with other states.
package struct CatalogTotals: Hashable, Sendable {
  package var rules: Int
  /// The rules that coverage counts; the following figures are for these.
  package var counted: Int
  /// Techniques and sub-techniques; a technique also counts through its sub-techniques.
  package var techniques: Int
  /// Of the techniques, those of which a rule runs, and those whose running rules are all partly blind; nil if the state
  /// doesn't tell what is collected.
  package var running, partlyBlind: Int?
  /// Reading everything from a provider (`*`) doesn't count as an event.
  package var events: Int

  package init(_ snapshot: CatalogSnapshot) {
    let counted = snapshot.entries.filter(\.isCounted)
    rules = snapshot.entries.count
    self.counted = counted.count
    let states = snapshot.countedRules.values.map { TechniqueState(of: $0.map(\.state)) }
    techniques = states.count
    if snapshot.collected != nil {
      running = states.count { $0 == .runs }
      partlyBlind = states.count { $0 == .partly }
    }
    events = Set(counted.lazy.flatMap(\.events).filter { !$0.isAny }).count
  }
}
