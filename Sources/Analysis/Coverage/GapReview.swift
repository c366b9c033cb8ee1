package import Attack
package import Events
package import RuleModel

/// What a catalog lacks: uncovered techniques, blind rules, events that nothing reads, and what to do first.
package struct GapReview: Sendable {
  /// Why a technique is uncovered: it has no rule, or only blind ones.
  package enum Reason: String, Hashable, Sendable, CaseIterable {
    /// Its events are collected, or there is no telemetry, but no rule looks for it.
    case noRule = "no-rule"
    /// There are rules for it, but none of their events is collected.
    case noTelemetry = "no-telemetry"
    /// No rule looks for it, and none of the events that ATT&CK names is collected.
    case neither
  }

  /// An uncovered technique.
  package struct Gap: Sendable {
    package var row: CoverageReview.TechniqueRow
    package var reason: Reason
    /// How many groups use it, according to ATT&CK.
    package var groups: Int
    /// Rules of the baseline that would close it, best first.
    package var candidates: [Candidate]

    /// The events in which it can be seen, those that are collected first.
    package var events: [CoverageReview.StrategyEvent] {
      row.events.filter { $0.isCollected != false } + row.events.filter { $0.isCollected == false }
    }
  }

  /// A rule of the baseline that would close a gap.
  package struct Candidate: Hashable, Sendable {
    /// Its index in the baseline.
    package var rule: RuleID
    package var state: RuleState
    /// Whether the catalog's rules read none of its events, so that it would be the first to do so.
    package var readsNewEvents: Bool
    /// Whether it names exactly the technique, rather than one of its sub-techniques.
    package var isOwn: Bool
    package var reach: Reach

    /// How much of a behaviour a rule covers, based on its tags (Sigma's tags, namespaces `detection` and `cve`).
    package enum Reach: Int, Hashable, Sendable {
      /// The behaviour in general.
      case general
      /// The same, but meant for analysts who review its matches.
      case hunting
      /// One campaign, malware or vulnerability.
      case oneThreat
    }

    /// Whether it would detect something here.
    package var runs: Bool { state.canFire }
  }

  /// A rule that can't detect anything with what is collected.
  package struct BlindRule: Hashable, Sendable {
    package var rule: RuleID
    /// Its events, none of which is collected. Empty if they are collected but a collector's filter hides everything
    /// that it looks for, or if it can never match.
    package var missing: [Event]
    /// Why it can never match, whatever is collected.
    package var contradiction: Contradiction?
  }

  /// An event that wakes blind rules once it is collected.
  package struct Wake: Hashable, Sendable {
    package var event: Event
    /// The blind rules that it wakes, ascending, without those that earlier events wake: each rule is listed for one
    /// event only.
    package var rules: [RuleID]
    /// The techniques that start to run with these rules.
    package var techniques: [TechniqueID]

    /// Limited to the rules and techniques in scope.
    fileprivate func cut(to review: CoverageReview) -> Wake {
      var wake = self
      if let rules = review.rulesInScope { wake.rules.removeAll { !rules.contains($0) } }
      if let scope = review.scope { wake.techniques.removeAll { !scope.contains($0) } }
      if let agreed = review.agreed { wake.techniques.removeAll { !agreed.contains($0) } }
      return wake
    }
  }

  /// Those used by the most groups first, then by id; only techniques that the agreed scope contains.
  package let gaps: [Gap]
  /// The blind rules in scope.
  package let blindRules: [BlindRule]
  /// Events that are collected but read by no counted rule; by provider and event.
  package let untapped: [Event]
  /// In the order in which to turn events on: each wakes the most of what is still blind, by rules, then by techniques.
  ///
  /// With a scope, each event keeps the rules and techniques in scope that it has without one, and events are sorted by
  /// how many these are.
  package let wake: [Wake]

  /// - Parameters:
  ///   - review: the review of the catalog, with its telemetry and scope.
  ///   - telemetry: nil without telemetry; then candidates run if the catalog's rules read their events.
  ///   - baseline: the rules of other catalogs, and their states with the telemetry.
  package init(
    _ review: CoverageReview, of index: CatalogIndex, attack matrix: AttackMatrix, telemetry: CollectedView? = nil,
    baseline: (index: CatalogIndex, states: RuleColumn<RuleState>)? = nil
  ) {
    let readers = EventReaders(countedIn: index)
    let choice = baseline.map { CandidateChoice($0.index, $0.states, besides: index, readers, matrix) }
    gaps = review.inScope.compactMap { row -> Gap? in
      guard let reason = Reason(row, hasTelemetry: telemetry != nil) else { return nil }
      return Gap(
        row: row, reason: reason, groups: matrix.groupCount(of: row.technique.id),
        candidates: choice?.candidates(for: row.technique.id) ?? [])
    }.mostUsedFirst()
    let blind = index.rules.indices.compactMap { rule -> BlindRule? in
      if let contradiction = index.events[rule].contradiction, index.counted.contains(index.rules[rule]) {
        return BlindRule(rule: rule, missing: [], contradiction: contradiction)
      }
      guard index.techniques.isCounted[rule], let state = telemetry?.states[rule] else { return nil }
      switch state {
      case .blind:
        // A collected event that the rule can't match isn't what it waits for.
        let events = index.events[rule].events.map(\.event)
        return BlindRule(rule: rule, missing: events.filter { telemetry?.isCollected($0) != true })
      case .hidden: return BlindRule(rule: rule, missing: [])
      case .runs, .partlyBlind, .unknown: return nil
      }
    }
    blindRules = blind.filter { blind in
      guard let scope = review.scope else { return true }
      // Rules that can never match aren't counted among a technique's rules.
      let ids = index.attack[blind.rule].techniques
      return ids.contains(where: scope.contains) || ids.compactMap(\.parent).contains(where: scope.contains)
    }
    untapped = review.events.filter { $0.state == .untapped }.map(\.event)
    wake = wakeList(blind, index, running: review.running).map { $0.cut(to: review) }.filter { !$0.rules.isEmpty }
      .sorted(by: isBetter)
  }

  /// How many of the blind rules are waiting for an event; the events of the others are collected.
  package var waitingRules: Int { blindRules.count { !$0.missing.isEmpty } }
}

