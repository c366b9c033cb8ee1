package import Diagnostics

/// A reference to ATT&CK in a rule, before it is looked up in a version of ATT&CK.
package struct AttackTag: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    case technique(TechniqueID)
    /// A tactic's short name: `credential-access`.
    case tacticName(String)
    /// A tactic or technique by its whole name, as ATT&CK writes it; a sub-technique's may follow its technique's:
    /// `Valid Accounts: Cloud Accounts`.
    case name(String)
    /// A tactic by its id, a group, software, and so on.
    case object(AttackObjectID)
  }

  package var target: Target
  /// The id or name as written in the rule, without the namespace.
  package var written: String
  package var span: SourceSpan

  package var position: SourcePosition { span.start }

  /// Names a tactic or technique by its whole name, for dialects in which names may be written instead of ids.
  package init(name: String, at span: SourceSpan) {
    target = .name(name)
    written = name
    self.span = span
  }

  /// Reads what follows `attack.` in a tag, in any case and with `_` or `-` between words.
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
