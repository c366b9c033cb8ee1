import RuleModel

/// Assignments, and what else changes variables.
extension PythonReader {
  func assign(_ value: PythonValue, to target: PythonExpression, _ scope: inout Scope) {
    switch target.kind {
    case .name(let name): scope.variables[name] = limited(value)
    case .list(let targets):
      let parts: [PythonValue]
      switch value.plain {
      case .list(let items) where items.count == targets.count: parts = items.map(\.value)
      case .field, .worked, .alternatives, .truth, .found: parts = targets.map { _ in .worked }
      default: parts = targets.map { _ in .unknown }
      }
      for (target, part) in zip(targets, parts) { assign(part, to: target, &scope) }
    case .path(let base, let steps):
      guard case .name(let name) = base.kind else { return }
      if steps.count == 1, case .member(let attribute) = steps[0], let known = scope.variables[name],
        let changed = setting(attribute, to: limited(value), of: known)
      {
        scope.variables[name] = changed
        return
      }
      guard steps.count == 1, case .index(let index) = steps[0] else { return changePart(of: name, &scope) }
      let key = evaluate(index, &scope)
      change(name, &scope) { known in
        guard case .dictionary(var entries) = known, entries.count < PythonReader.itemLimit else { return nil }
        known = .none
        entries.append(PythonValue.Entry(key: key.plain, value: limited(value)))
        known = .dictionary(entries)
        return PythonValue.none
      }
    default: break
    }
  }

  func change(
    _ target: PythonExpression, _ operation: String, _ value: PythonExpression, _ scope: inout Scope
  ) {
    let old = evaluate(target, &scope)
    let new = evaluate(value, &scope)
    assign(combined(old, operation, new), to: target, &scope)
  }

  /// What a part of a variable's value holds now isn't followed, unless it is one of the event's.
  func changePart(of name: String, _ scope: inout Scope) {
    guard let known = scope.variables[name] else { return }
    if case .field = known { return }
    scope.variables[name] = .worked
  }

  /// `del x`, `del x[key]`
  func remove(_ target: PythonExpression, _ scope: inout Scope) {
    switch target.kind {
    case .name(let name): scope.variables[name] = .unknown
    case .list(let targets): for target in targets { remove(target, &scope) }
    case .path(let base, let steps):
      guard case .name(let name) = base.kind else { return }
      guard steps.count == 1, case .index(let index) = steps[0] else { return changePart(of: name, &scope) }
      let key = evaluate(index, &scope).plain
      change(name, &scope) { removed(key, from: &$0) }
    default: break
    }
  }

  /// A statement that is only an expression may change a variable: `found.append(x)`, `(x := y)`, `object.add(x)`.
  func note(_ expression: PythonExpression, _ scope: inout Scope) {
    switch expression.kind {
    case .named: _ = evaluate(expression, &scope)
    case .path(let base, let steps):
      guard case .name(let name) = base.kind, steps.count > 1, case .call = steps[steps.count - 1] else { return }
      if name == "super" || isObject(scope.variables[name]) {
        _ = evaluate(expression, &scope)
        // `self.hits.append(x)` changes what the object holds, which isn't followed.
        if steps.count > 2, case .member(let attribute) = steps[0], case .member(let method) = steps[steps.count - 2],
          PythonLibrary.changes.contains(method), let known = scope.variables[name],
          let changed = setting(attribute, to: .worked, of: known)
        {
          scope.variables[name] = changed
        }
        return
      }
      guard
        case .member(let method) = steps[steps.count - 2], PythonLibrary.changes.contains(method)
      else { return }
      if steps.count == 2 { _ = evaluate(expression, &scope) } else { changePart(of: name, &scope) }
    default: break
    }
  }

  private func isObject(_ value: PythonValue?) -> Bool { if case .object? = value { true } else { false } }
}
