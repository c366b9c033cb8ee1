package import Diagnostics

/// Something that rules refer to by name without being a rule itself: a macro, a lookup, a data model, a pack.
package struct Companion: Hashable, Sendable {
  package struct Kind: Hashable, Sendable {
    package var dialect: Dialect
    /// In the singular, as messages name it: `macro`.
    package var name: String
    /// Whether a name belongs to one of them only, so that a second one is an error. A rule can be in several packs.
    package var hasUniqueNames: Bool

    package init(_ dialect: Dialect, _ name: String, hasUniqueNames: Bool = true) {
      self.dialect = dialect
      self.name = name
      self.hasUniqueNames = hasUniqueNames
    }
  }

  /// By what rules refer to it.
  package struct Name: Hashable, Sendable {
    package var kind: Kind
    package var text: String

    package init(_ kind: Kind, _ text: String) { (self.kind, self.text) = (kind, text) }
  }

  package var name: Name
  /// What it says, by the names that its dialect has for the parts: a macro's `definition` and `arguments`.
  package var values: [String: [String]]
  package var position: SourcePosition

  package init(_ kind: Kind, _ name: String, values: [String: [String]] = [:], at position: SourcePosition) {
    self.name = Name(kind, name)
    self.values = values
    self.position = position
  }

  /// The first value of a part.
  package func value(_ part: String) -> String? { values[part]?.first }
}
