package import Analysis
package import Attack
package import Checks
package import Diagnostics
package import DialectReading
package import Events
package import RuleModel
package import Text

/// Everything that a site is made from. It never changes; it is a class so that the threads that make pages share it
/// without copies.
package final class SiteContent: Sendable {
  /// Which techniques get pages.
  package enum TechniquePages: String, CaseIterable, Sendable {
    case all
    /// Techniques with a rule or a note, and withdrawn ones that a rule names.
    case covered
  }

  /// Which groups and campaigns get pages, or which pieces of software.
  package enum ThreatPages: String, CaseIterable, Sendable {
    case all
    /// Those that a rule names.
    case covered
    case none
  }

  package let index: CatalogIndex
  /// The findings on its rules.
  package let findings: CatalogFindings
  /// The readers of the rules, which know how to show them.
  package let readers: DialectReaders
  package let attack: AttackMatrix
  package let events: EventMap
  package let fields: FieldMap
  /// ATT&CK's detection strategies, translated into the event map's events.
  package let strategies: StrategyEvents
  /// What is collected, and what rules see of it; nil if unknown.
  package let collected: SiteReview.Collected?
  /// What rules see of what is collected; nil if unknown.
  package var visibility: VisibilityReview? { collected?.visibility }
  /// The state of each rule; nil if it isn't known what is collected.
  var states: RuleColumn<RuleState>? { collected?.view.states }
  /// The parts of the catalog's coverage that only ``review`` needs.
  private let reviewed: OnDemand<SiteReview>
  package let tally: FileTally
  /// Findings on files.
  package let diagnostics: [Diagnostic]
  package let title: String
  /// What made the site: `ruledex 1.0.0`.
  package let generator: String
  /// Where the files of rules and notes can be viewed.
  package let repository: RepositoryPages?
  /// The site's public address: absolute, with a slash at its end.
  package let baseURL: String?
  package let techniquePages: TechniquePages
  /// Of groups and campaigns.
  package let groupPages: ThreatPages
  package let softwarePages: ThreatPages

  package init(
    index: CatalogIndex, findings: CatalogFindings, readers: DialectReaders, attack: AttackMatrix, events: EventMap,
    fields: FieldMap,
    strategies: StrategyEvents,
    collected: SiteReview.Collected?, review: OnDemand<SiteReview>, tally: FileTally, diagnostics: [Diagnostic],
    title: String, generator: String,
    repository: RepositoryPages? = nil,
    baseURL: String? = nil,
    techniquePages: TechniquePages = .all,
    groupPages: ThreatPages = .all, softwarePages: ThreatPages = .covered
  ) {
    self.index = index
    self.findings = findings
    self.readers = readers
    self.attack = attack
    self.events = events
    self.fields = fields
    self.strategies = strategies
    self.collected = collected
    reviewed = review
    self.tally = tally
    self.diagnostics = diagnostics
    self.title = title
    self.generator = generator
    self.repository = repository
    self.baseURL = baseURL
    self.techniquePages = techniquePages
    self.groupPages = groupPages
    self.softwarePages = softwarePages
  }

  /// The catalog's coverage, which pages of rules don't need.
  package var review: SiteReview { reviewed.value }
}
