import Diagnostics

/// What a line of audit rules has auditctl do.
enum AuditCommand {
  case add(AuditRule, isFirst: Bool)
  case delete(AuditRule)
  /// Deletes all rules, or those with a key.
  case clear(key: String?, at: SourceLocation)
  /// Turns auditing off (0) or on (1), or on for good (2).
  case enable(Int, at: SourceLocation)
  /// Goes on behind lines that are refused (`-c`, `-i`).
  case goOn
  /// What changes nothing of what is recorded.
  case other

  /// Where it is; nil for what changes no rule.
  var location: SourceLocation? {
    switch self {
    case .add(let rule, _), .delete(let rule): rule.location
    case .clear(_, let location), .enable(_, let location): location
    case .goOn, .other: nil
    }
  }
}
