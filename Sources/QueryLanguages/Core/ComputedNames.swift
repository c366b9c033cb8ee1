/// The names in a pipeline whose values its commands have computed, so that no event has them: results of an
/// aggregation, or of an expression that is more than a single field.
///
/// A value compared with one of these names is a threshold unless it is a string; see ``ExpressionLowering``.
package struct ComputedNames: Hashable, Sendable {
  private var names: Set<String> = []
  /// Names that are known to be fields.
  private var fields: Set<String> = []
  /// Whether all names are computed that aren't known to be fields.
  private var areOthersComputed = false

  package init() {}

  package func contains(_ name: String) -> Bool {
    names.contains(name) || areOthersComputed && !fields.contains(name)
  }

  /// Whether something assigned the name a value.
  package func isDefined(_ name: String) -> Bool { contains(name) || fields.contains(name) }

  /// Assigns a name a value, replacing any earlier one.
  package mutating func define(_ name: String, isComputed: Bool) {
    if isComputed {
      names.insert(name)
      fields.remove(name)
    } else {
      names.remove(name)
      fields.insert(name)
    }
  }

  package mutating func rename(_ old: String, to new: String) {
    define(new, isComputed: contains(old))
    names.remove(old)
    fields.remove(old)
  }

  /// Renames all names at once.
  ///
  /// - Parameter new: a name's new name; nil where it stays.
  package mutating func rename(_ new: (String) -> String?) {
    names = Set(names.map { new($0) ?? $0 })
    // A field that gets the name of another one takes its place.
    let renamed = fields.compactMap(new)
    names.subtract(renamed)
    fields = Set(fields.map { new($0) ?? $0 })
  }

  /// Makes all names computed that aren't known to be fields: `values(*) AS *`.
  package mutating func defineOthers() { areOthersComputed = true }

  /// Adds the names of another table or branch.
  package mutating func merge(_ other: ComputedNames) {
    names.formUnion(other.names)
    fields.formUnion(other.fields)
    areOthersComputed = areOthersComputed || other.areOthersComputed
  }
}
