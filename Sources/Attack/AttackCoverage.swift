package import Diagnostics
package import RuleModel

/// What a rule covers of a version of ATT&CK, by its tags.
package struct AttackCoverage: Hashable, Sendable {
  /// A revoked id that the rule names, and the active one that counts for it.
  package struct Replacement: Hashable, Sendable {
    package var written: String
    package var active: String
  }

  /// A tactic and what the rule covers of it.
  package struct Row: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
      package var technique: TechniqueID
      /// The revoked ids by which the rule names it, beside or instead of its own; sorted.
      package var revoked: [TechniqueID]
    }

    package var tactic: AttackObjectID
    /// Sorted; none where the rule names the tactic and no technique of it.
    package var techniques: [Entry]
  }

  /// Those that tags name, by name or id, in matrix order.
  package var tactics: [AttackObjectID] = []
  /// Active techniques and sub-techniques, sorted; so are the groups, campaigns and software.
  package var techniques: [TechniqueID] = []
  package var groups: [AttackObjectID] = []
  package var campaigns: [AttackObjectID] = []
  package var software: [AttackObjectID] = []
  /// By written id, each once.
  package var revoked: [Replacement] = []
  /// Ids without a replacement, sorted.
  package var deprecated: [String] = []
  /// Ids in capitals and names as written, sorted.
  package var unknown: [String] = []
  /// In matrix order: the table Tactic | Techniques.
  package var rows: [Row] = []
  /// One for each tag that is not active, in the order of places.
  package var findings: [Diagnostic] = []
}
