import RuleModel

/// Loops, each of whose rounds is followed.
extension PythonReader {
  func flow(
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
    return joined(flows, .falls(variables))
  }

  /// Rounds one after the other. Those that end the function with the same value, which is how a search ends, are joined
  /// at once.
  private func joined(_ flows: [PythonFlow], _ last: PythonFlow) -> PythonFlow {
    var result = last
    var depth = 0
    var ends: (conditions: [Predicate], value: PythonValue, PythonFlow.Variables)?
    func close() {
      guard let (conditions, value, variables) = ends.take() else { return }
      let rest = result
      result = PythonFlow.branch(
        Predicate.disjunction(conditions.reversed()).flat, .returns(value), .falls(variables)
      ).followed { _ in rest }
      depth += 1
    }
    for flow in flows.reversed() {
      if let (condition, value, variables) = flow.earlyEnd, value.isConstant {
        if ends?.value != value { close() }
        if ends == nil { ends = ([], value, variables) }
        ends?.conditions.append(condition)
        continue
      }
      close()
      if flow.alwaysFalls { continue }
      let rest = result
      result = flow.followed { _ in rest }
      depth += 1
    }
    close()
    return depth > PythonReader.depthLimit ? .returns(.unknown) : result
  }
}
