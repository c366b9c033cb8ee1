package import RuleModel
package import Telemetry

/// The review of a catalog: what it covers, what it misses, and what the rules see of what is collected. Reports, gates, badge and site
/// all take their figures from it.
package struct Review: Sendable {
  /// The catalog's.
  package let rules: RuleColumn<Rule>
  private let counted: CountedRules
  package let coverage: CoverageReview
  package let gaps: GapReview
  /// nil where it isn't known what is collected.
  package let telemetry: TelemetryView?
  /// The rules of others in which candidates were looked for.
  package let baseline: RuleColumn<Rule>

  /// - Parameters:
  ///   - scope: the techniques that the review is about; all where nil.
  ///   - telemetry: what is collected; nil where that isn't known.
  ///   - baseline: rules of others, in which candidates are looked for.
  ///   - jobs: how many threads work.
  package init(
    of index: CatalogIndex, _ knowledge: Knowledge, scope: Set<TechniqueID>? = nil, telemetry: Telemetry? = nil,
    baseline: CatalogIndex? = nil, jobs: Int
  ) async {
    var view: TelemetryView?
    if let telemetry { view = await TelemetryView(telemetry, index, knowledge, jobs: jobs) }
    var states: RuleColumn<RuleState>?
    if let telemetry, let baseline {
      states = await TelemetryView(telemetry, baseline, knowledge, jobs: jobs).collected.states
    }
    self.init(of: index, knowledge, scope: scope, view: view, baseline: baseline, states: states)
  }

  /// The same where what is collected is known already.
  ///
  /// - Parameters:
  ///   - view: what is collected, and what the rules see of it; nil where that isn't known.
  ///   - states: what the rules of others would see of it.
  package init(
    of index: CatalogIndex, _ knowledge: Knowledge, scope: Set<TechniqueID>? = nil, view: TelemetryView?,
    baseline: CatalogIndex?, states: RuleColumn<RuleState>?
  ) {
    coverage = CoverageReview(
      of: index, attack: knowledge.attack, events: knowledge.events, strategies: knowledge.strategies, scope: scope,
      telemetry: view?.collected)
    gaps = GapReview(
      coverage, of: index, attack: knowledge.attack, telemetry: view?.collected,
      baseline: baseline.map { ($0, states ?? $0.statesWhereReadEventsAreCollected(by: index)) })
    (rules, counted) = (index.rules, index.counted)
    self.telemetry = view
    self.baseline = baseline?.rules ?? RuleColumn()
  }

  /// The partly blind rules that the review is about.
  package var partlyBlindRules: [PartlyBlindRule] {
    telemetry.map {
      Analysis.partlyBlindRules(rules, counted: counted, $0.visibility, among: coverage.rulesInScope)
    } ?? []
  }
}

extension CatalogIndex {
  /// Whether each rule would run where what the counted rules of another catalog read is collected, and nothing else.
  fileprivate func statesWhereReadEventsAreCollected(by other: CatalogIndex) -> RuleColumn<RuleState> {
    let read = Set(
      other.events.indices.lazy.filter { other.techniques.isCounted[$0] }
        .flatMap { other.events[$0].events.map(\.event) })
    return events.mapValues { events in
      if events.contradiction != nil { return .blind }
      if events.events.isEmpty { return .unknown }
      return events.events.contains { read.contains($0.event) } ? .runs : .blind
    }
  }
}
