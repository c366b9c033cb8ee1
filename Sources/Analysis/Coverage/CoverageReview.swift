package import Attack
import Diagnostics
package import Events
package import RuleModel
import Text

/// Where a catalogue stands: what its counted rules cover of ATT&CK, which events they read, and, where it is told what is
/// collected, what of that runs.
///
/// What is counted: detections that are neither deprecated nor unsupported; see ``Rule/isCounted``.
package struct CoverageReview: Sendable {
  package struct Totals: Hashable, Sendable {
    /// All rules of the catalogue.
    package var rules = 0
    package var counted = 0
    /// The active techniques and sub-techniques that the review is about.
    package var techniques = 0
    /// Those with a counted rule of their own or of a sub-technique.
    package var covered = 0
    /// With telemetry: those with a rule that runs.
    package var runs = 0
    /// With telemetry: those whose best rule is partly blind.
    package var partly = 0
    /// With telemetry: those whose rules are all blind.
    package var blind = 0
    /// The counted rules of these techniques, each once.
    package var covering = 0
  }

  package struct TacticRow: Hashable, Sendable {
    package var tactic: Tactic
    /// Techniques and sub-techniques of it.
    package var techniques = 0
    package var covered = 0
    package var runs = 0
    package var partly = 0
    package var blind = 0
    /// The counted rules of its techniques, each once.
    package var rules = 0
  }

  package struct TechniqueRow: Sendable {
    package var technique: Technique
    /// The counted rules, its own and its sub-techniques', ascending.
    package var rules: [Int]
    /// How many of them name exactly it.
    package var ownRules: Int
    /// How many of them aren't known to be blind; all without telemetry.
    package var awake: Int
    package var state: TechniqueState
    /// Why it is in that state, in words: `37 rules of its own, 113 of sub-techniques`.
    package var reason: String
    /// The events by which ATT&CK says that it shows; see ``StrategyEvents``.
    package var events: [StrategyEvent]
  }

  /// An event by which a technique shows.
  package struct StrategyEvent: Hashable, Sendable {
    package var event: Event
    /// Whether it is collected; nil without telemetry.
    package var isCollected: Bool?
    /// Whether a counted rule reads it, for whatever technique.
    package var isRead: Bool
  }

  package struct EventRow: Hashable, Sendable {
    package var event: Event
    /// How many counted rules read it, whatever the review is about.
    package var rules: Int
    package var state: EventState
  }

  package struct LogSourceRow: Hashable, Sendable {
    package var logSource: LogSource
    /// How many counted rules have it, whatever the review is about.
    package var rules: Int
  }

  package struct DialectRow: Hashable, Sendable {
    package var dialect: Dialect
    package var rules: Int
    package var counted: Int
    /// Techniques that its counted rules cover, of those that the review is about.
    package var covered: Int
  }

  /// Whether it was told what is collected.
  package let hasTelemetry: Bool

  /// How many techniques the rules find: those that are covered; with telemetry, those that run, even if partly blind, as what is
  /// blind finds nothing.
  package var found: Int { hasTelemetry ? totals.runs + totals.partly : totals.covered }

  /// The techniques that the review is about; nil for all.
  package let scope: Set<TechniqueID>?
  /// The counted rules of these techniques; nil where the review is about everything, rules without a technique too.
  package let rulesInScope: Set<Int>?
  /// The techniques that rules find with what is collected, in scope or not: what an event adds depends on all of them.
  let running: Set<TechniqueID>

  package let totals: Totals
  /// In matrix order; where the review isn't about everything, only those with a technique in scope.
  package let tactics: [TacticRow]
  /// By id.
  package let techniques: [TechniqueRow]
  /// By provider and event.
  package let events: [EventRow]
  /// By category, product and service, absent ones first.
  package let logSources: [LogSourceRow]
  package let dialects: [DialectRow]

  /// A scope restricts what is listed and what is summed up over techniques. What a row says of its own rule, event or log source
  /// is what the review of everything says.
  ///
  /// - Parameters:
  ///   - scope: the techniques that the review is about; all where nil. The rules, events and log sources listed are those of the
  ///     techniques' counted rules, and the untapped events those that ATT&CK's strategies name for the techniques.
  ///   - telemetry: what is collected, and what that means for each rule; nil where it isn't told.
  package init(
    of index: CatalogIndex, attack matrix: AttackMatrix, events map: EventMap, strategies: StrategyEvents,
    scope: Set<TechniqueID>? = nil, telemetry: CollectedView? = nil
  ) {
    let counted = index.techniques.isCounted
    let readers = EventReaders(countedIn: index)
    // Techniques share most of their events, and to ask is dear.
    let isCollected: [Event: Bool] =
      telemetry.map { telemetry in
        Set(strategies.techniques.joined()).reduce(into: [:]) { $0[$1] = telemetry.isCollected($1) }
      } ?? [:]
    let all = matrix.techniques.indices.compactMap { number -> TechniqueRow? in
      let technique = matrix.techniques[number]
      guard technique.isActive else { return nil }
      let entry = index.techniques.techniques[number]
      let rules = entry.all.filter { counted[$0] }
      let events = strategies.techniques[number].map {
        StrategyEvent(event: $0, isCollected: isCollected[$0], isRead: readers.isRead($0))
      }
      let state = TechniqueState(of: rules, telemetry)
      return TechniqueRow(
        technique: technique, rules: rules, ownRules: entry.ownCounted,
        awake: rules.count { telemetry?.states[$0].isBlind != true }, state: state,
        reason: reason(state, rules: rules, own: entry.ownCounted, events, telemetry), events: events)
    }
    let techniques = scope.map { scope in all.filter { scope.contains($0.technique.id) } } ?? all
    let covering = Set(techniques.flatMap(\.rules))
    let rulesInScope = scope == nil ? nil : covering
    hasTelemetry = telemetry != nil
    self.scope = scope
    self.rulesInScope = rulesInScope
    running = Set(all.lazy.filter(\.state.canFire).map(\.technique.id))
    self.techniques = techniques
    tactics = matrix.tactics.map { TacticRow($0, techniques) }.filter { scope == nil || $0.techniques > 0 }
    totals = Totals(
      rules: index.rules.count, counted: counted.count { $0 }, techniques: techniques.count,
      covered: techniques.count { $0.state.isCovered }, runs: techniques.count { $0.state == .runs },
      partly: techniques.count { $0.state == .partly }, blind: techniques.count { $0.state == .blind },
      covering: covering.count)
    let isListed = scope == nil ? nil : EventsInScope(techniques, rules: covering, of: index)
    events = CoverageReview.events(readers, telemetry).filter { isListed?.contains($0) ?? true }
    logSources = CoverageReview.logSources(index, rulesInScope)
    dialects = CoverageReview.dialects(index, matrix, scope: scope, rulesInScope)
  }
}

