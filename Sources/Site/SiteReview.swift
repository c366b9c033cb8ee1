package import Analysis
import Attack
import RuleModel

/// The review of a catalog as the site shows it, with the origin of its parts and what has changed.
package struct SiteReview: Sendable {
  /// What is collected, and what rules see of it.
  package struct Collected: Sendable {
    /// The name of the telemetry file.
    var name: String
    var view: CollectedView
    var visibility: VisibilityReview

    /// - Parameter name: the name of the telemetry file.
    package init(_ telemetry: TelemetryView, name: String) {
      (self.name, view, visibility) = (name, telemetry.collected, telemetry.visibility)
    }
  }

  /// Rules from elsewhere, in which candidates are searched for.
  struct Baseline {
    /// The last component of each of its folders' paths.
    var names: [String]
    var rules: RuleColumn<Rule>
  }

  /// A recorded state of the catalog.
  package struct Kept: Hashable, Sendable {
    /// The name of its file: `2026-10-01`.
    package var name: String
    package var totals: CatalogTotals

    package init(name: String, totals: CatalogTotals) { (self.name, self.totals) = (name, totals) }
  }

  /// Recorded states, and what has changed since the last of them.
  package struct History: Sendable {
    /// The oldest first; at least one.
    package var kept: [Kept]
    package var now: CatalogTotals
    /// What has changed since the last one.
    package var changes: CatalogChanges

    package init(kept: [Kept], now: CatalogTotals, changes: CatalogChanges) {
      (self.kept, self.now, self.changes) = (kept, now, changes)
    }
  }

  private let review: Review
  /// What it covers, in words, if not all of ATT&CK: `APT29 (G0016)`.
  let target: String?
  /// nil if it isn't known what is collected.
  let collected: Collected?
  private let baselineNames: [String]
  let history: History?

  /// - Parameters:
  ///   - target: what it covers, in words, if not all of ATT&CK.
  ///   - collected: what is collected, and what rules see of it; nil if unknown.
  ///   - baselineNames: the last components of the paths of the baseline's rules.
  package init(
    _ review: Review, target: String? = nil, collected: Collected?, baselineNames: [String], history: History?
  ) {
    self.review = review
    self.target = target
    self.collected = collected
    self.baselineNames = baselineNames
    self.history = history
  }

  package var coverage: CoverageReview { review.coverage }
  var gaps: GapReview { review.gaps }
  var depth: DepthReview { review.depth }
  var namesSimulations: Bool { review.namesSimulations }

  func untested(_ matrix: AttackMatrix) -> [UntestedTechnique] { review.untested(matrix) }

  var baseline: Baseline? {
    baselineNames.isEmpty ? nil : Baseline(names: baselineNames, rules: review.baseline)
  }

  var partlyBlindRules: [PartlyBlindRule] { review.partlyBlindRules }
  var deadExclusions: [(rule: RuleID, exclusion: DeadExclusion)] { review.deadExclusions }
}

extension SiteContent {
  /// Whether each event that rules read, or ATT&CK names, is collected; empty without telemetry. It is kept because
  /// pages look up the same events again and again, and computing the answer is expensive.
  var collectedEvents: [Event: CollectedShare] {
    guard let collected else { return [:] }
    var result: [Event: CollectedShare] = [:]
    func add(_ event: Event) {
      if result[event] == nil { result[event] = collected.view.share(of: event) }
    }
    for technique in attack.techniques.indices where attack.techniques[technique].isActive {
      for event in strategies.techniques[technique] { add(event) }
    }
    for resolution in index.events { for mapped in resolution.events { add(mapped.event) } }
    return result
  }
}

extension SiteReview {
  /// The state of each technique, given what is collected; empty without telemetry.
  var statesByTechnique: [TechniqueID: TechniqueState] {
    collected == nil ? [:] : coverage.rowsByTechnique.mapValues(\.state)
  }

  /// The mark of a technique's state.
  func mark(_ state: TechniqueState) -> StateMark {
    state == .covered && collected == nil ? .covered : StateMark(state)
  }

  /// How much of the techniques is covered, out of the agreed scope: `In scope, 210 of 400 techniques have a rule; 290 are out of scope, 3
  /// accepted.` nil if there is no scope.
  func scopeWords(of rows: [CoverageReview.TechniqueRow]) -> String? {
    guard coverage.agreed != nil else { return nil }
    let inScope = rows.filter { $0.exclusion == nil }
    let accepted = rows.count { $0.exclusion?.acceptance != nil }
    let others = rows.count - inScope.count - accepted
    func are(_ count: Int, _ what: String) -> String { "\(grouped(count)) \(count == 1 ? "is" : "are") \(what)" }
    let found = inScope.count { $0.state.isCovered }
    var words =
      inScope.isEmpty
      ? "None of its techniques is in scope"
      : "In scope, \(grouped(found)) of \(counted(inScope.count, "technique")) and sub-techniques \(found == 1 ? "has" : "have") a rule"
    let parts = [others > 0 ? are(others, "out of scope") : nil, accepted > 0 ? are(accepted, "accepted") : nil]
    let rest = parts.compactMap { $0 }
    if !rest.isEmpty { words += "; \(rest.joined(separator: ", "))" }
    return words + "."
  }

  /// The states that techniques are in, with their meaning. If no technique is partly blind, or has only rules without
  /// a known event, that state is left out.
  var stateKeys: [StateKey] {
    possibleStateKeys.filter { key in
      switch key.mark {
      case .open: coverage.techniques.contains { $0.state == .covered }
      case .partly: coverage.techniques.contains { $0.state == .partly }
      default: true
      }
    }
  }

  /// The states that techniques can be in for some selection of the rules, with their meaning.
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
      StateKey(mark: .partly, meaning: "the same, but filters or missing fields can hide what its rules look for"),
      StateKey(mark: .blind, meaning: "it has rules, but none of them can find anything"),
      StateKey(mark: .open, meaning: "the events of a rule for it are unknown, so it may run"),
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
