package import Diagnostics

/// What a rule says of ATT&CK, before it is looked up in a version of it.
package struct AttackTag: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    case technique(TechniqueID)
    /// A tactic's short name: `credential-access`.
    case tacticName(String)
    /// A tactic by its id, a group, software …
    case object(AttackObjectID)
  }

  package var target: Target
  /// The id or name as the rule has it, without the namespace.
  package var written: String
  package var span: SourceSpan

  package var position: SourcePosition { span.start }

  /// Reads what follows `attack.` in a tag: in any case, with `_` for `-`.
  package init(_ written: String, at span: SourceSpan) {
    self.written = written
    self.span = span
    if let id = TechniqueID(written) {
      target = .technique(id)
    } else if let id = AttackObjectID(written) {
      target = .object(id)
    } else {
      target = .tacticName(
        written.lowercased().split(separator: "_", omittingEmptySubsequences: false).joined(separator: "-"))
    }
  }
}
