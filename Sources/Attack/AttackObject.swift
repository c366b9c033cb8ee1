package import RuleModel

/// Who or what uses techniques: a group, a campaign or software, as its id tells
/// (`intrusion-set`, `campaign`, `malware` and `tool`).
package struct AttackObject: Hashable, Sendable {
  package let id: AttackObjectID
  package let name: String
  /// What it is, in the first sentence or two of MITRE's description; empty if it is inactive, or the data has none.
  package let summary: String
  /// Other names that it goes by, as ATT&CK lists them (`aliases`, of software `x_mitre_aliases`).
  package let aliases: [String]
  package let status: AttackStatus<AttackObjectID>
  /// Used by the object itself, not by way of its software; sorted, active ones only. So are the others.
  package let techniques: [TechniqueID]
  package let software: [AttackObjectID]
  /// The groups that a campaign is attributed to.
  package let groups: [AttackObjectID]

  package var isActive: Bool { status == .active }
}
