import RuleModel

/// What operators make of two values.
extension PythonReader {
  /// What an operator makes of two values, where both are known; otherwise it works something out.
  func combined(_ left: PythonValue, _ operation: String, _ right: PythonValue) -> PythonValue {
    switch (left.plain, operation, right.plain) {
    case (.text(let first), "+", .text(let second)):
      return first.utf8.count + second.utf8.count > PythonReader.textLimit ? .worked : .text(first + second)
    case (.list(let first), "+", .list(let second)), (.list(let first), "|", .list(let second)):
      return first.count + second.count > PythonReader.itemLimit ? .unknown : .list(first + second)
    case (.dictionary(let first), "|", .dictionary(let second)):
      return first.count + second.count > PythonReader.itemLimit ? .unknown : .dictionary(first + second)
    case (.number(_, let first), "+", .number(_, let second)): return number(first + second)
    case (.number(_, let first), "-", .number(_, let second)): return number(first - second)
    case (.number(_, let first), "*", .number(_, let second)): return number(first * second)
    case (.list(let first), "-", .list(let second)) where left.isConstant && right.isConstant:
      let removed = Set(second.map(\.value.comparable))
      return .list(first.filter { !removed.contains($0.value.comparable) })
    case (let first, "&", let second): return common(first, second)
    case (.library(let first), "|", .library(let second)):
      return first.utf8.count > PythonReader.nameLimit ? .worked : .library(first + "|" + second)
    case (.unknown, _, _), (_, _, .unknown): return .unknown
    default: return .worked
    }
  }

  func number(_ value: Double) -> PythonValue {
    guard let whole = Int(exactly: value) else { return .number("\(value)", value) }
    return .number("\(whole)", value)
  }

  /// What two sets have in common: each of the constants that the field has.
  func common(_ first: PythonValue, _ second: PythonValue) -> PythonValue {
    if case .alternatives(let values) = first { return common(values.withoutDefault, second) }
    if case .alternatives(let values) = second { return common(values.withoutDefault, first) }
    switch (first, second) {
    case (.field, .list(let items)), (.list(let items), .field):
      let field: PythonValue
      if case .field = first { field = first } else { field = second }
      return .list(items.map { PythonValue.Item($0.value, if: equal(field, $0.value, nil)) })
    case (.list(let left), .list(let right)) where first.isConstant && second.isConstant:
      let others = Set(right.map(\.value.comparable))
      return .list(left.filter { others.contains($0.value.comparable) })
    case (.list(let left), .list(let right)):
      guard spend(left.count), spend(right.count), left.count * right.count <= PythonReader.leafLimit else {
        return .unknown
      }
      return .list(
        left.flatMap { one in
          right.compactMap { other in
            let same = Predicate.conjunction([one.condition, other.condition, equal(one.value, other.value, nil)])
            return same.isNever ? nil : PythonValue.Item(one.value, if: same.flat)
          }
        })
    case (.unknown, _), (_, .unknown): return .unknown
    default: return .worked
    }
  }

  /// What any of some values has in common with another.
  private func common(_ values: [PythonValue], _ other: PythonValue) -> PythonValue {
    var found: [PythonValue.Item] = []
    for value in values {
      let result = common(value.plain, other)
      guard case .list(let items) = result else { return result }
      found += items
    }
    return .list(found)
  }
}
