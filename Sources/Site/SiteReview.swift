package import Analysis
package import RuleModel

/// Where the catalogue stands, as the site tells it: the review of its coverage and gaps, and what that is held against.
package struct SiteReview: Sendable {
  /// What is collected, and what rules see of it.
  package struct Collected: Sendable {
    /// The telemetry file's.
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
    /// Of its folders, each path's last part.
    package var names: [String]
    package var rules: RuleColumn<Rule>

    package init(names: [String], rules: RuleColumn<Rule>) { (self.names, self.rules) = (names, rules) }
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

extension SiteReview {
  /// Whether each event that rules read, or ATT&CK names, is collected; empty where it isn't told. Pages ask for one again and again,
  /// and to ask the telemetry is dear.
  func collectedEvents(shownIn index: CatalogIndex) -> [Event: CollectedShare] {
    guard let collected else { return [:] }
    var result: [Event: CollectedShare] = [:]
    func add(_ event: Event) {
      if result[event] == nil { result[event] = collected.view.share(of: event) }
    }
    for row in coverage.techniques { for event in row.events { add(event.event) } }
    for resolution in index.events { for mapped in resolution.events { add(mapped.event) } }
    return result
  }

  /// How each technique stands with what is collected; empty where it isn't told.
  var statesByTechnique: [TechniqueID: TechniqueState] {
    guard collected != nil else { return [:] }
    return Dictionary(coverage.techniques.map { ($0.technique.id, $0.state) }, uniquingKeysWith: { first, _ in first })
  }

  /// The states that techniques are in, with what they mean. Where no technique is partly blind, or has only rules without a known
  /// event, that state is left out.
  var stateKeys: [StateKey] {
    possibleStateKeys.filter { key in
      switch key.mark {
      case .open: coverage.techniques.contains { $0.state == .covered }
      case .partly: coverage.techniques.contains { $0.state == .partly }
      default: true
      }
    }
  }

  /// The states that techniques can be in by some choice of the rules, with what they mean.
  var possibleStateKeys: [StateKey] {
    guard let collected else {
      return [
        StateKey(mark: .covered, meaning: "a counted rule looks for it"),
        StateKey(mark: .none, meaning: "no counted rule looks for it"),
      ]
    }
    let states = Set(coverage.techniques.lazy.flatMap(\.rules).map { collected.view.states[$0] })
    let keys = [
      StateKey(mark: .runs, meaning: "a rule for it reads an event that is collected"),
      StateKey(mark: .partly, meaning: "such rules too, but filters can hide what they look for"),
      StateKey(mark: .blind, meaning: "it has rules, and none of them can find anything"),
      StateKey(mark: .open, meaning: "a rule for it has no event that is known, and may run"),
      StateKey(mark: .none, meaning: "no counted rule looks for it"),
    ]
    return keys.filter { key in
      switch key.mark {
      case .open: states.contains(.unknown)
      case .partly: states.contains(.partlyBlind)
      default: true
      }
    }
  }
}
