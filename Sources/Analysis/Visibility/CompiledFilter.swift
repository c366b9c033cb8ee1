import Matching
import RuleModel
import Telemetry
import Text

/// A collector's filter for one event, prepared for comparison with many rules.
struct CompiledFilter {
  private let filter: EventFilter
  private let event: Event
  /// Identifies the filter as a whole; equal for another event that the same lines decide.
  private let id: Int32
  // Clauses keep their order in the filter.
  private let drops: [CompiledClause]
  private let lacks: [CompiledClause]
  private let keeps: [CompiledClause]?
  private var kept = KeptClauses()
  private var dropped = KeptClauses()

  /// - Parameters:
  ///   - ids: assigns numbers to places, so that what affects several events is reported once.
  ///   - field: maps a field's name in the event to its number.
  init(
    _ filter: EventFilter, of event: Event, ids: inout PlaceNumbers, pool: inout PatternPool,
    field: (String) -> Int32
  ) {
    var compiled: [[CompiledClause]] = []
    for clauses in [filter.drops, filter.lacks, filter.keeps ?? []] {
      var result: [CompiledClause] = []
      for clause in clauses {
        let id = ids.number(of: clause.location, clause.text)
        result.append(CompiledClause(clause.predicate, id: id, pool: &pool, field: field))
      }
      compiled.append(result)
    }
    self.filter = filter
    self.event = event
    id = ids.number(of: filter.source.location, "")
    drops = compiled[0]
    lacks = compiled[1]
    keeps = filter.keeps == nil || compiled[2].contains { $0.logic.isAlways } ? nil : compiled[2]
    for clause in keeps ?? [] { kept.append(clause.logic) }
    for clause in drops { dropped.append(clause.logic) }
  }
}

/// A reason why a rule may miss events behind a filter, before the details are filled in.
struct HidingCandidate {
  fileprivate enum Kind {
    case off
    case dropped(Int, CompiledClause.Relation)
    case leftOut(Int)
    case notKept
  }

  fileprivate var kind: Kind
  fileprivate var rank: HidingReason.Rank
}

/// What hides events from a rule behind a filter: the most significant reasons, and the places of all.
struct HidingFindings {
  var best: [HidingCandidate] = []
  /// The numbers of all places, each once.
  var places: [Int32] = []
  /// Whether a single one of them hides everything.
  var hidesAll: Bool { best.first?.rank == .all }

  /// - Parameter limit: how many of the best to keep; sorted by rank, then in the order added.
  mutating func add(
    _ kind: @autoclosure () -> HidingCandidate, rank: HidingReason.Rank, place: Int32, limit: Int
  ) {
    places.append(place)
    guard best.count < limit || rank < best[best.count - 1].rank else { return }
    best.insert(kind(), at: best.firstIndex { $0.rank > rank } ?? best.count)
    if best.count > limit { best.removeLast() }
  }
}

extension CompiledFilter {
  func findings(for rule: LogicTree, limit: Int, in pool: PatternPool) -> HidingFindings {
    var findings = HidingFindings()
    func add(_ kind: HidingCandidate.Kind, _ rank: HidingReason.Rank, _ place: Int32) {
      findings.add(HidingCandidate(kind: kind, rank: rank), rank: rank, place: place, limit: limit)
    }
    if filter.isOff {
      add(.off, .all, id)
      return findings
    }
    // The alternatives of a rule may be dropped by different clauses.
    let written = pool.takingAsWritten
    let dropsAll = !drops.isEmpty && rule.isKept(by: dropped, in: written)
    for index in drops.indices {
      let relation = drops[index].relation(to: rule, in: written)
      let rank: HidingReason.Rank
      switch relation {
      case .apart: continue
      case .related: rank = dropsAll || rule.implies(drops[index].logic, in: written) ? .all : .related
      case .onOwnFields: rank = .ownFields
      case .onOtherFields: rank = drops[index].logic.isAlways ? .all : .otherFields
      }
      add(.dropped(index, relation), rank, drops[index].id)
    }
    let touching = lacks.indices.filter { index in
      lacks[index].fields & rule.fields != 0 && rule.tests.contains { lacks[index].rulesOut($0, in: pool) }
    }
    let certain = touching.filter { !filter.lacks[$0].isDoubtful }
    let deciding = certain.filter { index in rule.isImpossible { lacks[index].rulesOut($0, in: pool) } }
    // Several fields together may leave nothing of a rule of which each leaves something.
    let hidesAll =
      deciding.isEmpty && certain.count > 1
      && rule.isImpossible { test in certain.contains { lacks[$0].rulesOut(test, in: pool) } }
    for index in touching {
      let isDecisive = hidesAll ? certain.contains(index) : deciding.contains(index)
      add(.leftOut(index), isDecisive ? .all : .leftOut, lacks[index].id)
    }
    if let keeps, !rule.isKept(by: kept, in: pool) {
      add(.notKept, keeps.contains { $0.mayTake(rule, in: pool) } ? .notKept : .all, id)
    }
    return findings
  }

  /// The exclusions of a rule that can't work, as the events never have what they look for. An exclusion from alternatives
  /// that can't match either excludes nothing that the rule would detect.
  ///
  /// - Parameter written: the rule's tests as written.
  func deadExclusions(of rule: LogicTree, written: [Test], in pool: PatternPool) -> [DeadExclusion] {
    let certain = lacks.indices.filter { lacks[$0].fields & rule.fields != 0 && !filter.lacks[$0].isDoubtful }
    let deciding = rule.decidingTests { test in certain.contains { lacks[$0].rulesOut(test, in: pool) } }
    return certain.compactMap { index in
      let dead = deciding.filter { $0.isNegated && lacks[index].rulesOut($0.opposite, in: pool) }
      let tests = self.written(dead, written)
      return tests.isEmpty ? nil : DeadExclusion(events: [event], clause: filter.lacks[index], tests: tests)
    }
  }

  /// Tests as the rule writes them, each once, in the rule's order.
  private func written(_ tests: [FieldTest], _ written: [Test]) -> [Test] {
    tests.filter { $0.index != FieldTest.unwritten }.sorted { $0.index < $1.index }
      .map { written[Int($0.index)] }.distinct()
  }

  /// - Parameter written: the rule's tests as written.
  func reason(_ candidate: HidingCandidate, for rule: LogicTree, written: [Test], in pool: PatternPool) -> HidingReason
  {
    var tests: [FieldTest] = []
    let kind: HidingReason.Kind
    switch candidate.kind {
    case .off: kind = .turnedOff(isDefault: filter.isDefault)
    case .dropped(let index, let relation):
      tests = drops[index].tests(of: rule, in: relation, pool: pool.takingAsWritten)
      kind = .dropped(filter.drops[index])
    case .leftOut(let index):
      tests = rule.tests.filter { lacks[index].rulesOut($0, in: pool) }
      kind = .leftOut(filter.lacks[index])
    case .notKept:
      let near = kept.nearest(to: rule, limit: 3, in: pool)
      tests = near.tests
      let keeps = filter.keeps ?? []
      kind = .notKept(conditions: keeps.count, nearest: near.clauses.map { keeps[$0] })
    }
    return HidingReason(
      events: [event], kind: kind, source: filter.source, tests: self.written(tests, written), rank: candidate.rank)
  }
}
