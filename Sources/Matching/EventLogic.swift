package import RuleModel

/// What a rule or a filter asks of one event, with `not` only before single tests.
package indirect enum EventLogic: Sendable {
  case all([EventLogic])
  case any([EventLogic])
  case test(FieldTest)
  /// What isn't known.
  case opaque
}

extension EventLogic: JoinedLogic {
  package var isAlways: Bool { if case .all(let parts) = self { parts.isEmpty } else { false } }
  package var isNever: Bool { if case .any(let parts) = self { parts.isEmpty } else { false } }
}

extension EventLogic {
  /// The same of an event of which some fields' values are known: what then can't be falls away.
  package func knowing(_ facts: [KnownField], in pool: PatternPool) -> EventLogic {
    switch self {
    case .all(let parts): return .joined(parts.map { $0.knowing(facts, in: pool) }, byAnd: true)
    case .any(let parts): return .joined(parts.map { $0.knowing(facts, in: pool) }, byAnd: false)
    case .opaque: return self
    case .test(let test):
      return facts.lazy.compactMap { $0.decides(test, in: pool) }.first.map { $0 ? .always : .never } ?? self
    }
  }

  /// Met by just the events that this isn't; of what is opaque, nothing can be told either way.
  package var opposite: EventLogic {
    switch self {
    case .all(let parts): .any(parts.map(\.opposite))
    case .any(let parts): .all(parts.map(\.opposite))
    case .test(let test): .test(test.opposite)
    case .opaque: .opaque
    }
  }

  /// As alternatives of tests that must all be met, what is opaque left out; nil where there would be too many.
  ///
  /// An alternative without tests is met by anything.
  func alternatives(atMost limit: Int) -> [[FieldTest]]? {
    switch self {
    case .opaque: return [[]]
    case .test(let test): return [[test]]
    case .any(let parts):
      var result: [[FieldTest]] = []
      for part in parts {
        guard let found = part.alternatives(atMost: limit - result.count) else { return nil }
        result += found
      }
      return result.count <= limit ? result : nil
    case .all(let parts):
      var result: [[FieldTest]] = [[]]
      for part in parts {
        guard let found = part.alternatives(atMost: limit), found.count * result.count <= limit else { return nil }
        result = result.flatMap { one in found.map { one + $0 } }
      }
      return result
    }
  }
}

/// Numbers for fields; those that mean the same have the same.
package struct FieldNumbers: Sendable {
  private var numbers: [String: Int32] = [:]

  package init() {}

  /// - Parameter name: canonical; its case doesn't count.
  package mutating func number(of name: String) -> Int32 {
    let key = name.lowercased()
    if let number = numbers[key] { return number }
    let number = Int32(numbers.count)
    numbers[key] = number
    return number
  }
}

/// Makes logic of a predicate and of the stages that it names.
package struct EventLogicBuilder {
  /// The tests as they were written; each ``FieldTest/index`` counts in it.
  package private(set) var tests: [Test] = []
  private let stages: [Stage]

  package init(stages: [Stage] = []) { self.stages = stages }

  /// - Parameter field: a field's number by its name as written.
  package mutating func logic(of predicate: Predicate, pool: inout PatternPool, field: (String) -> Int32) -> EventLogic
  {
    var fold = LogicFold<EventLogic>(over: stages)
    return fold.value(
      of: predicate,
      test: { test, negated in
        guard let name = test.field else { return .opaque }
        tests.append(test)
        return .test(FieldTest(test, field: field(name), isNegated: negated, index: tests.count - 1, in: &pool))
      },
      text: { _, _ in .opaque }, group: { .joined($0, byAnd: $1) }, loop: { .opaque })
  }
}