/// How a technique stands: by the best of its rules (the contract's words).
package enum TechniqueState: String, Hashable, Sendable, CaseIterable {
  /// It has a counted rule; whether that runs isn't told.
  case covered
  /// It has a rule that runs.
  case runs
  /// Its best rule runs, but a collector's filter can hide what it looks for.
  case partly
  /// It has rules, and none of them can find anything.
  case blind
  /// No counted rule.
  case none

  init(of rules: [Int], _ telemetry: CollectedView?) {
    guard !rules.isEmpty else {
      self = .none
      return
    }
    guard let telemetry else {
      self = .covered
      return
    }
    let states = rules.map { telemetry.states[$0] }
    if states.contains(.runs) {
      self = .runs
    } else if states.contains(.partlyBlind) {
      self = .partly
    } else {
      // A rule without a known event may run; it says nothing against those that are blind.
      self = states.contains(where: \.isBlind) ? .blind : .covered
    }
  }

  /// The state of a technique that has rules in this state only.
  package init(_ state: RuleState) {
    switch state {
    case .runs: self = .runs
    case .partlyBlind: self = .partly
    case .unknown: self = .covered
    case .blind, .hidden: self = .blind
    }
  }

  package var isCovered: Bool { self != .none }

  /// Whether it is known that a rule for it can find something.
  package var canFire: Bool { self == .runs || self == .partly }
}

/// How an event stands.
package enum EventState: String, Hashable, Sendable, CaseIterable {
  /// Rules read it; with telemetry, it is collected too.
  case used
  /// Collected, and no counted rule reads it.
  case untapped
  /// Rules read it, and it isn't collected.
  case missing
}

extension CoverageReview.TacticRow {
  fileprivate init(_ tactic: Tactic, _ techniques: [CoverageReview.TechniqueRow]) {
    self.init(tactic: tactic)
    var seen: Set<Int> = []
    for row in techniques where row.technique.tactics.contains(tactic.id) {
      self.techniques += 1
      if row.state.isCovered { covered += 1 }
      if row.state == .runs { runs += 1 }
      if row.state == .partly { partly += 1 }
      if row.state == .blind { blind += 1 }
      seen.formUnion(row.rules)
    }
    rules = seen.count
  }
}

extension CoverageReview {
  private static func events(_ readers: EventReaders, _ telemetry: CollectedView?) -> [EventRow] {
    var rows = readers.events.map { event in
      EventRow(
        event: event, rules: readers.rules(naming: event).count,
        state: telemetry?.isCollected(event) == false ? .missing : .used)
    }
    for event in telemetry?.collected ?? [] where !readers.isRead(event) {
      rows.append(EventRow(event: event, rules: 0, state: .untapped))
    }
    return rows.sorted { $0.event < $1.event }
  }

