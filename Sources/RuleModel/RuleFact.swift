/// Something that a dialect says of a rule beside what all have, as the head of its page shows it.
package struct RuleFact: Hashable, Sendable {
  /// In sentence case: `Risk score`.
  package var name: String
  /// At least one; several are a list.
  package var values: [String]

  package init(_ name: String, _ values: [String]) {
    self.name = name
    self.values = values
  }
}
