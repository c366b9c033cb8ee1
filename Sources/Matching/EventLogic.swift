package import RuleModel

/// What a rule or a filter requires of one event, with `not` applied only to single tests.
package indirect enum EventLogic: Sendable {
  case all([EventLogic])
  case any([EventLogic])
  case test(FieldTest)
  /// A condition that isn't known.
  case opaque
}

extension EventLogic: JoinedLogic {
  package var isAlways: Bool { if case .all(let parts) = self { parts.isEmpty } else { false } }
  package var isNever: Bool { if case .any(let parts) = self { parts.isEmpty } else { false } }
}

extension EventLogic {
  /// This logic for an event of which the values of some fields are known, simplified: what can't be true is removed.
  ///
  /// - Parameter absent: the fields that the event never has.
  package func knowing(_ facts: [KnownField], absent: Set<Int32> = [], in pool: PatternPool) -> EventLogic {
    switch self {
    case .all(let parts): return .joined(parts.map { $0.knowing(facts, absent: absent, in: pool) }, byAnd: true)
    case .any(let parts): return .joined(parts.map { $0.knowing(facts, absent: absent, in: pool) }, byAnd: false)
    case .opaque: return self
    case .test(let test):
      if absent.contains(test.field) {
        return test.needsValue ? .never : test.opposite.needsValue ? .always : self
      }
      return facts.lazy.compactMap { $0.decides(test, in: pool) }.first.map { $0 ? .always : .never } ?? self
    }
  }

  /// Met by exactly the events that don't meet this logic. The opposite of what is opaque is opaque too.
  package var opposite: EventLogic {
    switch self {
    case .all(let parts): .any(parts.map(\.opposite))
    case .any(let parts): .all(parts.map(\.opposite))
    case .test(let test): .test(test.opposite)
    case .opaque: .opaque
    }
  }

  /// Alternatives, each with tests that must all be met, leaving out what is opaque; nil if there would be too many.
  ///
  /// An alternative without tests matches any event.
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

/// Assigns numbers to fields; names for the same field get the same number.
package struct FieldNumbers: Sendable {
  private var numbers: [String: Int32] = [:]

  package init() {}

  /// - Parameter name: canonical; case-insensitive.
  package mutating func number(of name: String) -> Int32 {
    let key = name.lowercased()
    if let number = numbers[key] { return number }
    let number = Int32(numbers.count)
    numbers[key] = number
    return number
  }
}

/// Builds the logic of a predicate, including the stages that it refers to.
package struct EventLogicBuilder {
  /// The tests as written, indexed by ``FieldTest/index``.
  package private(set) var tests: [Test] = []
  private let stages: [Stage]

  package init(stages: [Stage] = []) { self.stages = stages }

  /// - Parameter field: maps a field's name as written to its number.
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
