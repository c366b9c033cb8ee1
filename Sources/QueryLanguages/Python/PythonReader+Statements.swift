import RuleModel

extension PythonReader {
  /// What a block of statements leads to.
  func flow(of statements: ArraySlice<PythonStatement>, _ scope: Scope) -> PythonFlow {
    var scope = scope
    for index in statements.indices {
      let flow = flow(of: statements[index], scope)
      if case .falls(let variables) = flow {
        scope.variables = variables
        continue
      }
      let rest = statements[(index + 1)...]
      return flow.followed { [self] variables in
        var next = scope
        next.variables = variables
        return nested { self.flow(of: rest, next) }
      }
    }
    return .falls(scope.variables)
  }

  func flow(of statement: PythonStatement, _ scope: Scope) -> PythonFlow {
    var scope = scope
    guard spend() else { return .returns(.unknown) }
    switch statement.kind {
    case .expression(let expression): note(expression, &scope)
    case .assignment(let targets, let value):
      let value = evaluate(value, &scope)
      for target in targets { assign(value, to: target, &scope) }
    case .change(let target, let operation, let value): change(target, operation, value, &scope)
    case .result(let value): return .returns(result(value, &scope))
    case .condition(let branches, let otherwise): return flow(of: branches[...], otherwise, scope)
    case .loop(let loop, let body, let otherwise): return flow(of: loop, body, otherwise, scope)
    case .attempt(let body, let handlers, let last): return attempt(body, handlers, last, statement, scope)
    case .block(let body): return flow(of: body[...], scope)
    case .imports(let items):
      for item in items where item.name != PythonImport.everything {
        scope.variables[item.local] = imported(item, scope)
      }
    case .function(let function):
      // It may be called with values that are only known where it is.
      guard case .result(let value?) = function.body.last?.kind, function.body.count == 1 else {
        scope.variables[function.name] = .unknown
        break
      }
      scope.variables[function.name] = .lambda(
        PythonValue.Lambda(parameters: function.parameters, body: value, module: scope.module.name))
    case .breakLoop: return .breaks(scope.variables)
    case .nextRound: return .continues(scope.variables)
    case .failure: return .fails
    case .nothing: break
    case .unread(let names):
      for name in names { scope.variables[name] = .unknown }
      return .branch(opaque(statement.span, scope.module), .returns(.boolean(true)), .falls(scope.variables))
    }
    return .falls(scope.variables)
  }

  /// What a function returns. Of the rule's own only the truth matters, which is said where it is written.
  func result(_ expression: PythonExpression?, _ scope: inout Scope) -> PythonValue {
    guard let expression else { return .none }
    let value = evaluate(expression, &scope)
    guard scope.calls.count == 1, value == .worked || value == .unknown else { return value }
    return .truth(truth(of: value, expression.span, scope.module))
  }

  func flow(
    of branches: ArraySlice<PythonStatement.Branch>, _ otherwise: [PythonStatement], _ scope: Scope
  ) -> PythonFlow {
    guard let branch = branches.first else { return flow(of: otherwise[...], scope) }
    var scope = scope
    let value = evaluate(branch.condition, &scope)
    let condition = truth(of: value, branch.condition.span, scope.module)
    return .choose(
      condition, condition.isNever ? .falls([:]) : nested { flow(of: branch.body[...], scope) },
      condition.isAlways ? .falls([:]) : nested { flow(of: branches.dropFirst(), otherwise, scope) })
  }

