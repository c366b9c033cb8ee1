package import Diagnostics

/// A detection rule of any dialect, as its reader assembles it.
package struct RuleDraft: Sendable {
  /// From the file's stem.
  package var key: RuleKey
  package var id: String?
  package var idPosition: SourcePosition?
  /// Sigma's `name`, by which correlations may refer to the rule.
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
  /// How to test it: attacks to play that it must detect.
  package var simulations: [Simulation] = []
  /// What ``add(_:)`` added, in lower case.
  private var knownTags: Set<String> = []
  package var related: [RelatedRule]
  /// The logs that the rule reads, each once; none if it names none, several if it lists names.
  package var logSources: [LogSource]
  package var logSourcePosition: SourcePosition?
  /// What the rule's query says that it reads, where its log sources are other names that it lists. It counts where none
  /// of these is known.
  package var queryLogSources: [LogSource]
  package var body: Rule.Body
  /// Whether the rule is disabled in its engine.
  package var isDisabled: Bool
  /// Whether a match produces a signal for other rules instead of an alert.
  package var raisesSignal: Bool
  /// Properties specific to its dialect that have no member here, in display order.
  package var facts: [RuleFact]
  /// The condition first, then the stages that it uses; empty for a correlation.
  package var stages: [Stage]
  /// Whether the reader found nothing that the rule looks for, as when its detection is missing or empty. Such a rule
  /// can't match anything and isn't counted.
  package var lacksLogic: Bool
  /// Its team's notes, from a file next to it or from its own fields, in display order.
  package var notes: [Note]
  /// Files with a part of its logic, shown after its own: the Python beside a Panther rule.
  package var attachments: [SourceFile]
  /// What holds of the events that the rule's own tests say it matches; nil if it has none.
  package var sampleEvents: Predicate?

  package var source: RuleSource
  /// The reader's findings on this rule.
  package var findings: [Diagnostic]

  package init(key: RuleKey, title: String, body: Rule.Body = .detection(.single), source: RuleSource) {
    self.key = key
    self.title = title
    self.body = body
    self.source = source
    (authors, references, falsePositives, tags) = ([], [], [], [])
    (attackTags, related, stages, notes, findings) = ([], [], [], [], [])
    (logSources, queryLogSources, facts, attachments) = ([], [], [], [])
    (lacksLogic, isDisabled, raisesSignal) = (false, false, false)
  }
}

extension RuleDraft {
  /// Adds a reference to ATT&CK, each once in any case.
  package mutating func add(_ tag: AttackTag) {
    if knownTags.insert(tag.written.lowercased()).inserted { attackTags.append(tag) }
  }

  /// The first log source, empty if the rule names none. Only rules with lists of names have more than one.
  package var logSource: LogSource {
    get { logSources.first ?? LogSource() }
    set { logSources = [newValue] }
  }
}
