import Diagnostics

/// Checks to write findings with; modules above declare their own.
extension CheckID {
  static let fileUnreadable = CheckID("file-unreadable", .error, "")
  static let yamlSyntax = CheckID("yaml-syntax", .error, "")
  static let ruleLevel = CheckID("rule-level", .warning, "")
  static let ruleTitle = CheckID("rule-title", .warning, "")
}
