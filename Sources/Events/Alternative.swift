import Diagnostics
import RuleModel

/// One way in which a rule can match, as far as it chooses events.
struct Alternative: Hashable {
  /// What fields must hold, by their numbers in the ``FieldTable``.
  var choices: [Int: Choice] = [:]
  /// The fields that must be there, by number.
  var needs: Set<Int> = []

  /// Whether it asks for nothing.
  var isFree: Bool { choices.isEmpty && needs.isEmpty }

  /// A value that a field must have, or a pattern that it must match.
  struct Choice: Hashable {
    /// With `*` for any text where it isn't exact.
    var text: String
    var isExact: Bool
    /// Whether it's all that is asked of the field.
    var isSole = true

    /// Patterns without a star in front first, then by their bytes.
    fileprivate func precedes(_ other: Choice) -> Bool {
      let (isOpen, otherIsOpen) = (text.hasPrefix("*"), other.text.hasPrefix("*"))
      return isOpen != otherIsOpen ? otherIsOpen : inByteOrder(text, other.text)
    }
  }

  /// Both at once; nil where a field would have to hold two different values.
  func and(_ other: Alternative) -> Alternative? {
    var result = self
    result.needs.formUnion(other.needs)
    for (field, choice) in other.choices {
      guard let present = result.choices[field] else {
        result.choices[field] = choice
        continue
      }
      switch (present.isExact, choice.isExact) {
      case (true, true):
        if lowercasedASCII(present.text) != lowercasedASCII(choice.text) { return nil }
      case (false, true): result.choices[field] = choice
      case (true, false): break
      case (false, false):
        guard choice != present else { continue }
        // Both hold; the one that tells how the value begins says most of the provider.
        var first = choice.precedes(present) ? choice : present
        first.isSole = false
        result.choices[field] = first
      }
    }
    return result
  }
}

/// The ways in which a rule can match: its logic in disjunctive normal form, of which only the tests on the fields of
/// the table are kept. A test under an odd number of `not` chooses nothing.
///
/// - Returns: at least one; where there would be too many, ways that choose each value on its own and need nothing.
func alternatives(of stages: [Stage], fields: FieldTable) -> Set<Alternative> {
  guard let condition = stages.first, !fields.entries.isEmpty else { return [Alternative()] }
  var finder = AlternativeFinder(stages: stages, fields: fields)
  if let found = finder.alternatives(of: condition.predicate, negated: false), !found.isEmpty { return found }
  return finder.flat()
}

private struct AlternativeFinder {
  /// More ways than any rule of sense has; each costs a look at all targets.
  private static let limit = 1024

  private struct StageUse: Hashable {
    var index: Int
    var negated: Bool
  }

  let stages: [Stage]
  let fields: FieldTable
  private var known: [StageUse: Set<Alternative>] = [:]

  init(stages: [Stage], fields: FieldTable) {
    self.stages = stages
    self.fields = fields
  }

  /// nil where there are too many.
  mutating func alternatives(of predicate: Predicate, negated: Bool) -> Set<Alternative>? {
    switch predicate {
    case .all(let parts): negated ? union(parts, negated: true) : product(parts, negated: false)
    case .any(let parts): negated ? product(parts, negated: true) : union(parts, negated: false)
    case .not(let part): alternatives(of: part, negated: !negated)
    case .test, .opaque: [alternative(ofLeaf: predicate, negated: negated) ?? Alternative()]
    case .stage(let index): stage(index, negated: negated)
    }
  }

  private mutating func stage(_ index: Int, negated: Bool) -> Set<Alternative>? {
    let use = StageUse(index: index, negated: negated)
    if let known = known[use] { return known }
    let found = alternatives(of: stages[index].predicate, negated: negated)
    known[use] = found
    return found
  }

  private mutating func union(_ parts: [Predicate], negated: Bool) -> Set<Alternative>? {
    var result: Set<Alternative> = []
    // Most tests ask for nothing that matters here.
    var hasFree = false
    for part in parts {
      if let leaf = alternative(ofLeaf: part, negated: negated) {
        if leaf.isFree { hasFree = true } else { result.insert(leaf) }
      } else if let found = alternatives(of: part, negated: negated) {
        result.formUnion(found)
      } else {
        return nil
      }
    }
    if hasFree { result.insert(Alternative()) }
    return withoutSurplus(result)
  }

  private mutating func product(_ parts: [Predicate], negated: Bool) -> Set<Alternative>? {
    var result: Set<Alternative> = [Alternative()]
    for part in parts {
      let found: Set<Alternative>
      if let leaf = alternative(ofLeaf: part, negated: negated) {
        if leaf.isFree { continue }
        found = [leaf]
      } else if let several = alternatives(of: part, negated: negated), several.count * result.count <= Self.limit {
        if several == [Alternative()] { continue }
        found = several
      } else {
        return nil
      }
      result = Set(result.flatMap { one in found.compactMap { one.and($0) } })
    }
    return withoutSurplus(result)
  }

  /// What a predicate without parts asks for; nil for one that has parts.
  private func alternative(ofLeaf predicate: Predicate, negated: Bool) -> Alternative? {
    switch predicate {
    case .test(let test): negated ? Alternative() : alternative(of: test)
    case .opaque: Alternative()
    default: nil
    }
  }

  /// Leaves out the ways that choose the same as another and need more.
  private func withoutSurplus(_ all: Set<Alternative>) -> Set<Alternative>? {
    guard all.count > 1 else { return all }
    let result = Dictionary(grouping: all, by: \.choices).values.flatMap { same in
      same.filter { one in !same.contains { $0.needs.isStrictSubset(of: one.needs) } }
    }
    return result.count <= Self.limit ? Set(result) : nil
  }

  /// Every value that the rule looks for, without regard to its logic, in as many combinations as the limit allows.
  func flat() -> Set<Alternative> {
    var choices: [Int: Set<Alternative.Choice>] = [:]
    var (waiting, seen): ([StageUse], Set<StageUse>) = ([StageUse(index: 0, negated: false)], [])
    while let use = waiting.popLast() {
      guard seen.insert(use).inserted else { continue }
      stages[use.index].predicate.forEachLeaf(negated: use.negated) { leaf, negated in
        switch leaf {
        case .stage(let index): waiting.append(StageUse(index: index, negated: negated))
        case .test(let test) where !negated:
          for (field, choice) in alternative(of: test).choices { choices[field, default: []].insert(choice) }
        case .test: break
        }
      }
    }
    var result: Set<Alternative> = [Alternative()]
    for (field, values) in choices.sorted(by: { $0.key < $1.key }) where values.count * result.count <= Self.limit {
      result = Set(result.flatMap { one in values.compactMap { one.and(Alternative(choices: [field: $0])) } })
    }
    return result
  }

  private func alternative(of test: Test) -> Alternative {
    var result = Alternative()
    if let field = test.field.flatMap(fields.entry(of:)) {
      if field.isLacking, test.kind.needsField(value: test.value) { result.needs.insert(field.index) }
      if field.chooses, let choice = Alternative.Choice(test) { result.choices[field.index] = choice }
    }
    if test.kind == .fieldRef, let other = fields.entry(of: test.value), other.isLacking {
      result.needs.insert(other.index)
    }
    return result
  }
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
  /// nil for tests that say nothing of which values there may be: numbers compared, encoded texts, regular expressions.
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
