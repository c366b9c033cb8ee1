/// The names in a pipeline whose values its commands have worked out, so that no event has them: results of an aggregation, or of an
/// expression that is more than one field.
///
/// A value that a name of these is compared with is a threshold unless it is a text; see ``ExpressionLowering``.
package struct ComputedNames: Hashable, Sendable {
  private var names: Set<String> = []

  package init() {}

  package func contains(_ name: String) -> Bool { names.contains(name) }

  /// A name is given a value, instead of the one that it may have had.
  package mutating func define(_ name: String, isComputed: Bool) {
    if isComputed { names.insert(name) } else { names.remove(name) }
  }

  package mutating func rename(_ old: String, to new: String) {
    define(new, isComputed: names.remove(old) != nil)
  }

  /// Adds those of another table or branch.
  package mutating func merge(_ other: ComputedNames) { names.formUnion(other.names) }
}
