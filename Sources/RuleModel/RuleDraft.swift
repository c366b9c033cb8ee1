package import Diagnostics

/// A detection rule of any dialect as its reader puts it together, member by member.
package struct RuleDraft: Sendable {
  /// From the file's stem.
  package var key: RuleKey
  package var id: String?
  package var idPosition: SourcePosition?
  /// Sigma's `name`: what correlations may call the rule by.
  package var name: String?
  package var title: String
  package var description: String?
  package var status: Status?
  package var level: Level?
  package var authors: [String]
  package var date: CalendarDate?
  package var modified: CalendarDate?
  package var references: [String]
  package var falsePositives: [String]
  /// As written, with their namespaces.
  package var tags: [String]
  package var attackTags: [AttackTag]
  package var related: [RelatedRule]
  /// The logs that the rule reads, each once; none where it names none, and several where it lists names.
  package var logSources: [LogSource]
  package var logSourcePosition: SourcePosition?
  package var body: Rule.Body
  /// Whether its engine has it switched off.
  package var isDisabled: Bool
  /// Whether a match raises a signal for other rules instead of an alert.
  package var raisesSignal: Bool
  /// What its dialect says of it that has no member of its own, in the order shown.
  package var facts: [RuleFact]
  /// The condition first, then what it uses; empty for a correlation.
  package var stages: [Stage]
  /// Whether its reader found nothing that it looks for, as in a rule whose detection is missing or empty: it finds nothing, and so isn't
  /// counted.
  package var lacksLogic: Bool
  /// What its team says of it, beside its file or in fields of its own, in the order shown.
  package var notes: [Note]

  package var source: RuleSource
  /// What the reader noticed of this rule.
  package var findings: [Diagnostic]

  package init(key: RuleKey, title: String, body: Rule.Body = .detection(.single), source: RuleSource) {
    self.key = key
    self.title = title
    self.body = body
    self.source = source
    (authors, references, falsePositives, tags) = ([], [], [], [])
    (attackTags, related, stages, notes, findings) = ([], [], [], [], [])
    (logSources, facts) = ([], [])
    (lacksLogic, isDisabled, raisesSignal) = (false, false, false)
  }
}

extension RuleDraft {
  /// The first of its log sources, empty where it names none; a rule without a list of names has no other.
  package var logSource: LogSource {
    get { logSources.first ?? LogSource() }
    set { logSources = [newValue] }
  }
}
