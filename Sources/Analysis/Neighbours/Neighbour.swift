package import RuleModel

/// Another rule with tests similar to those of a given rule.
package struct Neighbour: Hashable, Sendable {
  /// How the other rule's tests relate to this rule's. Tests under an odd number of `not` never equal those that
  /// aren't.
  package enum Relation: String, Hashable, Sendable, CaseIterable {
    /// The same tests in the same condition, on the same logs: see ``DuplicateForms``.
    case duplicate
    /// All of this rule's tests, and more.
    case stricter
    /// Some of this rule's tests, and no others.
    case broader
    /// Each has tests that the other lacks; or they have the same tests, but combine them differently or read other
    /// logs.
    case similar
  }

  package var rule: RuleID
  package var relation: Relation
  /// The weighted Jaccard index in hundredths: the weight of the tests that both have, divided by the weight of those
  /// that either has. It is 100 only if the tests are the same.
  package var score: Int
  /// How many tests both have; for rules on different logs, without those that select the event.
  package var shared: Int
  /// Whether one event could match both: they share a log source, or an event that they read. The relation compares
  /// only tests, and says little about rules that read different logs.
  package var sharesLogs: Bool

  /// The maximum number of neighbours kept for a rule.
  package static let limit = 8
  /// The minimum score, in hundredths: rules that have less in common aren't neighbours.
  package static let leastScore = 10
}
