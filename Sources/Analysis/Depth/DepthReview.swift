package import Attack
package import Events
package import RuleModel
import Text

/// What holds up the techniques that rules detect: how many rules, events and levels, and which of the log sources that ATT&CK names.
///
/// The rules that hold up a technique are its counted rules; with telemetry, only those that run, even if partly blind, or, if there are
/// none of these, those that may run. Their events are those that are collected.
package struct DepthReview: Sendable {
  /// What holds up a technique.
  package struct Depth: Sendable {
    /// Ascending; at least one.
    package var rules: [RuleID]
    /// How many events these read; nil if one of them reads events that aren't known one by one.
    package var events: Int?
    /// How many levels these have.
    package var levels: Int
    /// Why it is thin; empty if it isn't.
    package var thin: [ThinReason]
    /// The log sources that ATT&CK names for it, sorted.
    package var sources: [NamedLogSource]

    /// Those of several log sources that the rules don't read; empty if ATT&CK names only one.
    package var unread: [NamedLogSource] { sources.count > 1 ? sources.filter { !$0.isRead } : [] }

    /// `thin: one event, one level`; if it isn't thin, `3 events, 2 levels`.
    package var shortWords: String {
      if !thin.isEmpty { return "thin: \(thin.map(\.shortWords).joined(separator: ", "))" }
      return (events.map { "\(counted($0, "event")), " } ?? "") + counted(levels, "level")
    }
  }

  /// A technique in scope with its depth.
  package struct Row: Sendable {
    package var row: CoverageReview.TechniqueRow
    package var depth: Depth
    /// How many groups use it, according to ATT&CK.
    package var groups: Int
  }

  /// Of each technique that has rules that hold it up, in scope or not.
  package let techniques: [TechniqueID: Depth]
  /// The thin techniques in scope: those used by the most groups first, then by id.
  package let thin: [Row]
  /// The techniques in scope of whose log sources not all are read, likewise.
  package let unread: [Row]

  init(
    _ review: CoverageReview, of index: CatalogIndex, attack matrix: AttackMatrix, strategies: StrategyEvents,
    telemetry: CollectedView?
  ) {
    var reader = DepthReader(index: index, matrix: matrix, strategies: strategies, telemetry: telemetry)
    var techniques: [TechniqueID: Depth] = [:]
    for row in review.techniques { techniques[row.technique.id] = reader.depth(of: row) }
    self.techniques = techniques
    let rows = review.inScope.compactMap { row in
      techniques[row.technique.id].map { depth in
        Row(row: row, depth: depth, groups: matrix.groupCount(of: row.technique.id))
      }
    }.mostUsedFirst()
    thin = rows.filter { !$0.depth.thin.isEmpty }
    unread = rows.filter { !$0.depth.unread.isEmpty }
  }
}

/// Works out what holds up techniques, one after the other.
private struct DepthReader {
  let index: CatalogIndex
  let matrix: AttackMatrix
  let strategies: StrategyEvents
  let telemetry: CollectedView?
  /// Techniques share most of their events, and the check is expensive.
  var collected: [Event: Bool] = [:]

  /// nil if no rule holds it up.
  mutating func depth(of row: CoverageReview.TechniqueRow) -> DepthReview.Depth? {
    let rules = holding(row.rules)
    guard !rules.isEmpty else { return nil }
    let events = rules.map { rule in index.events[rule].events.map(\.event).filter { isCollected($0) != false } }
    let all = Set(events.joined())
    let isCounted = !events.contains(where: \.isEmpty) && !all.contains(where: \.isAny)
    let values = rules.map { index.rules[$0] }
    let readers = EventReaders(zip(rules, events))
    let named = Set(matrix.strategies(for: row.technique.id).lazy.flatMap(\.analytics).flatMap(\.logSources)).sorted()
    return DepthReview.Depth(
      rules: rules, events: isCounted ? all.count : nil, levels: Set(values.map(\.level)).count,
      thin: ThinReason.all(of: values, events: events), sources: named.map { self.source($0, readers) })
  }

  private func holding(_ rules: [RuleID]) -> [RuleID] {
    guard let telemetry else { return rules }
    let running = rules.filter { telemetry.states[$0].canFire }
    return running.isEmpty ? rules.filter { !telemetry.states[$0].isBlind } : running
  }

  private mutating func source(_ source: Analytic.LogSource, _ readers: EventReaders) -> NamedLogSource {
    let events = strategies.references[source]?.events ?? []
    var rules: Set<RuleID> = []
    for event in events where isCollected(event) != false {
      rules.formUnion(readers.rules(of: event))
      if !event.isAny { rules.formUnion(readers.rules(naming: Event(provider: event.provider, name: "*"))) }
    }
    var isCollected: Bool?
    if telemetry != nil, !events.isEmpty { isCollected = events.contains { self.isCollected($0) == true } }
    return NamedLogSource(source: source, isKnown: !events.isEmpty, isCollected: isCollected, rules: rules.count)
  }

  /// nil without telemetry.
  private mutating func isCollected(_ event: Event) -> Bool? {
    guard let telemetry else { return nil }
    if let known = collected[event] { return known }
    let result = telemetry.isCollected(event)
    collected[event] = result
    return result
  }
}