  /// - Parameter listed: the rules whose log sources are listed; all where nil.
  private static func logSources(_ index: CatalogIndex, _ listed: Set<Int>?) -> [LogSourceRow] {
    var counts: [LogSource: Int] = [:]
    var isListed: Set<LogSource> = []
    for number in index.rules.indices where index.techniques.isCounted[number] {
      for source in index.rules[number].logSources.lazy.map(\.withoutDefinition) where !source.isEmpty {
        counts[source, default: 0] += 1
        if listed?.contains(number) ?? true { isListed.insert(source) }
      }
    }
    func parts(_ source: LogSource) -> [String] {
      [source.category, source.product, source.service].map { $0 ?? "" }
    }
    return counts.filter { isListed.contains($0.key) }
      .map { (parts($0.key), LogSourceRow(logSource: $0.key, rules: $0.value)) }
      .sorted { left, right in
        left.0.lexicographicallyPrecedes(right.0, by: inByteOrder)
      }
      .map(\.1)
  }

  private static func dialects(
    _ index: CatalogIndex, _ matrix: AttackMatrix, scope: Set<TechniqueID>?, _ listed: Set<Int>?
  ) -> [DialectRow] {
    let dialectOf = index.rules.map(\.key.dialect)
    var rows: [Dialect: DialectRow] = [:]
    for (number, dialect) in dialectOf.enumerated() {
      rows[dialect, default: DialectRow(dialect: dialect, rules: 0, counted: 0, covered: 0)].rules += 1
      if index.techniques.isCounted[number] { rows[dialect]?.counted += 1 }
    }
    for (technique, entry) in zip(matrix.techniques, index.techniques.techniques)
    where scope?.contains(technique.id) ?? true {
      let covering = Set(entry.all.lazy.filter { index.techniques.isCounted[$0] }.map { dialectOf[$0] })
      for dialect in covering { rows[dialect]?.covered += 1 }
    }
    let isListed = Set((listed.map(Array.init) ?? Array(index.rules.indices)).map { dialectOf[$0] })
    return Dialect.allCases.compactMap { isListed.contains($0) ? rows[$0] : nil }
  }
}

/// The events of a review that isn't about everything.
private struct EventsInScope {
  /// Those that its rules read.
  private let read: Set<Event>
  /// Those that ATT&CK's strategies name for its techniques.
  private let named: Set<Event>

  init(_ techniques: [CoverageReview.TechniqueRow], rules: Set<Int>, of index: CatalogIndex) {
    read = Set(rules.lazy.flatMap { index.events[$0].events.map(\.event) })
    named = Set(techniques.lazy.flatMap { $0.events.map(\.event) })
  }

  func contains(_ row: CoverageReview.EventRow) -> Bool {
    guard row.state == .untapped else { return read.contains(row.event) }
    // Of two events, one is the other also where one of them is any of its provider.
    return row.event.isAny
      ? named.contains { $0.provider == row.event.provider }
      : named.contains(row.event) || named.contains(Event(provider: row.event.provider, name: "*"))
  }
}

/// Why a technique is in its state, in words.
private func reason(
  _ state: TechniqueState, rules: [Int], own: Int, _ events: [CoverageReview.StrategyEvent],
  _ telemetry: CollectedView?
) -> String {
  switch state {
  case .none:
    guard telemetry != nil else { return "no rule" }
    let collected = events.filter { $0.isCollected == true }
    if events.isEmpty { return "no rule; ATT&CK names no event that the event map knows" }
    let named = "the \(events.count) events"
    switch (collected.count, events.count) {
    case (0, 1): return "no rule, and the one event that ATT&CK names isn't collected"
    case (0, _): return "no rule, and none of \(named) that ATT&CK names is collected"
    case (1, 1): return "no rule, although the one event that ATT&CK names is collected"
    case (let count, _):
      return "no rule, although \(count) of \(named) that ATT&CK names \(count == 1 ? "is" : "are") collected"
    }
  case .covered:
    let subs = rules.count - own
    let parts = [
      own > 0 ? "\(counted(own, "rule")) of its own" : nil,
      subs > 0 ? own > 0 ? "\(subs) of sub-techniques" : "\(counted(subs, "rule")) of sub-techniques" : nil,
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  case .runs, .partly, .blind:
    let states = rules.compactMap { telemetry?.states[$0] }
    return RuleState.allCases.compactMap { state in
      let count = states.count { $0 == state }
      return count == 0 ? nil : "\(counted(count, "rule")) \(state.words(count))"
    }.joined(separator: ", ")
  }
}
