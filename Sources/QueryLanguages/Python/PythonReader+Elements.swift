import RuleModel

/// What loops run over, and what those in expressions make.
extension PythonReader {
  /// What a loop runs over: each of a list's values, or one value for all elements of a field.
  func elements(of values: PythonValue) -> [PythonValue.Item] {
    switch values.plain {
    case .list(let items): return items.count <= PythonReader.roundLimit ? items : [PythonValue.Item(.unknown)]
    case .dictionary(let entries) where entries.count <= PythonReader.roundLimit:
      return entries.map { PythonValue.Item($0.key) }
    case .field(let field): return [PythonValue.Item(.field(PythonValue.Field(path: field.path)))]
    case .alternatives(let values): return values.flatMap { elements(of: $0) }
    case .cases(let cases, let otherwise):
      return cases.flatMap { one in
        elements(of: one.value).map {
          PythonValue.Item($0.value, if: Predicate.conjunction([one.condition, $0.condition]).flat)
        }
      } + elements(of: otherwise)
    case .none: return []
    case .worked: return [PythonValue.Item(.worked)]
    case .text(let text) where text.utf8.count <= PythonReader.roundLimit:
      return text.unicodeScalars.map { PythonValue.Item(.text(String($0))) }
    default: return [PythonValue.Item(.unknown)]
    }
  }

  /// The values that a comprehension makes, each with the conditions under which it does.
  func comprehension(
    _ key: PythonExpression?, _ value: PythonExpression, _ loops: ArraySlice<PythonExpression.Loop>, _ scope: Scope
  ) -> PythonValue {
    if key != nil {
      var inner = scope
      guard let loop = loops.first, loops.count == 1 else { return .worked }
      let values = evaluate(loop.values, &inner)
      guard values.isConstant else { return .worked }
      var entries: [PythonValue.Entry] = []
      for item in elements(of: values) {
        assign(item.value, to: loop.target, &inner)
        entries.append(
          PythonValue.Entry(key: key.map { evaluate($0, &inner) } ?? .none, value: evaluate(value, &inner)))
      }
      return .dictionary(entries)
    }
    return .list(items(of: value, loops, .always, scope))
  }

  func items(
    of value: PythonExpression, _ loops: ArraySlice<PythonExpression.Loop>, _ condition: Predicate, _ scope: Scope
  ) -> [PythonValue.Item] {
    var scope = scope
    guard let loop = loops.first else { return [PythonValue.Item(evaluate(value, &scope), if: condition)] }
    let values = evaluate(loop.values, &scope)
    var found: [PythonValue.Item] = []
    for item in elements(of: values) {
      guard spend() else { break }
      assign(item.value, to: loop.target, &scope)
      var conditions = [condition, item.condition]
      for test in loop.conditions {
        conditions.append(truth(of: evaluate(test, &scope), test.span, scope.module))
      }
      let all = Predicate.conjunction(conditions).flat
      if !all.isNever { found += items(of: value, loops.dropFirst(), all, scope) }
    }
    // Even without a condition, a field's elements are there only if the field is.
    return found
  }
}
