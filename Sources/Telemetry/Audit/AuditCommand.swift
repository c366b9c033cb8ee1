import Diagnostics

/// What a line of audit rules makes auditctl do.
enum AuditCommand {
  case add(AuditRule, isFirst: Bool)
  case delete(AuditRule)
  /// Deletes all rules, or those with a key.
  case clear(key: String?, at: SourceLocation)
  /// Turns auditing off (0), on (1), or on with the configuration locked (2).
  case enable(Int, at: SourceLocation)
  /// Continue after lines that auditctl rejects (`-c`, `-i`).
  case goOn
  /// An option that doesn't affect what is recorded.
  case other

  /// Its location; nil if it changes no rule.
  var location: SourceLocation? {
    switch self {
    case .add(let rule, _), .delete(let rule): rule.location
    case .clear(_, let location), .enable(_, let location): location
    case .goOn, .other: nil
    }
  }
}
