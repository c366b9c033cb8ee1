import Diagnostics
import Events
import Matching
import RuleModel
import Telemetry
import Text

/// Keeps what many rules share: how events are collected, and the filters for each event.
struct VisibilityReviewer: Sendable {
  let rules: RuleColumn<Rule>
  let events: RuleColumn<[Event]>
  let map: EventMap
  let fields: FieldMap
  private var canonical: CanonicalFields
  private var numbers = FieldNumbers()
  /// For each event that a rule reads.
  let collections: [Event: EventCollection]
  private var filters: [Event: Compiled] = [:]
  /// For each event, the fields that only the provider's other events have.
  private var absent: [Event: Set<Int32>] = [:]
  /// What the fields of events mean.
  private var meanings: [Event: FieldMap.Meanings] = [:]
  private var pool = PatternPool()
  private var ids = PlaceNumbers()

  init(
    rules: RuleColumn<Rule>, events: RuleColumn<[Event]>, telemetry: Telemetry, map: EventMap, fields: FieldMap
  ) {
    self.rules = rules
    self.events = events
    collections = Set(events.joined()).reduce(into: [:]) { $0[$1] = telemetry.collection(of: $1) }
    self.map = map
    self.fields = fields
    canonical = CanonicalFields(map: fields)
  }

  /// - Parameter exclusions: receives the exclusions that can't work.
  mutating func visibility(of rule: RuleID, exclusions: inout [DeadExclusion]) -> RuleVisibility {
    let reached = events[rule]
    guard !reached.isEmpty else { return .unknown }
    let collected = reached.filter { collections[$0]?.isCollected ?? false }
    guard !collected.isEmpty else { return .blind(missing: reached) }
    var hidden: [(event: Event, found: Found)] = []
    var seen: Set<Event> = []
    var impossible: Set<Event> = []
    var withoutFields: [HidingReason] = []
    var logic: EventLogic?
    var builder = EventLogicBuilder(stages: rules[rule].stages)
    for event in collected {
      let own = logic ?? self.logic(of: rule, by: &builder)
      logic = own
      let asked = asked(by: own, of: rules[rule], in: event)
      // The rule may look for something that this event never has.
      if asked.isNever {
        impossible.insert(event)
        if let reason = absence(of: own, tests: builder.tests, in: event, rule) { withoutFields.append(reason) }
        continue
      }
      if collections[event]?.isWhole == true {
        seen.insert(event)
        continue
      }
      let tree = LogicTree(asked)
      let found = self.reasons(for: tree, tests: builder.tests, in: event)
      if !found.hidesAll { exclusions += deadExclusions(of: tree, tests: builder.tests, in: event) }
      if found.places.isEmpty { seen.insert(event) } else { hidden.append((event, found)) }
    }
    if hidden.isEmpty, seen.isEmpty {
      let missing = reached.filter { !impossible.contains($0) }
      guard missing.isEmpty else { return .blind(missing: missing) }
      // Rules that contradict themselves are reported elsewhere.
      return withoutFields.isEmpty
        ? .runs : RuleVisibility(partlyBlind: withoutFields, of: withoutFields.count, isHidden: true)
    }
    let matter = hidden.filter { event, _ in
      !map.equivalents(of: event).contains { pair in
        pair.quality == .same && pair.second.map(seen.contains) ?? false
      }
    }
    guard !matter.isEmpty else { return .runs }
    let count = matter.count == 1 ? matter[0].found.places.count : Set(matter.flatMap(\.found.places)).count
    return RuleVisibility(
      partlyBlind: matter.flatMap(\.found.reasons), of: count,
      isHidden: seen.isEmpty && hidden.allSatisfy(\.found.hidesAll))
  }

  /// Those of a provider's events that can't be what a rule looks for, for want of fields.
  mutating func unmatched(by rule: RuleID, among events: [Event]) -> Set<Event> {
    var builder = EventLogicBuilder(stages: rules[rule].stages)
    let logic = logic(of: rule, by: &builder)
    return Set(
      events.filter { event in
        !absentFields(of: event, rules[rule]).isEmpty && asked(by: logic, of: rules[rule], in: event).isNever
      })
  }

  private mutating func logic(of rule: RuleID, by builder: inout EventLogicBuilder) -> EventLogic {
    guard let condition = rules[rule].stages.first else { return .always }
    let context = canonical.context(of: rules[rule], events: events[rule])
    // Moved out of `self`, so that names can be looked up at the same time.
    var pool = PatternPool()
    swap(&pool, &self.pool)
    defer { swap(&pool, &self.pool) }
    return builder.logic(of: condition.predicate, pool: &pool) { name in
      numbers.number(of: canonical.name(of: name, in: context) ?? name)
    }
  }

  /// What hides events of one kind from a rule.
  private struct Found {
    var reasons: [HidingReason] = []
    /// The places of all reasons, including those that aren't kept.
    var places: [Int32] = []
    /// Whether the rule sees nothing of the event: one recorder hides everything, or each way does.
    var hidesAll = false
  }

