package import Events
package import RuleModel
package import Telemetry

/// What each rule of a catalogue sees of what is collected, by the rule's index.
///
/// - A rule *runs* when at least one of its events is collected; a correlation when all of its rules run.
/// - It is *partly blind* when a filter of a collector can hide what it looks for: when some event that the rule matches
///   may be dropped, or is not sure to be kept. Tests are compared as texts, field by field; what can't be compared
///   (regular expressions, numbers, keywords) counts as if it could be hidden. An event that is hidden doesn't matter where
///   another event of the rule tells the same (`quality: same` in the event map) and is not.
/// - It is *blind* when none of its events is collected, and *unknown* when it has no event.
package struct VisibilityReview: Sendable {
  package let rules: [RuleVisibility]
  /// How each event that a rule reaches is collected.
  package let collections: [Event: EventCollection]

  /// - Parameters:
  ///   - events: that each rule reaches, by the rule's index; a correlation's are those of its rules.
  ///   - correlated: the rules that each correlation names, by index; nil for one that isn't there.
  package init(
    of rules: [Rule], events: [[Event]], correlated: [[Int?]], telemetry: Telemetry, map: EventMap, fields: FieldMap
  ) {
    var reviewer = Reviewer(rules: rules, events: events, telemetry: telemetry, map: map, fields: fields)
    var result = rules.indices.map { correlated[$0].isEmpty ? reviewer.visibility(of: $0) : .unknown }
    // A correlation may name others, but itself only by mistake.
    for _ in 0..<8 {
      let before = result
      for index in rules.indices where !correlated[index].isEmpty {
        result[index] = RuleVisibility(ofCorrelated: correlated[index].map { $0.map { result[$0] } ?? .unknown })
      }
      if before == result { break }
    }
    self.rules = result
    collections = reviewer.collections
  }
}

extension VisibilityReview {
  /// Of a catalogue that is indexed.
  package init(of index: CatalogIndex, telemetry: Telemetry, map: EventMap, fields: FieldMap) {
    self.init(
      of: index.rules, events: index.events.map { $0.events.map(\.event) }, correlated: index.references.correlated,
      telemetry: telemetry, map: map, fields: fields)
  }
}

/// How many reasons are kept of a rule.
private let shownReasons = 3

extension RuleVisibility {
  /// What one line does to several events is one reason.
  ///
  /// - Parameters:
  ///   - reasons: at least one; those that tell most.
  ///   - count: of all there are.
  fileprivate init(partlyBlind reasons: [HidingReason], of count: Int) {
    var joined: [HidingReason] = []
    for reason in reasons.sorted() {
      if let index = joined.firstIndex(where: { $0.location == reason.location && $0.kind.isLike(reason.kind) }) {
        joined[index].events = Set(joined[index].events + reason.events).sorted()
      } else {
        joined.append(reason)
      }
    }
    let shown = Array(joined.prefix(shownReasons))
    self = .partlyBlind(shown, more: max(0, count - shown.count))
  }

  /// All of the rules must run; the worst of them decides.
  fileprivate init(ofCorrelated parts: [RuleVisibility]) {
    var (missing, reasons, count): ([Event], [HidingReason], Int) = ([], [], 0)
    var (isBlind, isUnknown) = (false, parts.isEmpty)
    for part in parts {
      switch part {
      case .runs: break
      case .partlyBlind(let found, let others):
        reasons += found
        count += found.count + others
      case .blind(let events):
        isBlind = true
        missing += events
      case .unknown: isUnknown = true
      }
    }
    if isBlind {
      self = .blind(missing: Set(missing).sorted())
    } else if isUnknown {
      self = .unknown
    } else {
      self = reasons.isEmpty ? .runs : RuleVisibility(partlyBlind: reasons, of: count)
    }
  }
}

/// Keeps what is worked out once for many rules: how events are collected, and the filters by event.
private struct Reviewer {
  let rules: [Rule]
  let events: [[Event]]
  let telemetry: Telemetry
  let map: EventMap
  let fields: FieldMap
  private var canonical: CanonicalFields
  private var numbers = FieldNumbers()
  private(set) var collections: [Event: EventCollection] = [:]
  private var filters: [Event: Compiled] = [:]
  private var pool = PatternPool()
  private var ids = PlaceNumbers()

  init(rules: [Rule], events: [[Event]], telemetry: Telemetry, map: EventMap, fields: FieldMap) {
    self.rules = rules
    self.events = events
    self.telemetry = telemetry
    self.map = map
    self.fields = fields
    canonical = CanonicalFields(of: rules, events: events, map: fields)
  }