  /// A `try` is read as if nothing failed, unless what handles a failure can make the rule match.
  private func attempt(
    _ body: [PythonStatement], _ handlers: [[PythonStatement]], _ last: [PythonStatement], _ statement: PythonStatement,
    _ scope: Scope
  ) -> PythonFlow {
    let tried = flow(of: body[...], scope)
    let handled = handlers.reduce(tried) { tried, handler in
      let handled = flow(of: handler[...], scope)
      guard case .returns(let value) = handled, value.constantTruth != false else { return tried }
      let start = statement.span.lowerBound
      return .branch(noTest(start..<start + 3, scope.module), handled, tried)
    }
    guard !last.isEmpty else { return handled }
    // What `finally` returns takes the place of what was returned before.
    var scope = scope
    scope.variables = handled.fallen ?? scope.variables
    let ending = flow(of: last[...], scope)
    guard case .falls(let variables) = ending else { return ending.followed { _ in handled } }
    return handled.followed { _ in .falls(variables) }
  }

  // MARK: Loops

  private func flow(
    of loop: PythonExpression.Loop, _ body: [PythonStatement], _ otherwise: [PythonStatement], _ scope: Scope
  ) -> PythonFlow {
    var scope = scope
    let values = evaluate(loop.values, &scope)
    let rounds = elements(of: values)
    var flow = self.flow(of: rounds, loop, body, scope)
    if !otherwise.isEmpty {
      flow = flow.followed { [self] variables in
        var next = scope
        next.variables = variables
        return self.flow(of: otherwise[...], next)
      }
    }
    return flow.endingLoop
  }

  /// Each round gets the variables of the one before; what they lead to is then put together from the last to the first,
  /// so that each round's is looked at once.
  private func flow(
    of rounds: [PythonValue.Item], _ loop: PythonExpression.Loop, _ body: [PythonStatement], _ scope: Scope
  ) -> PythonFlow {
    var variables = scope.variables
    var flows: [PythonFlow] = []
    for round in rounds {
      guard spend() else { return .returns(.unknown) }
      var inner = scope
      inner.variables = variables
      assign(round.value, to: loop.target, &inner)
      let flow = PythonFlow.choose(
        round.condition, self.flow(of: body[...], inner).endingRound, .falls(variables))
      flows.append(flow)
      guard let fallen = flow.fallen else { break }
      variables = fallen
    }
    return flows.reversed().reduce(.falls(variables)) { rest, flow in flow.followed { _ in rest } }
  }

  // MARK: Variables

  func assign(_ value: PythonValue, to target: PythonExpression, _ scope: inout Scope) {
    switch target.kind {
    case .name(let name): scope.variables[name] = limited(value)
    case .list(let targets):
      let parts: [PythonValue]
      switch value.plain {
      case .list(let items) where items.count == targets.count: parts = items.map(\.value)
      case .field, .worked, .alternatives: parts = targets.map { _ in .worked }
      default: parts = targets.map { _ in .unknown }
      }
      for (target, part) in zip(targets, parts) { assign(part, to: target, &scope) }
    case .path(let base, let steps):
      // A changed part of something: what it holds now isn't followed.
      guard case .name(let name) = base.kind, let known = scope.variables[name] else { return }
      if case .dictionary(var entries) = known, steps.count == 1, case .index(let index) = steps[0] {
        let key = evaluate(index, &scope)
        entries.append(PythonValue.Entry(key: key, value: value))
        scope.variables[name] = key.isConstant ? .dictionary(entries) : .worked
      } else if case .field = known {
      } else {
        scope.variables[name] = .worked
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

  /// A statement that is only an expression may add to a list: `found.append(x)`.
  private func note(_ expression: PythonExpression, _ scope: inout Scope) {
    guard case .path(let base, let steps) = expression.kind, case .name(let name) = base.kind, steps.count == 2,
      case .member(let method) = steps[0], case .call(let arguments) = steps[1], arguments.count == 1,
      let known = scope.variables[name], ["append", "add", "extend", "update"].contains(method)
    else {
      if case .named = expression.kind { _ = evaluate(expression, &scope) }
      return
    }
    let value = evaluate(arguments[0].value, &scope)
    guard case .list(let items) = known else {
      scope.variables[name] = .worked
      return
    }
    let added =
      method == "append" || method == "add"
      ? [PythonValue.Item(value)] : elements(of: value)
    scope.variables[name] = limited(.list(items + added))
  }
}
