import RuleModel

/// Values that are one of several.
extension PythonReader {
  /// Changes each of the values that one may be; nil if it is only one.
  func mapped(_ value: PythonValue, _ change: (PythonValue) -> PythonValue) -> PythonValue? {
    switch value {
    case .cases(let cases, let otherwise) where cases.allSatisfy(\.isKey):
      return .cases(
        cases.map { PythonValue.Case(condition: $0.condition, value: change($0.value.plain), isKey: true) },
        otherwise: change(otherwise.plain))
    case .cases(let cases, let otherwise):
      return cases.reversed().reduce(change(otherwise.plain)) {
        PythonFlow.choice($1.condition, change($1.value.plain), $0)
      }
    case .alternatives(let values):
      let changed = values.map { change($0.plain) }
      // A default isn't compared.
      let compared = zip(values, changed).filter { value, result in
        if case .boolean = result { !value.isConstant } else { true }
      }
      return .alternatives(compared.isEmpty ? changed : compared.map(\.1))
    default: return nil
    }
  }

  /// Whether each of the values that one may be is true; nil if it is only one. The conditions decide as well.
  func eachTruth(_ value: PythonValue, _ logic: (PythonValue) -> Predicate) -> Predicate? {
    switch value {
    case .cases(let cases, let otherwise): folded(cases, otherwise, choosing: false, logic)
    case .alternatives(let values): Predicate.disjunction(values.map(logic)).flat
    default: nil
    }
  }

  /// The logic of comparing each of the values that one may be; nil if it is only one. Conditions are no tests that only
  /// choose which of them is compared, or whether something is that no test says; neither is a comparison of a default.
  func each(_ value: PythonValue, _ logic: (PythonValue) -> Predicate) -> Predicate? {
    switch value {
    case .cases(let cases, let otherwise):
      let areTruths = (cases.map(\.value) + [otherwise]).contains { $0.plain.isLogic }
      return folded(cases, otherwise, choosing: !areTruths) { logic($0.plain) }
    case .alternatives(let values): return Predicate.disjunction(values.withoutDefault.map { logic($0.plain) }).flat
    default: return nil
    }
  }

  /// The logic of several cases.
  private func folded(
    _ cases: [PythonValue.Case], _ otherwise: PythonValue, choosing: Bool, _ logic: (PythonValue) -> Predicate
  ) -> Predicate {
    var result = logic(otherwise)
    /// Conditions that decide by themselves, last first, and whether those after them must hold as well. They are joined
    /// at once, however many there are.
    var deciding: (parts: [Predicate], byAnd: Bool) = ([], false)
    func join() {
      if deciding.parts.isEmpty { return }
      result = Predicate.joined(deciding.parts.reversed() + [result], byAnd: deciding.byAnd).flat
      deciding.parts = []
    }
    var left = cases[...]
    while let one = left.last {
      if one.isKey {
        join()
        let keys = left.suffix { $0.isKey }
        left.removeLast(keys.count)
        result = ofKeys(keys.map { ($0.condition, logic($0.value)) }, result)
        continue
      }
      left.removeLast()
      let value = logic(one.value)
      guard value.isAlways || value.isNever else {
        join()
        let decides = (result.isAlways || result.isNever) && value.saysSomething
        let onlyChooses = choosing && !decides
        result = .conditional(onlyChooses ? self.choosing(one.condition) : one.condition, value, result)
        continue
      }
      if deciding.byAnd != value.isNever {
        join()
        deciding.byAnd = value.isNever
      }
      let onlyChooses = choosing && !result.isAlways && !result.isNever && !result.saysSomething
      let condition = onlyChooses ? self.choosing(one.condition) : one.condition
      deciding.parts.append(value.isNever ? condition.opposite : condition)
    }
    join()
    return result
  }

  /// The logic of what a dictionary has for its keys, of which a value can be only one.
  private func ofKeys(_ keys: [(condition: Predicate, logic: Predicate)], _ otherwise: Predicate) -> Predicate {
    var parts = keys.filter { !$0.logic.isNever }.map { Predicate.conjunction([$0.condition, $0.logic]).flat }
    if !otherwise.isNever {
      let others = keys.filter { !otherwise.isAlways || !$0.logic.isAlways }.map(\.condition)
      parts.append(Predicate.conjunction([Predicate.disjunction(others).flat.opposite, otherwise]).flat)
    }
    return Predicate.disjunction(parts).flat
  }

  // MARK: Choices

  /// Remembers where a condition is written, should it only choose a value.
  func noteChoice(_ condition: Predicate, _ span: Range<Int>, _ module: PythonModule) {
    guard spend(), condition.isSmall else { return }
    var text: Predicate?
    condition.forEachLeaf { leaf, _ in
      if case .text = leaf { return }
      text = text ?? noTest(span, module)
      choices[Predicate(leaf)] = text
    }
  }

  /// A condition that only chooses a value, which is no test.
  func choosing(_ condition: Predicate) -> Predicate {
    condition.folded(
      leaf: { leaf in
        if case .text = leaf { return Predicate(leaf) }
        return choices[Predicate(leaf)] ?? .noTest(leaf.text, at: place(nil, 0))
      }, all: { .conjunction($0).flat }, any: { .disjunction($0).flat }, not: { $0.opposite })
  }
}

extension [PythonValue] {
  /// The values of which the event has one.
  var withoutDefault: [PythonValue] {
    let others = filter { !$0.isConstant }
    return others.isEmpty ? self : others
  }
}

extension PythonValue {
  /// The value with each of its cases changed; nil if it has none, or one of them can't be changed.
  func changingCases(_ change: (PythonValue) -> PythonValue?) -> PythonValue? {
    guard case .cases(let cases, let otherwise) = self, let last = change(otherwise) else { return nil }
    var changed: [Case] = []
    for var one in cases {
      guard let value = change(one.value) else { return nil }
      one.value = value
      changed.append(one)
    }
    return .cases(changed, otherwise: last)
  }

  /// Whether it is the result of a comparison or a search.
  fileprivate var isLogic: Bool {
    switch self {
    case .truth, .found: true
    default: false
    }
  }
}

extension Predicate {
  /// Whether it is a test, or a few.
  fileprivate var isSmall: Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.count <= 8 && parts.allSatisfy(\.isSmall)
    case .not(let part): part.isSmall
    case .test, .stage, .text: true
    }
  }
}

extension Predicate.Leaf {
  fileprivate var text: String {
    switch self {
    case .test(let test): "\(test.field ?? "") \(test.kind.rawValue) \(test.value)"
    case .stage: ""
    case .text(let text): text.text
    }
  }
}

extension ArraySlice {
  fileprivate func suffix(_ isIncluded: (Element) -> Bool) -> SubSequence {
    self[(lastIndex { !isIncluded($0) }.map { $0 + 1 } ?? startIndex)...]
  }
}
