package import Analysis
package import RuleModel

/// Where the catalogue stands, as the site tells it: the review of its coverage and gaps, and what that is held against.
package struct SiteReview: Sendable {
  /// What is collected, and what rules see of it.
  package struct Collected: Sendable {
    /// The telemetry file's, as messages name it.
    package var name: String
    package var view: CollectedView
    package var visibility: VisibilityReview

    package init(name: String, view: CollectedView, visibility: VisibilityReview) {
      self.name = name
      self.view = view
      self.visibility = visibility
    }
  }

  /// Rules of others, in which candidates are looked for.
  package struct Baseline: Sendable {
    /// As the configuration gives it.
    package var paths: [String]
    package var rules: [Rule]

    package init(paths: [String], rules: [Rule]) { (self.paths, self.rules) = (paths, rules) }
  }

  /// A state of the catalogue that was kept.
  package struct Kept: Hashable, Sendable {
    /// The name that its file has: `2026-10-01`.
    package var name: String
    package var totals: CatalogTotals

    package init(name: String, totals: CatalogTotals) { (self.name, self.totals) = (name, totals) }
  }

  /// States that were kept, and what has changed since the last of them.
  package struct History: Sendable {
    /// The oldest first; at least one.
    package var kept: [Kept]
    package var now: CatalogTotals
    /// Since the last one.
    package var changes: CatalogChanges

    package init(kept: [Kept], now: CatalogTotals, changes: CatalogChanges) {
      (self.kept, self.now, self.changes) = (kept, now, changes)
    }
  }

  package var coverage: CoverageReview
  package var gaps: GapReview
  /// nil where it isn't told what is collected.
  package var collected: Collected?
  package var baseline: Baseline?
  package var history: History?

  package init(
    coverage: CoverageReview, gaps: GapReview, collected: Collected? = nil, baseline: Baseline? = nil,
    history: History? = nil
  ) {
    self.coverage = coverage
    self.gaps = gaps
    self.collected = collected
    self.baseline = baseline
    self.history = history
  }
}
