package import RuleModel

/// A clause of a collector's filter, prepared for comparison with many rules.
package struct CompiledClause: Sendable {
  /// How a clause relates to what a rule looks for.
  package enum Relation: Int, Comparable, Sendable {
    /// No event matches both.
    case apart
    /// The clause tests fields that the rule doesn't, or the rule has an alternative that looks for something else.
    case onOtherFields
    /// The rule tests a field of the clause, but for unrelated values.
    case onOwnFields
    /// The rule looks for a value that the clause matches, or for part of it.
    case related

    package static func < (left: Relation, right: Relation) -> Bool { left.rawValue < right.rawValue }
  }

  private struct Alternative: Sendable {
    /// Indices in ``tests``.
    var range: Range<Int>
    /// As a bit set.
    var fields: UInt64
  }

  package let logic: EventLogic
  /// As a bit set.
  package let fields: UInt64
  /// Equal for the same clause in another event.
  package let id: Int32
  /// An event that the clause matches meets all tests of one of these; nil if there are too many.
  private let alternatives: [Alternative]?
  private let tests: [FieldTest]
  /// The fields that it asks to have a value, whatever that is.
  private let presentFields: Set<Int32>

  /// - Parameter field: maps a field's name as written to its number.
  package init(_ clause: Predicate, id: Int32, pool: inout PatternPool, field: (String) -> Int32) {
    self.id = id
    var builder = EventLogicBuilder()
    let logic = builder.logic(of: clause, pool: &pool, field: field)
    self.logic = logic
    var tests: [FieldTest] = []
    alternatives = logic.alternatives(atMost: 512)?.map { own in
      tests += own
      return Alternative(
        range: (tests.count - own.count)..<tests.count, fields: own.reduce(0) { $0 | LogicTree.bit(of: $1.field) })
    }
    self.tests = tests
    fields = LogicTree(logic).fields
    var present: Set<Int32> = []
    clause.forEachLeaf { leaf, isNegated in
      guard case .test(let test) = leaf, !isNegated, test.kind == .exists, test.value == "true" else { return }
      if let name = test.field { present.insert(field(name)) }
    }
    presentFields = present
  }

  /// Whether an event that matches the rule could also match the clause.
  package func mayTake(_ rule: LogicTree, in pool: PatternPool) -> Bool {
    guard fields & rule.fields != 0, let alternatives else { return true }
    return alternatives.contains { one in
      one.fields & rule.fields == 0 || rule.mayHold(with: tests, one.range, fields: one.fields, in: pool)
    }
  }

  /// Whether no event meets a rule's test if none has what one of this clause's tests asks for.
  package func rulesOut(_ own: FieldTest, in pool: PatternPool) -> Bool {
    guard own.needsValue else { return false }
    if presentFields.contains(own.field) { return true }
    return !own.isNegated && tests.contains { !$0.isNegated && $0.field == own.field && own.implies($0, in: pool) }
  }

  package func relation(to rule: LogicTree, in pool: PatternPool) -> Relation {
    guard fields & rule.fields != 0, let alternatives else { return .onOtherFields }
    var result = Relation.apart
    for one in alternatives {
      guard one.fields & rule.fields != 0 else {
        result = max(result, .onOtherFields)
        continue
      }
      guard rule.mayHold(with: tests, one.range, fields: one.fields, in: pool) else { continue }
      for own in rule.tests where result < .related && LogicTree.bit(of: own.field) & one.fields != 0 {
        result = max(result, relation(of: own, to: one.range, in: pool))
      }
      if result == .related { return result }
      result = max(result, .onOtherFields)
    }
    return result
  }

  /// The tests of a rule that have this relation to the clause.
  package func tests(of rule: LogicTree, in relation: Relation, pool: PatternPool) -> [FieldTest] {
    guard relation > .onOtherFields else { return [] }
    return rule.tests.filter { own in
      (alternatives ?? []).contains { self.relation(of: own, to: $0.range, in: pool) == relation }
    }
  }

  private func relation(of own: FieldTest, to others: Range<Int>, in pool: PatternPool) -> Relation {
    guard !own.isNegated else { return .apart }
    var result = Relation.apart
    for index in others where tests[index].field == own.field && !own.excludes(tests[index], in: pool) {
      let other = tests[index]
      if own.implies(other, in: pool) || !other.isNegated && other.implies(own, in: pool) { return .related }
      result = .onOwnFields
    }
    return result
  }
}