  mutating func visibility(of rule: Int) -> RuleVisibility {
    let reached = events[rule]
    guard !reached.isEmpty else { return .unknown }
    let collected = reached.filter { collection(of: $0).isCollected }
    guard !collected.isEmpty else { return .blind(missing: reached) }
    var hidden: [(event: Event, reasons: [HidingReason], places: [Int32])] = []
    var seen: Set<Event> = []
    var logic: EventLogic?
    var builder = EventLogicBuilder(stages: rules[rule].stages)
    for event in collected {
      if collections[event]?.isWhole == true {
        seen.insert(event)
        continue
      }
      let own = logic ?? self.logic(of: rule, by: &builder)
      logic = own
      let (reasons, places) = self.reasons(for: own, tests: builder.tests, in: event)
      if places.isEmpty { seen.insert(event) } else { hidden.append((event, reasons, places)) }
    }
    let matter = hidden.filter { event, _, _ in
      !map.equivalents(of: event).contains { pair in
        pair.quality == .same && pair.second.map(seen.contains) ?? false
      }
    }
    guard !matter.isEmpty else { return .runs }
    let count = matter.count == 1 ? matter[0].places.count : Set(matter.flatMap(\.places)).count
    return RuleVisibility(partlyBlind: matter.flatMap(\.reasons), of: count)
  }

  private mutating func collection(of event: Event) -> EventCollection {
    if let known = collections[event] { return known }
    let found = telemetry.collection(of: event)
    collections[event] = found
    return found
  }

  private mutating func logic(of rule: Int, by builder: inout EventLogicBuilder) -> EventLogic {
    guard let condition = rules[rule].stages.first else { return .always }
    // Out of self, so that names can be looked up meanwhile.
    var pool = PatternPool()
    swap(&pool, &self.pool)
    defer { swap(&pool, &self.pool) }
    return builder.logic(of: condition.predicate, pool: &pool) { name in
      numbers.number(of: canonical.name(of: name, for: rule) ?? name)
    }
  }

  /// Those that tell most, behind each recorder and behind the way that hides least, and the places of all.
  private mutating func reasons(
    for rule: EventLogic, tests: [Test], in event: Event
  ) -> (reasons: [HidingReason], places: [Int32]) {
    let (recorders, ways, facts) = compiled(event)
    let tree = LogicTree(rule.knowing(facts, in: pool))
    var (reasons, places): ([HidingReason], [Int32]) = ([], [])
    func add(_ filter: CompiledFilter, _ found: HidingFindings) {
      places += found.places
      for candidate in found.best {
        reasons.append(filter.reason(candidate, for: tree, written: tests, in: pool))
      }
    }
    for filter in recorders { add(filter, filter.findings(for: tree, limit: shownReasons, in: pool)) }
    let byWays = ways.map { $0.findings(for: tree, limit: shownReasons, in: pool) }
    if let least = byWays.indices.min(by: { byWays[$0].places.count < byWays[$1].places.count }) {
      add(ways[least], byWays[least])
    }
    return (reasons, places)
  }

  private typealias Compiled = (recorders: [CompiledFilter], ways: [CompiledFilter], facts: [FieldTest])

  private mutating func compiled(_ event: Event) -> Compiled {
    if let known = filters[event] { return known }
    let collection = collection(of: event)
    let fields = fields
    var numbers = numbers
    func compile(_ filters: [EventFilter]) -> [CompiledFilter] {
      var result: [CompiledFilter] = []
      for filter in filters {
        result.append(
          CompiledFilter(filter, of: event, ids: &ids, pool: &pool) { name in
            let canonical = fields.canonical(name, for: LogSource(), dialect: .sigma, events: [event])
            return numbers.number(of: canonical ?? name)
          })
      }
      return result
    }
    let id = Test(field: "EventID", kind: .eq, value: event.name)
    let found: Compiled = (
      compile(collection.recorders), compile(collection.ways.filter { !$0.isOff }),
      [FieldTest(id, field: numbers.number(of: "EventID"), isNegated: false, index: 0, in: &pool)]
    )
    self.numbers = numbers
    filters[event] = found
    return found
  }
}

extension HidingReason.Kind {
  /// Whether it is the same but for what comes nearest.
  fileprivate func isLike(_ other: HidingReason.Kind) -> Bool {
    switch (self, other) {
    case (.dropped(let one), .dropped(let other)), (.leftOut(let one), .leftOut(let other)): one.text == other.text
    case (.notKept, .notKept), (.turnedOff, .turnedOff): true
    default: false
    }
  }
}
