/// The clauses that a filter keeps, indexed by the fields that they test.
package struct KeptClauses: Sendable {
  private(set) var clauses: [EventLogic] = []
  /// Tests that are sufficient on their own, with the clause's number.
  private(set) var single: [Int32: [(test: FieldTest, clause: Int)]] = [:]
  /// Tests that must be met together with others, with the clause's number.
  private(set) var joined: [Int32: [(test: FieldTest, clause: Int)]] = [:]

  package init() {}

  package mutating func append(_ clause: EventLogic) {
    clauses.append(clause)
    add(clause, of: clauses.count - 1, isAlone: true)
  }

  private mutating func add(_ logic: EventLogic, of clause: Int, isAlone: Bool) {
    switch logic {
    case .test(let test):
      if isAlone {
        single[test.field, default: []].append((test, clause))
      } else {
        joined[test.field, default: []].append((test, clause))
      }
    case .any(let parts): for part in parts { add(part, of: clause, isAlone: isAlone) }
    case .all(let parts): for part in parts { add(part, of: clause, isAlone: false) }
    case .opaque: break
    }
  }
}

extension KeptClauses {
  /// The numbers of the first clauses about values that the rule looks for, and the rule's tests for these values.
  package func nearest(to rule: LogicTree, limit: Int, in pool: PatternPool) -> (clauses: [Int], tests: [FieldTest]) {
    var (clauses, tests): ([Int], [FieldTest]) = ([], [])
    for own in rule.tests where !own.isNegated {
      for lists in [single, joined] {
        for kept in lists[own.field] ?? [] where !kept.test.isNegated && !clauses.contains(kept.clause) {
          guard own.implies(kept.test, in: pool) || kept.test.implies(own, in: pool) else { continue }
          clauses.append(kept.clause)
          tests.append(own)
          if clauses.count == limit { return (clauses.sorted(), tests) }
        }
      }
    }
    return (clauses.sorted(), tests)
  }
}
