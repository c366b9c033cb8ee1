import RuleModel

/// Values that are one of several.
extension PythonReader {
  /// Changes each of the values that one may be; nil if it is only one.
  func mapped(_ value: PythonValue, _ change: (PythonValue) -> PythonValue) -> PythonValue? {
    switch value {
    case .cases(let cases, let otherwise):
      cases.reversed().reduce(change(otherwise.plain)) {
        PythonFlow.choice($1.condition, change($1.value.plain), $0)
      }
    case .alternatives(let values): .alternatives(values.map { change($0.plain) })
    default: nil
    }
  }

  /// The logic of each of the values that one may be; nil if it is only one.
  ///
  /// - Parameter logic: gets a value with the name of the function that returned it, if one did.
  func each(_ value: PythonValue, named logic: (PythonValue) -> Predicate) -> Predicate? {
    switch value {
    case .cases(let cases, let otherwise): folded(cases, otherwise, logic)
    case .alternatives(let values): Predicate.disjunction(values.map(logic)).flat
    default: nil
    }
  }

  /// The logic of each of the values that one may be; nil if it is only one.
  func each(_ value: PythonValue, _ logic: (PythonValue) -> Predicate) -> Predicate? {
    each(value, named: { logic($0.plain) })
  }

  /// The logic of several cases.
  private func folded(
    _ cases: [PythonValue.Case], _ otherwise: PythonValue, _ logic: (PythonValue) -> Predicate
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
    for one in cases.reversed() {
      let value = logic(one.value)
      guard value.isAlways || value.isNever else {
        join()
        result = .conditional(one.condition, value, result)
        continue
      }
      if deciding.byAnd != value.isNever {
        join()
        deciding.byAnd = value.isNever
      }
      deciding.parts.append(value.isNever ? one.condition.opposite : one.condition)
    }
    join()
    return result
  }
}
