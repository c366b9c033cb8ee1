package import Diagnostics
import Text

/// A detection rule of any dialect. Passing it around costs one reference; data derived from it is kept elsewhere, by
/// the rule's index.
package final class Rule: Sendable {
  /// Unique within its catalog.
  package let key: RuleKey
  package let id: String?
  package let idPosition: SourcePosition?
  /// Sigma's `name`, by which correlations may refer to the rule.
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
  /// How to test it: attacks to play that it must detect.
  package let simulations: [Simulation]
  package let attackTags: [AttackTag]
  package let related: [RelatedRule]
  /// The logs that the rule reads, each once; none if it names none, several if it lists names.
  package let logSources: [LogSource]
  package let logSourcePosition: SourcePosition?
  package let body: Body
  /// Whether the rule is disabled in its engine.
  package let isDisabled: Bool
  /// Whether a match produces a signal for other rules instead of an alert.
  package let raisesSignal: Bool
  /// Properties specific to its dialect that have no member here, in display order.
  package let facts: [RuleFact]
  /// The condition first, then the stages that it uses; empty for a correlation.
  package let stages: [Stage]
  /// Whether the reader found nothing that the rule looks for, as when its detection is missing or empty. Such a rule
  /// can't match anything and isn't counted.
  package let lacksLogic: Bool
  /// Its team's notes, from a file next to it or from its own fields, in display order.
  package let notes: [Note]
  /// Files with a part of its logic, shown after its own: the Python beside a Panther rule.
  package let attachments: [SourceFile]
  /// What holds of the events that the rule's own tests say it matches; nil if it has none.
  package let sampleEvents: Predicate?
  /// See ``RuleDraft/queryLogSources``.
  package let queryLogSources: [LogSource]
  package let source: RuleSource
  /// The reader's findings on this rule.
  package let findings: [Diagnostic]

  /// - Parameter key: replaces the draft's key if other rules have the same one.
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
    simulations = draft.simulations
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
    attachments = draft.attachments
    sampleEvents = draft.sampleEvents
    queryLogSources = draft.queryLogSources
    source = draft.source
    findings = draft.findings
  }
}

extension Rule {
  /// The first log source, empty if the rule names none. Only rules with lists of names have more than one.
  package var logSource: LogSource { logSources.first ?? LogSource() }

  /// The products of its log sources, each once.
  package var products: [String] { logSources.compactMap(\.product).distinct() }
}

extension Rule {
  /// Visits each test that the condition uses, and passes whether it is under an odd number of `not`.
  package func forEachTest(_ body: (Test, _ negated: Bool) -> Void) { stages.forEachTest(body) }
}
