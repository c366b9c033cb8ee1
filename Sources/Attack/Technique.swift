package import RuleModel

/// A technique or sub-technique, active or not (`attack-pattern`).
package struct Technique: Hashable, Sendable {
  package let id: TechniqueID
  package let name: String
  /// What it is, in the first sentence or two of MITRE's description; empty if it is inactive, or the data has none.
  package let summary: String
  package let status: AttackStatus<TechniqueID>
  /// In matrix order; at least one where the technique is active, none where it is not.
  package internal(set) var tactics: [AttackObjectID]
  /// Sorted: `Linux`, `Windows`, `macOS`; `PRE` is what happens before an intrusion.
  package let platforms: [String]

  package var isActive: Bool { status == .active }
}
