package import Events
package import RuleModel
package import Telemetry
import Text

/// What each rule of a catalog sees, given what is collected.
///
/// - A rule *runs* if at least one of its events is collected; a correlation runs if all of its rules do.
/// - It is *partly blind* if a filter of a collector can hide what it looks for: if some event that the rule matches
///   may be dropped, or isn't certain to be kept. Tests are compared as texts, field by field; what can't be compared
///   (regular expressions, numbers, keywords) counts as possibly hidden. A hidden event doesn't matter if another event
///   of the rule contains the same information (`quality: same` in the event map) and isn't hidden.
/// - It is *blind* if none of its events is collected, if these lack a field that it needs, or if it can never match, and
///   *unknown* if it has no known event.
package struct VisibilityReview: Sendable {
  package let rules: RuleColumn<RuleVisibility>
  /// The exclusions of rules that can't work, for the rules that have some.
  package let deadExclusions: [RuleID: [DeadExclusion]]
  /// How each event that a rule reads is collected.
  package let collections: [Event: EventCollection]
  /// For rules that read a provider without selecting an event (`*`), the provider's collected events that they can't match, for
  /// want of fields.
  package let unmatched: [RuleID: Set<Event>]

  /// - Parameters:
  ///   - events: the events that each rule reads; for a correlation, those of its rules.
  ///   - neverMatching: the rules that can never match.
  ///   - correlated: the rules that each correlation names; nil for one that doesn't exist.
  ///   - jobs: the number of threads.
  package init(
    of rules: RuleColumn<Rule>, events: RuleColumn<[Event]>, neverMatching: Set<RuleID> = [],
    correlated: RuleColumn<[RuleID?]>, telemetry: Telemetry,
    map: EventMap, fields: FieldMap,
    jobs: Int
  ) async {
    let reviewer = VisibilityReviewer(rules: rules, events: events, telemetry: telemetry, map: map, fields: fields)
    // The rules with the most expensive filters are in the same folder, so each thread takes every n-th rule.
    let shares = (0..<max(1, jobs)).map { stride(from: $0, to: rules.count, by: max(1, jobs)).map { RuleID($0) } }
    let providers = Set(events.joined().lazy.filter(\.isAny).map(\.provider))
    let known = providers.isEmpty ? [] : telemetry.knownEvents().filter { providers.contains($0.provider) }
    let events = Dictionary(grouping: known) { $0.provider }
    let found = await inParallel(shares, jobs: jobs, chunk: 1) { share in
      var reviewer = reviewer
      return share.map { rule -> (visibility: RuleVisibility, exclusions: [DeadExclusion], unmatched: Set<Event>) in
        if neverMatching.contains(rule) { return (.neverMatches, [], []) }
        if !correlated[rule].isEmpty { return (.unknown, [], []) }
        var exclusions: [DeadExclusion] = []
        let visibility = reviewer.visibility(of: rule, exclusions: &exclusions)
        let read = reviewer.events[rule].filter(\.isAny).flatMap { events[$0.provider] ?? [] }
        return (visibility, exclusions.joined, read.isEmpty ? [] : reviewer.unmatched(by: rule, among: read))
      }
    }
    var unmatched: [RuleID: Set<Event>] = [:]
    var dead: [RuleID: [DeadExclusion]] = [:]
    var result = RuleColumn<RuleVisibility>(repeating: .unknown, count: rules.count)
    for (share, found) in zip(shares, found) {
      for (rule, found) in zip(share, found) {
        result[rule] = found.visibility
        if !found.exclusions.isEmpty { dead[rule] = found.exclusions }
        if !found.unmatched.isEmpty { unmatched[rule] = found.unmatched }
      }
    }
    // A correlation may refer to other correlations, but to itself only by mistake.
    for _ in 0..<8 {
      let before = result
      for index in rules.indices where !correlated[index].isEmpty {
        result[index] = RuleVisibility(ofCorrelated: correlated[index].map { $0.map { result[$0] } ?? .unknown })
      }
      if before == result { break }
    }
    self.rules = result
    deadExclusions = dead
    self.unmatched = unmatched
    collections = reviewer.collections
  }
}

extension VisibilityReview {
  /// Reviews an indexed catalog.
  package init(of index: CatalogIndex, telemetry: Telemetry, map: EventMap, fields: FieldMap, jobs: Int) async {
    await self.init(
      of: index.rules, events: index.events.mapValues { $0.events.map(\.event) },
      neverMatching: Set(index.rules.indices.filter { index.events[$0].contradiction != nil }),
      correlated: index.references.correlated, telemetry: telemetry, map: map, fields: fields, jobs: jobs)
  }
}
