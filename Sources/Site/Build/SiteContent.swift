package import Analysis
package import Attack
package import Diagnostics
package import Events
package import RuleModel

/// All that a site is made from.
package struct SiteContent: Sendable {
  package var index: CatalogIndex
  package var attack: AttackMatrix
  package var events: EventMap
  package var tally: FileTally
  /// Findings on files; those on rules stand in the index.
  package var diagnostics: [Diagnostic]
  package var title: String
  /// What made the site: `ruledex 1.0.0`.
  package var generator: String
  /// Where a rule's file can be seen; `{path}` stands for its source.
  package var repository: String?

  package init(
    index: CatalogIndex, attack: AttackMatrix, events: EventMap, tally: FileTally, diagnostics: [Diagnostic], title: String,
    generator: String, repository: String? = nil
  ) {
    self.index = index
    self.attack = attack
    self.events = events
    self.tally = tally
    self.diagnostics = diagnostics
    self.title = title
    self.generator = generator
    self.repository = repository
  }
}
