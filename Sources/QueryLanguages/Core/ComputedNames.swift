/// The names in a pipeline whose values its commands have computed, so that no event has them: results of an
/// aggregation, or of an expression that is more than a single field.
///
/// A value compared with one of these names is a threshold unless it is a string; see ``ExpressionLowering``.
package struct ComputedNames: Hashable, Sendable {
  private var names: Set<String> = []

  package init() {}

  package func contains(_ name: String) -> Bool { names.contains(name) }

  /// Assigns a name a value, replacing any earlier one.
  package mutating func define(_ name: String, isComputed: Bool) {
    if isComputed { names.insert(name) } else { names.remove(name) }
  }

  package mutating func rename(_ old: String, to new: String) {
    define(new, isComputed: names.remove(old) != nil)
  }

  /// Adds the names of another table or branch.
  package mutating func merge(_ other: ComputedNames) { names.formUnion(other.names) }
}
