import Matching
import RuleModel
import Telemetry

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
    for (index, lack) in lacks.enumerated() where lack.fields & rule.fields != 0 {
      let looksInto = rule.tests.contains { !$0.isNegated && LogicTree(.test($0)).implies(lack.logic, in: pool) }
      if looksInto { add(.leftOut(index), rule.implies(lack.logic, in: pool) ? .all : .leftOut, lack.id) }
    }
    if let keeps, !rule.isKept(by: kept, in: pool) {
      add(.notKept, keeps.contains { $0.mayTake(rule, in: pool) } ? .notKept : .all, id)
    }
    return findings
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
      tests = lacks[index].tests(of: rule, in: .related, pool: pool)
      kind = .leftOut(filter.lacks[index])
    case .notKept:
      let near = kept.nearest(to: rule, limit: 3, in: pool)
      tests = near.tests
      let keeps = filter.keeps ?? []
      kind = .notKept(conditions: keeps.count, nearest: near.clauses.map { keeps[$0] })
    }
    var (own, seen): ([Test], Set<Test>) = ([], [])
    for test in tests.sorted(by: { $0.index < $1.index }) where test.index != FieldTest.unwritten {
      if seen.insert(written[Int(test.index)]).inserted { own.append(written[Int(test.index)]) }
    }
    return HidingReason(
      events: [event], kind: kind, source: filter.source, tests: own, rank: candidate.rank)
  }
}
