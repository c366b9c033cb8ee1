package import RuleModel

/// A column of the matrix: what an adversary wants to achieve (`x-mitre-tactic`).
package struct Tactic: Hashable, Sendable {
  package let id: AttackObjectID
  package let name: String
  /// What tags say: `credential-access`.
  package let shortName: String
}
