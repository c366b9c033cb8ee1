import RuleModel

extension PythonReader {
  /// What a block of statements leads to.
  func flow(of statements: ArraySlice<PythonStatement>, _ scope: Scope) -> PythonFlow {
    var scope = scope
    for index in statements.indices {
      guard let flow = flow(of: statements[index], &scope) else { continue }
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

  /// - Returns: nil for a statement after which the next one follows, with the variables as it leaves them: they aren't
  ///   copied for each.
  private func flow(of statement: PythonStatement, _ scope: inout Scope) -> PythonFlow? {
    guard spend() else { return .returns(.unknown) }
    switch statement.kind {
    case .expression(let expression): note(expression, &scope)
    case .assignment(let targets, let value):
      let value = evaluate(value, &scope)
      for target in targets { assign(value, to: target, &scope) }
    case .change(let target, let operation, let value): change(target, operation, value, &scope)
    case .removal(let targets): for target in targets { remove(target, &scope) }
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
      scope.variables[function.name] =
        function.isOrdinary ? lambda(function.parameters, function.body, scope) : .unknown
    case .breakLoop: return .breaks(scope.variables)
    case .nextRound: return .continues(scope.variables)
    case .failure: return .fails
    case .nothing, .decorator: break
    case .repeated(let names):
      for name in names { scope.variables[name] = .worked }
    case .unread(let names):
      for name in names { scope.variables[name] = .unknown }
      return .branch(opaque(statement.span, scope.module), .returns(.boolean(true)), .falls(scope.variables))
    }
    return nil
  }

  /// What a function returns. Of the rule's own only the truth matters, which is said where it is written.
  func result(_ expression: PythonExpression?, _ scope: inout Scope) -> PythonValue {
    guard let expression else { return .none }
    let value = evaluate(expression, &scope)
    guard scope.calls.count == 1, !value.isPlain else { return value }
    return .truth(truth(of: value, expression.span, scope.module))
  }

  func flow(
    of branches: ArraySlice<PythonStatement.Branch>, _ otherwise: [PythonStatement], _ scope: Scope
  ) -> PythonFlow {
    guard let branch = branches.first else { return flow(of: otherwise[...], scope) }
    var scope = scope
    let value = evaluate(branch.condition, &scope)
    let condition = truth(of: value, branch.condition.span, scope.module)
    noteChoice(condition, branch.condition.span, scope.module)
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
}