extension GapReview.Reason {
  /// As listed among reasons: `no rule`.
  package var words: String {
    switch self {
    case .noRule: "no rule"
    case .noTelemetry: "blind rules only"
    case .neither: "neither rule nor collected event"
    }
  }

  /// nil if something detects the technique, or may do so.
  fileprivate init?(_ row: CoverageReview.TechniqueRow, hasTelemetry: Bool) {
    switch row.state {
    case .covered, .runs, .partly: return nil
    case .blind: self = .noTelemetry
    case .none: self = hasTelemetry && !row.events.contains { $0.isCollected == true } ? .neither : .noRule
    }
  }
}

/// Turns on, one after the other, the event that wakes the most rules; ties by techniques, then by event.
///
/// What an event wakes can only shrink as others are turned on. So its previous gain is an upper bound, and only the
/// event that looks best has to be recalculated.
private func wakeList(
  _ blind: [GapReview.BlindRule], _ index: CatalogIndex, running: Set<TechniqueID>
) -> [GapReview.Wake] {
  let techniques = blind.map { rule in
    let ids = index.attack[rule.rule].techniques
    return ids + ids.compactMap(\.parent)
  }
  var waiting: [Event: [Int]] = [:]
  for (number, rule) in blind.enumerated() { for event in rule.missing { waiting[event, default: []].append(number) } }
  var isAwake = [Bool](repeating: false, count: blind.count)
  var running = running
  func wake(by event: Event) -> GapReview.Wake {
    let asleep = waiting[event]?.filter { !isAwake[$0] } ?? []
    waiting[event] = asleep
    let found = asleep.reduce(into: Set<TechniqueID>()) { found, number in
      for id in techniques[number] where !running.contains(id) { found.insert(id) }
    }
    return GapReview.Wake(event: event, rules: asleep.map { blind[$0].rule }, techniques: found.sorted())
  }
  // The best is last.
  var gains = waiting.keys.map { wake(by: $0) }.sorted { isBetter($1, $0) }
  var result: [GapReview.Wake] = []
  while let best = gains.popLast() {
    let now = wake(by: best.event)
    if now.rules.isEmpty { continue }
    guard now == best else {
      gains.insert(now, at: firstIndex(in: gains) { isBetter($0, now) })
      continue
    }
    for number in waiting[best.event] ?? [] { isAwake[number] = true }
    running.formUnion(best.techniques)
    result.append(best)
  }
  return result
}

/// The first index in a sorted list from which a condition holds; the end if it never does.
private func firstIndex<Element>(in list: [Element], where holds: (Element) -> Bool) -> Int {
  var (low, high) = (0, list.count)
  while low < high {
    let middle = (low + high) / 2
    if holds(list[middle]) { high = middle } else { low = middle + 1 }
  }
  return low
}

private func isBetter(_ left: GapReview.Wake, _ right: GapReview.Wake) -> Bool {
  if left.rules.count != right.rules.count { return left.rules.count > right.rules.count }
  if left.techniques.count != right.techniques.count { return left.techniques.count > right.techniques.count }
  return left.event < right.event
}
