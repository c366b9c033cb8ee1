package import Attack
package import RuleModel
package import Telemetry
import Text

/// The review of a catalog: what it covers, what it lacks, and what its rules see with the current telemetry. Reports,
/// gates, badge and site all use its figures.
package struct Review: Sendable {
  /// The rules of the catalog.
  package let rules: RuleColumn<Rule>
  private let counted: CountedRules
  package let coverage: CoverageReview
  package let gaps: GapReview
  package let depth: DepthReview
  /// nil if it isn't known what is collected.
  package let telemetry: TelemetryView?
  /// The rules of the baseline, in which candidates were searched.
  package let baseline: RuleColumn<Rule>

  /// - Parameters:
  ///   - scope: the techniques to review; nil for all.
  ///   - agreed: what totals, tactics and gaps are limited to; nil for nothing.
  ///   - telemetry: what is collected; nil if unknown.
  ///   - baseline: other rules, in which candidates are searched.
  ///   - jobs: the number of threads.
  package init(
    of index: CatalogIndex, _ knowledge: Knowledge, scope: Set<TechniqueID>? = nil, agreed: Scope? = nil,
    telemetry: Telemetry? = nil, baseline: CatalogIndex? = nil, jobs: Int
  ) async {
    var view: TelemetryView?
    if let telemetry { view = await TelemetryView(telemetry, index, knowledge, jobs: jobs) }
    var states: RuleColumn<RuleState>?
    if let telemetry, let baseline {
      states = await TelemetryView(telemetry, baseline, knowledge, jobs: jobs).collected.states
    }
    self.init(of: index, knowledge, scope: scope, agreed: agreed, view: view, baseline: baseline, states: states)
  }

  /// The same review, if it has already been worked out what rules see.
  ///
  /// - Parameters:
  ///   - view: what is collected, and what the rules see of it; nil if unknown.
  ///   - states: what the rules of the baseline would see of it.
  package init(
    of index: CatalogIndex, _ knowledge: Knowledge, scope: Set<TechniqueID>? = nil, agreed: Scope? = nil,
    view: TelemetryView?, baseline: CatalogIndex?, states: RuleColumn<RuleState>?
  ) {
    coverage = CoverageReview(
      of: index, attack: knowledge.attack, events: knowledge.events, strategies: knowledge.strategies, scope: scope,
      agreed: agreed, telemetry: view?.collected)
    depth = DepthReview(
      coverage, of: index, attack: knowledge.attack, strategies: knowledge.strategies, telemetry: view?.collected)
    gaps = GapReview(
      coverage, of: index, attack: knowledge.attack, telemetry: view?.collected,
      baseline: baseline.map { ($0, states ?? $0.statesWhereReadEventsAreCollected(by: index)) })
    (rules, counted) = (index.rules, index.counted)
    self.telemetry = view
    self.baseline = baseline?.rules ?? RuleColumn()
  }

  /// The partly blind rules in scope.
  package var partlyBlindRules: [PartlyBlindRule] {
    telemetry.map {
      Analysis.partlyBlindRules(rules, counted: counted, $0.visibility, among: coverage.rulesInScope)
    } ?? []
  }
}

extension Review {
  /// The exclusions of counted rules in scope that can't work, by the rules' paths.
  package var deadExclusions: [(rule: RuleID, exclusion: DeadExclusion)] {
    guard let dead = telemetry?.visibility.deadExclusions else { return [] }
    let scope = coverage.rulesInScope
    return dead.keys.filter { counted.contains(rules[$0]) && scope?.contains($0) ?? true }
      .sorted {
        inByteOrder(rules[$0].source.path, rules[$1].source.path)
          || rules[$0].source.path == rules[$1].source.path && $0 < $1
      }
      .flatMap { rule in (dead[rule] ?? []).map { (rule, $0) } }
  }
}

extension CatalogIndex {
  /// The state of each rule if exactly the events were collected that the counted rules of another catalog read.
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
