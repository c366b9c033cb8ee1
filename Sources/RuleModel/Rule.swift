package import Diagnostics

/// A detection rule of any dialect. Passing it on costs one reference; what is worked out later of it is elsewhere, by its index.
package final class Rule: Sendable {
  /// Unique in its catalog.
  package let key: RuleKey
  package let id: String?
  package let idPosition: SourcePosition?
  /// Sigma's `name`: what correlations may call the rule by.
  package let name: String?
  package let title: String
  package let description: String?
  package let status: Status?
  package let level: Level?
  package let authors: [String]
  package let date: CalendarDate?
  package let modified: CalendarDate?
  package let references: [String]
  package let falsePositives: [String]
  /// As written, with their namespaces.
  package let tags: [String]
  package let attackTags: [AttackTag]
  package let related: [RelatedRule]
  /// The logs that the rule reads, each once; none where it names none, and several where it lists names.
  package let logSources: [LogSource]
  package let logSourcePosition: SourcePosition?
  package let body: Body
  /// Whether its engine has it switched off.
  package let isDisabled: Bool
  /// Whether a match raises a signal for other rules instead of an alert.
  package let raisesSignal: Bool
  /// What its dialect says of it that has no member of its own, in the order shown.
  package let facts: [RuleFact]
  /// The condition first, then what it uses; empty for a correlation.
  package let stages: [Stage]
  /// Whether its reader found nothing that it looks for, as in a rule whose detection is missing or empty: it finds nothing, and so isn't
  /// counted.
  package let lacksLogic: Bool
  /// What its team says of it, beside its file or in fields of its own, in the order shown.
  package let notes: [Note]
  package let source: RuleSource
  /// What the reader noticed of this rule.
  package let findings: [Diagnostic]

  /// - Parameter key: where other rules share the draft's.
  package init(_ draft: RuleDraft, key: RuleKey? = nil) {
    self.key = key ?? draft.key
    id = draft.id
    idPosition = draft.idPosition
    name = draft.name
    title = draft.title
    description = draft.description
    status = draft.status
    level = draft.level
    authors = draft.authors
    date = draft.date
    modified = draft.modified
    references = draft.references
    falsePositives = draft.falsePositives
    tags = draft.tags
    attackTags = draft.attackTags
    related = draft.related
    logSources = draft.logSources
    logSourcePosition = draft.logSourcePosition
    body = draft.body
    isDisabled = draft.isDisabled
    raisesSignal = draft.raisesSignal
    facts = draft.facts
    stages = draft.stages
    lacksLogic = draft.lacksLogic
    notes = draft.notes
    source = draft.source
    findings = draft.findings
  }
}

extension Rule {
  /// The first of its log sources, empty where it names none; a rule without a list of names has no other.
  package var logSource: LogSource { logSources.first ?? LogSource() }

  /// The products of its log sources, each once.
  package var products: [String] {
    var seen: Set<String> = []
    return logSources.compactMap(\.product).filter { seen.insert($0).inserted }
  }
}

extension Rule {
  /// Visits each test that the condition uses, with whether it is under an odd number of `not`.
  package func forEachTest(_ body: (Test, _ negated: Bool) -> Void) { stages.forEachTest(body) }
}
