/// A property of a rule that only its dialect has, as shown at the top of the rule's page.
package struct RuleFact: Hashable, Sendable {
  /// In sentence case: `Risk score`.
  package var name: String
  /// At least one; several are shown as a list.
  package var values: [String]

  package init(_ name: String, _ values: [String]) {
    self.name = name
    self.values = values
  }
}
