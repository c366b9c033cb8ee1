import Matching
import RuleModel
import Text

/// The ways in which a rule can match: its logic in disjunctive normal form, reduced to the tests on fields in the
/// table.
///
/// - Parameter joinsEvents: whether different events may match different parts of it.
/// - Returns: an empty set if no event can meet all conditions; if there would be too many, alternatives that choose
///   each value separately and need no fields.
func alternatives(of stages: [Stage], joinsEvents: Bool, fields: FieldTable) -> Set<Alternative> {
  guard !stages.isEmpty, !fields.entries.isEmpty else { return [Alternative()] }
  let logic = joinsEvents ? RowLogic(of: stages) : RowLogic(whole: stages)
  // What a rule excludes matters less than what it selects.
  for minding in [true, false] {
    let finder = AlternativeFinder(stages: logic.stages, fields: fields, mindsExclusions: minding)
    guard let found = finder.alternatives(of: logic.parts) else { continue }
    guard found.isEmpty, joinsEvents else { return found }
    break
  }
  return AlternativeFinder(stages: stages, fields: fields, mindsExclusions: false).flat()
}

private struct AlternativeFinder {
  /// More ways than any sensible rule has; each one is compared with all targets.
  private static let limit = 1024

  let stages: [Stage]
  let fields: FieldTable
  /// Whether tests under an odd number of `not`s count.
  let mindsExclusions: Bool

  /// The ways in which a part of the logic can match.
  private enum Ways {
    case one(Alternative)
    case several(Set<Alternative>)
    case tooMany

    static let free = Ways.one(Alternative())
  }

  /// The ways of each part separately; nil if there are too many.
  func alternatives(of parts: [Predicate]) -> Set<Alternative>? {
    var fold = LogicFold<Ways>(over: stages)
    var result: Set<Alternative> = []
    for part in parts {
      let found = fold.value(
        of: part, test: { ways(of: $0, negated: $1) }, text: { _, _ in .free },
        group: { $1 ? product($0) : union($0) }, loop: { .free })
      switch found {
      case .one(let one): result.insert(one)
      case .several(let several): result.formUnion(several)
      case .tooMany: return nil
      }
    }
    guard result.count <= Self.limit else { return nil }
    // A part without conditions is about rows of other tables; in a sequence, it may be any event.
    if parts.count > 1, result.count > 1, !isSequence { result.remove(Alternative()) }
    return result
  }

  private var isSequence: Bool { stages.contains { $0.form == .condition && $0.language == .eql } }

  private func ways(of test: Test, negated: Bool) -> Ways {
    guard let listed = listedNumbers(test) else { return .one(alternative(of: test, negated: negated)) }
    let ways = listed.map { Ways.one(alternative(of: $0, negated: negated)) }
    return negated ? product(ways) : union(ways)
  }

  private func union(_ parts: [Ways]) -> Ways {
    // An empty group doesn't restrict events.
    if parts.isEmpty { return .free }
    var result: Set<Alternative> = []
    // Most tests have no effect here.
    var hasFree = false
    for part in parts {
      switch part {
      case .one(let one): if one.isFree { hasFree = true } else { result.insert(one) }
      case .several(let several): result.formUnion(several)
      case .tooMany: return .tooMany
      }
    }
    if hasFree { result.insert(Alternative()) }
    return withoutSurplus(result)
  }

  private func product(_ parts: [Ways]) -> Ways {
    // There can be many single alternatives, and each adds the same to all others.
    var common = Alternative()
    var others: [Set<Alternative>] = []
    for part in parts {
      switch part {
      case .one(let one): if !one.isFree, !common.add(one) { return .several([]) }
      case .several(let several):
        if several.isEmpty { return .several([]) }
        if several != [Alternative()] { others.append(several) }
      case .tooMany: return .tooMany
      }
    }
    var result: Set<Alternative> = [common]
    for several in others {
      guard several.count * result.count <= Self.limit else { return .tooMany }
      result = Set(result.flatMap { one in several.compactMap { one.and($0) } })
    }
    return withoutSurplus(result)
  }

  /// Removes alternatives that choose the same as another one but have more conditions.
  private func withoutSurplus(_ all: Set<Alternative>) -> Ways {
    guard all.count > 1 else { return .several(all) }
    let result = Dictionary(grouping: all, by: \.choices).values.flatMap { same in
      same.filter { one in !same.contains { $0.isWeaker(than: one) } }
    }
    return result.count <= Self.limit ? .several(Set(result)) : .tooMany
  }