  /// The most significant reasons for each recorder and for the way that hides least, and the places of all.
  private mutating func reasons(for tree: LogicTree, tests: [Test], in event: Event) -> Found {
    let (recorders, ways, _) = compiled(event)
    var result = Found()
    func add(_ filter: CompiledFilter, _ found: HidingFindings) {
      result.places += found.places
      for candidate in found.best {
        result.reasons.append(filter.reason(candidate, for: tree, written: tests, in: pool))
      }
    }
    for filter in recorders {
      let found = filter.findings(for: tree, limit: shownReasons, in: pool)
      if found.hidesAll { result.hidesAll = true }
      add(filter, found)
    }
    let byWays = ways.map { $0.findings(for: tree, limit: shownReasons, in: pool) }
    if let least = byWays.indices.min(by: { byWays[$0].places.count < byWays[$1].places.count }) {
      add(ways[least], byWays[least])
      if byWays.allSatisfy(\.hidesAll) { result.hidesAll = true }
    }
    return result
  }

  private mutating func deadExclusions(of tree: LogicTree, tests: [Test], in event: Event) -> [DeadExclusion] {
    guard tree.tests.contains(where: \.isNegated) else { return [] }
    return compiled(event).recorders.flatMap { $0.deadExclusions(of: tree, written: tests, in: pool) }
  }

  /// Why no event of a kind can be what a rule looks for, if it is for want of fields.
  private mutating func absence(of logic: EventLogic, tests: [Test], in event: Event, _ rule: RuleID) -> HidingReason? {
    let absent = absentFields(of: event, rules[rule])
    guard !asked(by: logic, of: rules[rule], in: event, absent: []).isNever else { return nil }
    let needed = LogicTree(logic).tests.filter { $0.needsValue && absent.contains($0.field) }
    let written = needed.filter { $0.index != FieldTest.unwritten }.map { tests[Int($0.index)] }.distinct()
    guard let first = written.first else { return nil }
    let names = listed(written.compactMap(\.field).distinct(), "and")
    let place = SourceLocation(rules[rule].source.file, at: first.position)
    let clause = FilterClause(
      .test(Test(field: first.field, kind: .exists, value: "true")), at: place, text: "\(names), which it never has")
    return HidingReason(
      events: [event], kind: .leftOut(clause),
      source: TelemetrySource(.missingFields, at: place), tests: written, rank: .all)
  }

  /// The fields that events of a kind never have and that rules may test: those of the provider's other events, and those
  /// that other events of the rule's log sources have. Agents add fields to events for the other dialects.
  private mutating func absentFields(of event: Event, _ rule: Rule) -> Set<Int32> {
    guard rule.key.dialect == .sigma else { return [] }
    let others =
      absent[event]
      ?? {
        // The head isn't among an event's fields.
        let own = Set((map.fields(of: event) ?? []).map { number(of: $0, in: event) })
          .union(EventMap.windowsHead.map { numbers.number(of: $0) })
        let found = Set(map.fieldsOfOthers(besides: event).map { number(of: $0, in: event) }).subtracting(own)
        absent[event] = found
        return found
      }()
    let lacked = map.lackedFields(of: event, in: rule.logSources, dialect: .sigma)
    return lacked.isEmpty ? others : others.union(lacked.map { number(of: $0, in: event) })
  }

  /// What a rule requires of events of one kind, including what is known about all of them.
  private mutating func asked(by logic: EventLogic, of rule: Rule, in event: Event) -> EventLogic {
    asked(by: logic, of: rule, in: event, absent: absentFields(of: event, rule))
  }

  private mutating func asked(
    by logic: EventLogic, of rule: Rule, in event: Event, absent: Set<Int32>
  ) -> EventLogic {
    let id = compiled(event).id.map { [$0] } ?? []
    let known = map.knownValues(of: event, in: rule.logSources, dialect: rule.key.dialect).map { condition in
      KnownField(field: number(of: condition.field, in: event), values: condition.values, in: &pool)
    }
    return .joined([logic.knowing(id + known, absent: absent, in: pool)] + known.map(\.logic), byAnd: true)
  }

  /// The recorders include what leaves fields of the event empty.
  private typealias Compiled = (recorders: [CompiledFilter], ways: [CompiledFilter], id: KnownField?)

  private mutating func compiled(_ event: Event) -> Compiled {
    if let known = filters[event] { return known }
    let collection = collections[event] ?? EventCollection()
    func compile(_ filters: [EventFilter]) -> [CompiledFilter] {
      // Moved out of `self`, so that names can be looked up at the same time.
      var pool = PatternPool()
      var ids = PlaceNumbers()
      swap(&pool, &self.pool)
      swap(&ids, &self.ids)
      defer {
        swap(&pool, &self.pool)
        swap(&ids, &self.ids)
      }
      var result: [CompiledFilter] = []
      for filter in filters {
        result.append(
          CompiledFilter(filter, of: event, ids: &ids, pool: &pool) { number(of: $0, in: event) })
      }
      return result
    }
    let id =
      event.isAny ? nil : KnownField(field: numbers.number(of: "EventID"), values: [event.name], in: &pool)
    let found: Compiled = (
      compile(collection.recorders + [collection.lacking].compactMap(\.self)),
      compile(collection.ways.filter { !$0.isOff }), id
    )
    filters[event] = found
    return found
  }

  /// The number of a field by its name in the event.
  private mutating func number(of name: String, in event: Event) -> Int32 {
    let known = meanings[event] ?? FieldMap.Meanings(of: fields, for: [], dialect: .sigma, events: [event])
    meanings[event] = known
    return numbers.number(of: known.canonical(name) ?? name)
  }
}
