import Events
import Matching
import RuleModel

extension EventFilter {
  /// What clauses do together but none of them does alone.
  enum JointEffect: Hashable, Sendable {
    /// Each event is matched by some clause that drops it.
    case dropsAll
    /// Each event is matched by some clause that keeps it.
    case keepsAll
    /// Everything that is kept is dropped as well.
    case dropsWhatIsKept
    /// No recorded event can meet what the clauses keep.
    case keepsNothing
  }

  /// An equivalent filter, its clauses evaluated together and with what is known about the event, so that ``isOff`` and
  /// ``isOpen`` are accurate.
  ///
  /// - Parameters:
  ///   - values: field values that all such events have: a clause that requires others matches nothing.
  ///   - effects: receives what the clauses were found to do together.
  func judged(knowing values: [LogSourceEvents.Condition], effects: inout [JointEffect]) -> EventFilter {
    guard !isOff, !isOpen else { return self }
    var judge = FilterJudge(knowing: values, lacks: lacks)
    var result = self
    result.drops = judge.simplified(drops)
    result.keeps = keeps.map { judge.simplified($0) }
    if result.keeps == [] {
      effects.append(.keepsNothing)
      return result
    }
    let drops = result.drops.map { judge.logic(of: $0.predicate) }
    if !result.isOff, !drops.isEmpty, judge.covers(drops) {
      effects.append(.dropsAll)
      result.drops = [FilterClause(.always, at: result.drops[0].location, text: result.drops.joinedText)]
      return result
    }
    guard let keeps = result.keeps, !result.isOff else { return result }
    let logics = keeps.map { judge.logic(of: $0.predicate) }
    if !logics.contains(where: \.isAlways), judge.covers(logics) {
      effects.append(.keepsAll)
      result.keeps = nil
    } else if !drops.isEmpty {
      let others = judge.refutation(unless: drops)
      let kept = zip(keeps, logics).filter { !judge.isImpossible($0.1, with: others) }.map(\.0)
      if kept.isEmpty { effects.append(.dropsWhatIsKept) }
      result.keeps = kept
    }
    return result
  }
}

extension [FilterClause] {
  /// The clauses' text, shortened for a reader.
  fileprivate var joinedText: String {
    prefix(3).map(\.text).joined(separator: " or ") + (count > 3 ? " or \(count - 3) more" : "")
  }
}

/// Compares the clauses of one filter with each other.
private struct FilterJudge {
  private var pool = PatternPool()
  private var numbers = FieldNumbers()
  private var known: [KnownField] = []
  /// Conditions that no recorded event meets.
  private var lacks: [FieldTest] = []

  init(knowing values: [LogSourceEvents.Condition], lacks: [FilterClause]) {
    for condition in values where !condition.values.isEmpty {
      known.append(KnownField(field: numbers.number(of: condition.field), values: condition.values, in: &pool))
    }
    for clause in lacks {
      clause.predicate.forEachLeaf { leaf, negated in
        guard case .test(let test) = leaf, !negated, let field = test.field else { return }
        self.lacks.append(fieldTest(test, field))
      }
    }
  }

  private mutating func fieldTest(_ test: Test, _ field: String) -> FieldTest {
    FieldTest(test, field: numbers.number(of: field), isNegated: false, index: FieldTest.unwritten, in: &pool)
  }

  mutating func simplified(_ clauses: [FilterClause]) -> [FilterClause] {
    guard !known.isEmpty || !lacks.isEmpty else { return clauses }
    var result: [FilterClause] = []
    for var clause in clauses {
      clause.predicate = simplified(clause.predicate)
      if !clause.predicate.isNever { result.append(clause) }
    }
    return result
  }

  private mutating func simplified(_ predicate: Predicate) -> Predicate {
    predicate.folded(
      leaf: { leaf in
        guard case .test(let test) = leaf, let field = test.field else { return Predicate(leaf) }
        let own = fieldTest(test, field)
        if let isPassed = known.lazy.compactMap({ [pool] in $0.decides(own, in: pool) }).first {
          return isPassed ? .always : .never
        }
        return lacks.contains { $0.field == own.field && own.implies($0, in: pool) } ? .never : .test(test)
      },
      all: Predicate.conjunction, any: Predicate.disjunction, not: Predicate.negation)
  }

  mutating func logic(of predicate: Predicate) -> EventLogic {
    var (builder, names) = (EventLogicBuilder(), numbers)
    defer { numbers = names }
    return builder.logic(of: predicate, pool: &pool) { names.number(of: $0) }
  }

  /// Whether every event is matched by one of the clauses.
  func covers(_ clauses: [EventLogic]) -> Bool { refutation(unless: clauses, isAskedAbout: true).isImpossible() }

  /// Requires an event that none of the clauses matches.
  func refutation(unless clauses: [EventLogic], isAskedAbout: Bool = false) -> Refutation {
    var result = Refutation(in: pool)
    for field in known { result.demand(field.logic) }
    for clause in clauses { result.demand(clause.opposite, isAskedAbout: isAskedAbout) }
    return result
  }

  func isImpossible(_ clause: EventLogic, with demands: Refutation) -> Bool {
    var demands = demands
    demands.demand(clause, isAskedAbout: true)
    return demands.isImpossible(tries: 16)
  }
}