  /// Every value that the rule looks for, regardless of its logic, in as many combinations as the limit allows.
  func flat() -> Set<Alternative> {
    var choices: [Int: Set<Alternative.Choice>] = [:]
    stages.forEachTest { test, negated in
      guard !negated else { return }
      for test in listedNumbers(test) ?? [test] {
        for (field, choice) in alternative(of: test).choices { choices[field, default: []].insert(choice) }
      }
    }
    var result: Set<Alternative> = [Alternative()]
    for (field, values) in choices.sorted(by: { $0.key < $1.key }) where values.count * result.count <= Self.limit {
      result = Set(result.flatMap { one in values.compactMap { one.and(Alternative(choices: [field: $0])) } })
    }
    return result
  }

  // MARK: Tests

  private func alternative(of test: Test, negated: Bool) -> Alternative {
    if !negated { return alternative(of: test) }
    return mindsExclusions ? exclusion(of: test) : Alternative()
  }

  private func alternative(of test: Test) -> Alternative {
    var result = Alternative()
    if let field = test.field.flatMap(fields.entry(of:)) {
      if field.isLacking, test.kind.needsField(value: test.value) { result.needs.insert(field.index) }
      if field.chooses {
        let isPlain = test.kind == .regex || test.modifiers.subtracting(.cased).isEmpty
        let pattern = isPlain ? valueTest(of: test, in: field) : nil
        if let pattern {
          result.limits.insert(Alternative.Limit(field: field.index, test: pattern, isNegated: false))
        }
        // A pattern for numbers doesn't choose a number.
        if var choice = Alternative.Choice(test), choice.isExact || !field.holdsNumbers {
          if field.holdsNumbers { choice.text = withoutLeadingZeros(choice.text) }
          choice.isOneOfSeveral = field.holdsSeveral
          result.choices[field.index] = choice
        }
      }
    }
    if test.kind == .fieldRef, let other = fields.entry(of: test.value), other.isLacking {
      result.needs.insert(other.index)
    }
    return result
  }

  /// What a test under `not` excludes: values of fields that select events.
  private func exclusion(of test: Test) -> Alternative {
    guard test.kind == .regex || test.modifiers.isEmpty, let field = test.field.flatMap(fields.entry(of:)),
      field.chooses
    else {
      return Alternative()
    }
    if test.kind == .eq {
      let value = field.holdsNumbers ? withoutLeadingZeros(test.value) : test.value
      return Alternative(excluded: [Alternative.FieldValue(field: field.index, value: value)])
    }
    return Alternative(
      limits: Set(
        [valueTest(of: test, in: field)].compactMap(\.self).map {
          Alternative.Limit(field: field.index, test: $0, isNegated: true)
        }))
  }

  /// The condition that a test for anything but one value places on a field's values.
  private func valueTest(of test: Test, in field: FieldTable.Entry) -> ValueTest? {
    switch test.kind {
    case .lt, .lte, .gt, .gte:
      guard field.holdsNumbers, let number = Int(test.value) else { return nil }
      return .number(test.kind, number)
    case .regex:
      guard field.holdsNumbers, let found = texts(inRegex: test) else { return nil }
      return .anyPattern(found.tests.compactMap(StarPattern.init(valuesOf:)))
    case .eq: return nil
    default: return StarPattern(valuesOf: test).map(ValueTest.pattern)
    }
  }

  /// The tests for the event numbers that a regular expression enumerates.
  private func listedNumbers(_ test: Test) -> [Test]? {
    guard test.kind == .regex, let field = test.field.flatMap(fields.entry(of:)), field.holdsNumbers else { return nil }
    return texts(inRegex: test).flatMap { $0.areWrittenOut ? $0.tests : nil }
  }
}

/// `04624` is event 4624; text that isn't a number is unchanged.
func withoutLeadingZeros(_ text: String) -> String {
  let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
  guard text.utf8.first == UInt8(ascii: "0"), text.utf8.allSatisfy(digits.contains) else { return text }
  let rest = text.drop { $0 == "0" }
  return rest.isEmpty ? "0" : String(rest)
}

extension TestKind {
  /// Whether only an event that has the field can pass the test.
  fileprivate func needsField(value: String) -> Bool {
    switch self {
    case .isNull: false
    case .exists: value == "true"
    default: true
    }
  }
}

extension Alternative.Choice {
  /// nil for tests that don't limit the possible values: numeric comparisons, encoded texts, regular expressions.
  fileprivate init?(_ test: Test) {
    guard test.modifiers.subtracting(.cased).isEmpty else { return nil }
    switch test.kind {
    case .eq: self.init(text: test.value, isExact: true)
    case .contains: self.init(text: "*\(test.value)*", isExact: false)
    case .startsWith: self.init(text: "\(test.value)*", isExact: false)
    case .endsWith: self.init(text: "*\(test.value)", isExact: false)
    case .wildcard: self.init(text: test.value, isExact: false)
    default: return nil
    }
  }
}
