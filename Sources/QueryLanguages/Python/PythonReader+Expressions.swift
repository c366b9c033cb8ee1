import RuleModel

extension PythonReader {
  func evaluate(_ expression: PythonExpression, _ scope: inout Scope) -> PythonValue {
    guard spend() else { return .unknown }
    switch expression.kind {
    case .name(let name): return value(of: name, scope)
    case .number(let text): return number(text)
    case .text(let text): return .text(text)
    case .formatted(let parts): return formatted(parts, &scope)
    case .list(let items): return list(of: items, &scope)
    case .dictionary(let entries): return dictionary(of: entries, &scope)
    case .path(let base, let steps): return follow(steps[...], from: base, in: expression, &scope)
    case .not(let part):
      return truthValue(truth(of: evaluate(part, &scope), part.span, scope.module).opposite)
    case .and(let parts): return conjunction(of: parts[...], &scope)
    case .or(let parts): return disjunction(of: parts, in: expression, &scope)
    case .comparison(let first, let others): return comparison(first, others, expression.span, &scope)
    case .conditional(let condition, let then, let otherwise):
      let test = truth(of: evaluate(condition, &scope), condition.span, scope.module)
      if test.isAlways { return evaluate(then, &scope) }
      if test.isNever { return evaluate(otherwise, &scope) }
      noteChoice(test, condition.span, scope.module)
      return PythonFlow.choice(test, evaluate(then, &scope), evaluate(otherwise, &scope))
    case .arithmetic(let first, let others):
      return others.reduce(evaluate(first, &scope)) { combined($0, $1.operation, evaluate($1.value, &scope)) }
    case .sign: return .worked
    case .comprehension(let key, let value, let loops): return comprehension(key, value, loops[...], scope)
    case .lambda(let parameters, let body):
      return lambda(parameters, [PythonStatement(.result(body), body.span)], scope)
    case .named(let name, let inner):
      let value = limited(evaluate(inner, &scope))
      scope.variables[name] = value
      return value
    case .spread(let part, _): return evaluate(part, &scope)
    case .unread: return .unknown
    }
  }

  func value(of name: String, _ scope: Scope) -> PythonValue {
    switch name {
    case "True": return .boolean(true)
    case "False": return .boolean(false)
    case "None": return .none
    default: return scope.variables[name] ?? filledIn(global(name, in: scope.module, scope))
    }
  }

  func number(_ text: String) -> PythonValue {
    let digits = text.filter { $0 != "_" }
    if let value = Double(digits) { return .number(text, value) }
    return digits.lowercased().hasPrefix("0x")
      ? Int(digits.dropFirst(2), radix: 16).map { .number(text, Double($0)) } ?? .worked : .worked
  }

  /// Known if all values in it are.
  private func formatted(_ parts: [PythonExpression], _ scope: inout Scope) -> PythonValue {
    var text = ""
    for part in parts {
      guard part.kind != .unread, let value = evaluate(part, &scope).plain.testText else { return .worked }
      text += value
      if text.utf8.count > PythonReader.textLimit { return .worked }
    }
    return .text(text)
  }

  func list(of items: [PythonExpression], _ scope: inout Scope) -> PythonValue {
    var values: [PythonValue.Item] = []
    for item in items {
      let value = evaluate(item, &scope)
      guard case .spread = item.kind else {
        values.append(PythonValue.Item(value))
        continue
      }
      values += elements(of: value)
    }
    return .list(values)
  }

  func truthValue(_ predicate: Predicate) -> PythonValue {
    predicate.isAlways ? .boolean(true) : predicate.isNever ? .boolean(false) : .truth(predicate)
  }

  /// `a and b`: where a truth is wanted, both are.
  func conjunction(of parts: ArraySlice<PythonExpression>, _ scope: inout Scope) -> PythonValue {
    var logic: [Predicate] = []
    for (index, part) in zip(parts.indices, parts) {
      let value = evaluate(part, &scope)
      let truth = truth(of: value, part.span, scope.module)
      if truth.isNever {
        return logic.isEmpty ? value : .boolean(false)
      }
      // `x and x.lower()` is a value, used as such only if what comes before holds.
      if index == parts.endIndex - 1, !isTruth(value) {
        let before = Predicate.conjunction(logic).flat
        if let first = parts.first { noteChoice(before, first.span.lowerBound..<part.span.lowerBound, scope.module) }
        return logic.isEmpty ? value : PythonFlow.choice(before, value, .boolean(false))
      }
      logic.append(truth)
    }
    return truthValue(Predicate.conjunction(logic).flat)
  }

  private func isTruth(_ value: PythonValue) -> Bool {
    switch value {
    case .truth, .boolean, .found: true
    case .result(_, let inner): isTruth(inner)
    case .cases(let cases, let otherwise): cases.allSatisfy { isTruth($0.value) } && isTruth(otherwise)
    case .worked, .unknown: true
    default: false
    }
  }

  /// `a or b`: the first that is true. Of two fields it is whichever the event has.
  func disjunction(
    of parts: [PythonExpression], in whole: PythonExpression, _ scope: inout Scope
  ) -> PythonValue {
    var values: [PythonValue] = []
    for part in parts {
      let value = evaluate(part, &scope)
      if value.constantTruth == true {
        values.append(value)
        break
      }
      if value.constantTruth == false { continue }
      values.append(isTruth(value) ? truthValue(truth(of: value, part.span, scope.module)) : value)
    }
    if values.isEmpty { return .boolean(false) }
    if values.count == 1 { return values[0] }
    if values.contains(where: isTruth) {
      let logic = zip(values, parts).map { truth(of: $0, $1.span, scope.module) }
      return truthValue(Predicate.disjunction(logic).flat)
    }
    // A constant at the end is the default for a missing field: it decides what is true, but isn't compared.
    return .alternatives(
      values.flatMap { value in if case .alternatives(let inner) = value { inner } else { [value] } })
  }
}
