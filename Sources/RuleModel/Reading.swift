package import Diagnostics

/// What a reader found in one file.
package struct Reading: Sendable {
  package var content: FileContent
  package var rules: [Rule]
  /// Findings on the file itself; those on a rule stand with it, in ``Rule/findings``.
  package var diagnostics: [Diagnostic]

  package init(content: FileContent, rules: [Rule] = [], diagnostics: [Diagnostic] = []) {
    self.content = content
    self.rules = rules
    self.diagnostics = diagnostics
  }
}

/// What a file is. Each file that is met is exactly one of these.
package enum FileContent: Hashable, Sendable {
  /// It holds detection rules; filters may stand beside them.
  case rules
  /// It holds a correlation; the rules that it relates may stand beside it.
  case correlations
  /// It holds filters alone.
  case filters
  /// It holds no rule, and why.
  case notARule(reason: String)
  /// It could not be read or parsed; a diagnostic says why.
  case broken
}
