package import Attack
package import Events
package import RuleModel

/// The coverage of a catalog: what its counted rules cover in ATT&CK, which events they read, and, with telemetry, what
/// is collected and which of these rules run.
///
/// Counted rules are detections that are neither deprecated nor unsupported; see ``CountedRules``.
package struct CoverageReview: Sendable {
  package struct Totals: Hashable, Sendable {
    /// All rules of the catalog.
    package var rules = 0
    package var counted = 0
    /// The active techniques and sub-techniques in scope, without accepted ones.
    package var techniques = 0
    /// Those with a counted rule, their own or that of a sub-technique.
    package var covered = 0
    /// With telemetry: those with a rule that runs.
    package var runs = 0
    /// With telemetry: those whose best rule is partly blind.
    package var partly = 0
    /// With telemetry: those whose rules are all blind.
    package var blind = 0
    /// The counted rules for these techniques, each once.
    package var covering = 0
  }

  package struct TacticRow: Hashable, Sendable {
    package var tactic: Tactic
    /// Its techniques and sub-techniques.
    package var techniques = 0
    package var covered = 0
    package var runs = 0
    package var partly = 0
    package var blind = 0
    /// The counted rules for its techniques, each once.
    package var rules = 0
  }

  package struct TechniqueRow: Sendable {
    package var technique: Technique
    /// The counted rules for it and its sub-techniques, ascending.
    package var rules: [RuleID]
    /// How many of them name exactly this technique.
    package var ownRules: Int
    /// How many of them aren't known to be blind; all of them without telemetry.
    package var awake: Int
    package var state: TechniqueState
    /// The reason for the state, in words: `37 rules of its own, 113 of sub-techniques`.
    package var reason: String
    /// The events in which it can be seen according to ATT&CK; see ``StrategyEvents``.
    package var events: [StrategyEvent]
    /// Why the agreed scope doesn't contain it; nil if it does.
    package var exclusion: Scope.Exclusion?
  }

  /// An event in which a technique can be seen.
  package struct StrategyEvent: Hashable, Sendable {
    package var event: Event
    /// Whether it is collected; nil without telemetry.
    package var isCollected: Bool?
    /// Whether any counted rule reads it, for whatever technique.
    package var isRead: Bool
  }

  package struct EventRow: Hashable, Sendable {
    package var event: Event
    /// How many counted rules read it, regardless of scope.
    package var rules: Int
    package var state: EventState
  }

  package struct LogSourceRow: Hashable, Sendable {
    package var logSource: LogSource
    /// How many counted rules have it, regardless of scope.
    package var rules: Int
  }

  package struct DialectRow: Hashable, Sendable {
    package var dialect: Dialect
    package var rules: Int
    package var counted: Int
    /// How many techniques in scope its counted rules cover.
    package var covered: Int
    /// Those of them that no other dialect's counted rules cover, ascending.
    package var onlyHere: [TechniqueID] = []
    /// How much of its rules is understood, by query language.
    package var languages: [LanguageRow] = []

    /// How much of its rules is understood, in all languages.
    package var allLanguages: LanguageRow {
      languages.reduce(into: LanguageRow()) { $0.add($1) }
    }
  }

  /// How much of a language's queries is understood, regardless of scope. A list counts once for each value.
  package struct LanguageRow: Hashable, Sendable {
    /// nil for logic that isn't a query.
    package var language: QueryLanguage?
    /// The rules with a part in this language.
    package var rules = 0
    package var tests = 0
    /// Parts that are understood but don't compare a field with a value.
    package var noTests = 0
    /// Parts that aren't understood.
    package var opaque = 0

    package var leaves: Int { tests + noTests + opaque }
    package var understood: Int { tests + noTests }

    package init(language: QueryLanguage? = nil, rules: Int = 0, tests: Int = 0, noTests: Int = 0, opaque: Int = 0) {
      (self.language, self.rules) = (language, rules)
      (self.tests, self.noTests, self.opaque) = (tests, noTests, opaque)
    }

    /// Counts a leaf of a rule's logic; a reference to a stage doesn't count, since the stage's own leaves do.
    package mutating func add(_ leaf: Predicate.Leaf) {
      switch leaf {
      case .test: tests += 1
      case .text(let text): if text.meaning == .opaque { opaque += 1 } else { noTests += 1 }
      case .stage: break
      }
    }

    /// Adds another row's leaves, but not its rules, which may be the same.
    mutating func add(_ other: LanguageRow) {
      tests += other.tests
      noTests += other.noTests
      opaque += other.opaque
    }
  }

  /// An accepted gap, with the techniques that it concerns: its own and its sub-techniques, of those that were asked for and are neither out
  /// of scope nor have an entry of their own.
  package struct AcceptedRow: Sendable {
    package var gap: AcceptedGap
    package var rows: [TechniqueRow]

    /// The gap's technique itself; nil if it isn't among them.
    package var own: TechniqueRow? { rows.first { $0.technique.id == gap.technique } }

    /// How many of its sub-techniques are among them.
    package var subtechniques: Int { rows.count { $0.technique.id != gap.technique } }
  }

  package let hasTelemetry: Bool

  /// How many techniques the rules detect: without telemetry, those that are covered; with telemetry, only those with a
  /// rule that runs, even if partly blind, as blind rules detect nothing.
  package var found: Int { hasTelemetry ? totals.runs + totals.partly : totals.covered }

  /// What the team agreed to measure coverage by; nil for all of ATT&CK. It limits totals, tactics and gaps, but not what is listed of
  /// rules, events and log sources.
  package let agreed: Scope?
  /// The techniques that were asked for; nil for all.
  package let scope: Set<TechniqueID>?
  /// The counted rules for these techniques; nil if there is no scope, so that rules without a technique are included.
  package let rulesInScope: Set<RuleID>?
  /// The techniques that rules detect with what is collected, in scope or not, as the gain from an event depends on all
  /// of them.
  let running: Set<TechniqueID>

  /// Over ``inScope``.
  package let totals: Totals
  /// Over ``techniques``: the same, without the agreed scope.
  package let allTotals: Totals
  /// Over ``inScope``, in matrix order; with a scope of either kind, only those with a technique in it.
  package let tactics: [TacticRow]
  /// Over ``techniques``, likewise.
  package let allTactics: [TacticRow]
  /// Those that were asked for, by id, whether or not the agreed scope contains them.
  package let techniques: [TechniqueRow]
  /// Those of them that the agreed scope contains.
  package let inScope: [TechniqueRow]
  /// By provider and event.
  package let events: [EventRow]
  /// By category, product and service, absent ones first.
  package let logSources: [LogSourceRow]
  package let dialects: [DialectRow]

  /// A scope limits what is listed and what is summed over techniques. The figures for a single rule, event or log
  /// source don't depend on it.
  ///
  /// - Parameters:
  ///   - scope: the techniques to review; nil for all. The listed rules, events and log sources are those of the
  ///     techniques' counted rules; untapped events are those that ATT&CK's strategies name for the techniques.
  ///   - agreed: what the totals, tactics and gaps are limited to; nil for nothing.
  ///   - telemetry: what is collected, and what that means for each rule; nil without telemetry.
  package init(
    of index: CatalogIndex, attack matrix: AttackMatrix, events map: EventMap, strategies: StrategyEvents,
    scope: Set<TechniqueID>? = nil, agreed: Scope? = nil, telemetry: CollectedView? = nil
  ) {
    let counted = index.techniques.isCounted
    let readers = EventReaders(countedIn: index)
    // Techniques share most of their events, and this check is expensive.
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
        reason: reason(state, rules: rules, own: entry.ownCounted, events, telemetry), events: events,
        exclusion: agreed?.exclusion(of: technique.id))
    }
    let techniques = scope.map { scope in all.filter { scope.contains($0.technique.id) } } ?? all
    let inScope = agreed == nil ? techniques : techniques.filter { $0.exclusion == nil }
    let covering = Set(techniques.flatMap(\.rules))
    let rulesInScope = scope == nil ? nil : covering
    func totals(_ rows: [TechniqueRow], covering: Set<RuleID>) -> Totals {
      Totals(
        rules: index.rules.count, counted: counted.count { $0 }, techniques: rows.count,
        covered: rows.count { $0.state.isCovered }, runs: rows.count { $0.state == .runs },
        partly: rows.count { $0.state == .partly }, blind: rows.count { $0.state == .blind }, covering: covering.count)
    }
    func tactics(_ rows: [TechniqueRow], cut: Bool) -> [TacticRow] {
      matrix.tactics.map { TacticRow($0, rows) }.filter { !cut || $0.techniques > 0 }
    }
    hasTelemetry = telemetry != nil
    (self.scope, self.agreed) = (scope, agreed)
    self.rulesInScope = rulesInScope
    running = Set(all.lazy.filter(\.state.canFire).map(\.technique.id))
    (self.techniques, self.inScope) = (techniques, inScope)
    allTactics = tactics(techniques, cut: scope != nil)
    allTotals = totals(techniques, covering: covering)
    if agreed == nil {
      (self.tactics, self.totals) = (allTactics, allTotals)
    } else {
      self.tactics = tactics(inScope, cut: true)
      self.totals = totals(inScope, covering: Set(inScope.flatMap(\.rules)))
    }
    let isListed = scope == nil ? nil : EventsInScope(techniques, rules: covering, of: index)
    events = CoverageReview.events(readers, telemetry).filter { isListed?.contains($0) ?? true }
    logSources = CoverageReview.logSources(index, rulesInScope)
    let measured = scope == nil && agreed == nil ? nil : Set(inScope.map(\.technique.id))
    dialects = CoverageReview.dialects(index, matrix, scope: measured, rulesInScope)
  }

  /// ``techniques`` by id.
  package var rowsByTechnique: [TechniqueID: TechniqueRow] {
    Dictionary(techniques.map { ($0.technique.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The techniques that the agreed scope doesn't contain, each with the reason, without those that are accepted.
  package var outOfScope: [(row: TechniqueRow, exclusion: Scope.Exclusion)] {
    techniques.compactMap { row in row.exclusion.flatMap { $0.acceptance == nil ? (row, $0) : nil } }
  }

  /// The accepted gaps in the order of the configuration.
  package var acceptedGaps: [AcceptedRow] {
    (agreed?.accepted ?? []).compactMap { gap in
      let rows = techniques.filter { row in
        gap.isOver == true
          ? row.technique.id == gap.technique && row.exclusion == nil : row.exclusion?.acceptance == gap
      }
      return rows.isEmpty && scope?.contains(gap.technique) == false ? nil : AcceptedRow(gap: gap, rows: rows)
    }
  }
}
