package import RuleModel

/// Another rule whose tests are like a rule's own.
package struct Neighbour: Hashable, Sendable {
  /// How the other rule's tests relate to this rule's. Tests under an odd number of `not` never equal the others.
  package enum Relation: String, Hashable, Sendable, CaseIterable {
    /// The same tests in the same condition, on the same logs: see ``DuplicateForms``.
    case duplicate
    /// All of this rule's tests, and more.
    case stricter
    /// Some of this rule's tests, and no others.
    case broader
    /// Each has tests that the other lacks; or the same tests are put together in another way, or read other logs.
    case similar
  }

  package var rule: RuleID
  package var relation: Relation
  /// The weighted Jaccard index in hundredths: the weight of the tests that both have, by that of those that either has. 100
  /// where the tests are the same, and there only.
  package var score: Int
  /// How many tests both have; of rules on other logs without those that name the event.
  package var shared: Int
  /// Whether one event could match both: they have the same log source, or reach an event that is the same. Relations are of
  /// tests alone, and say little of rules that read other logs.
  package var sharesLogs: Bool

  /// So many are kept for a rule.
  package static let limit = 8
  /// The least score, in hundredths: rules that have less in common are no neighbours.
  package static let leastScore = 10
}
