import RuleModel

/// What loops run over, and what those in expressions make.
extension PythonReader {
  /// What a loop runs over: each of a list's values, or one value for all elements of a field.
  func elements(of values: PythonValue) -> [PythonValue.Item] {
    switch values.plain {
    case .list(let items): return items.count <= PythonReader.roundLimit ? items : [PythonValue.Item(.unknown)]
    case .dictionary(let entries) where entries.count <= PythonReader.roundLimit:
      return PythonValue.distinct(entries).map { PythonValue.Item($0.key, if: $0.condition) }
    case .field(let field): return [PythonValue.Item(.field(PythonValue.Field(path: field.path)))]
    case .alternatives(let values): return values.withoutDefault.flatMap { elements(of: $0) }
    case .cases(let cases, let otherwise) where cases.count <= PythonReader.depthLimit:
      return elements(of: cases, otherwise)
    case .none: return []
    case .worked: return [PythonValue.Item(.worked)]
    case .text(let text) where text.utf8.count <= PythonReader.roundLimit:
      return text.unicodeScalars.map { PythonValue.Item(.text(String($0))) }
    default: return [PythonValue.Item(.unknown)]
    }
  }

  /// What a loop runs over that has one of several values: only what is in the first whose condition holds.
  private func elements(of cases: [PythonValue.Case], _ otherwise: PythonValue) -> [PythonValue.Item] {
    let last = elements(of: otherwise)
    let each = cases.map { ($0, elements(of: $0.value)) }
    // Where there is something to loop over in any case, the conditions only choose what.
    let areChoices = (each.map(\.1) + [last]).count { !$0.isEmpty } > 1
    var before: [Predicate] = []
    // Keys of a dictionary exclude each other by themselves.
    var keys: [Predicate] = []
    var found: [PythonValue.Item] = []
    func add(_ items: [PythonValue.Item], if conditions: [Predicate]) {
      for item in items where spend(conditions.count / 16) {
        found.append(
          PythonValue.Item(item.value, if: Predicate.conjunction(conditions + [item.condition]).flat))
      }
    }
    for (one, items) in each {
      let condition = areChoices && !one.isKey ? choosing(one.condition) : one.condition
      if !one.isKey {
        before += keys
        keys = []
      }
      add(items, if: before + [condition])
      if one.isKey { keys.append(condition.opposite) } else { before.append(condition.opposite) }
    }
    add(last, if: before + keys)
    return found
  }

  /// The values that a comprehension makes, each with the conditions under which it does.
  func comprehension(
    _ key: PythonExpression?, _ value: PythonExpression, _ loops: ArraySlice<PythonExpression.Loop>, _ scope: Scope
  ) -> PythonValue {
    guard let key else { return .list(items(of: value, loops, .always, scope)) }
    let pair = PythonExpression(.list([key, value]), value.span)
    return .dictionary(
      items(of: pair, loops, .always, scope).compactMap { item in
        guard case .list(let parts) = item.value, parts.count == 2 else { return nil }
        return PythonValue.Entry(key: parts[0].value.plain, value: parts[1].value, condition: item.condition)
      })
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
