import RuleModel

/// Statements: the definitions of names, and the queries.
extension KustoReader {
  /// The results of all statements that aren't definitions.
  func statements(_ environment: Environment) -> [KustoOperand] {
    let (parts, undivided) = text.statements(of: 0..<text.tokens.count)
    if let undivided {
      report(
        .querySyntax,
        "only an empty line separates this query from the one before it; end that one with ';', or move this one to its own rule",
        at: text.span(undivided..<undivided + 1).lowerBound)
    }
    return results(of: parts, environment)
  }

  /// - Returns: the results of the statements that aren't definitions.
  func statements(_ range: Range<Int>, _ environment: Environment) -> [KustoOperand] {
    results(of: text.parts(of: range, between: ";"), environment)
  }

  private func results(of statements: [Range<Int>], _ environment: Environment) -> [KustoOperand] {
    var environment = environment
    var results: [KustoOperand] = []
    for part in statements {
      environment.update()
      let first = part.lowerBound
      if text.isWord(first, "let") {
        define(part, environment)
      } else if text.isWord(first, "declare"), let parameters = text.first(in: part, where: { text.isSymbol($0, "(") })
      {
        for parameter in text.parts(of: text.inside(parameters, in: part) ?? first..<first, between: ",") {
          environment.frame.bind(text.text(parameter.lowerBound), .value(.computed(nil), reads: KustoReads()))
        }
      } else if !["set", "alias", "restrict", "pattern"].contains(where: { text.text(first) == $0 }) {
        results.append(value(of: part, environment))
      }
    }
    return results
  }

  /// `let name = value`.
  private func define(_ part: Range<Int>, _ environment: Environment) {
    let start = part.lowerBound + 3
    guard start < part.upperBound, text.isSymbol(start - 1, "=") else {
      report(
        .querySyntax, "'let' needs a name, '=' and a value; write them", at: text.span(part).lowerBound)
      return
    }
    let name = text.text(part.lowerBound + 1)
    let range = start..<part.upperBound
    if let function = function(range, environment.scope) {
      definitions[part.lowerBound] = text.text(part)
      environment.frame.bind(name, .function(function))
      return
    }
    let (value, used) = collecting { self.value(of: range, environment) }
    // The commands of a table are stages.
    if case .table = value {} else { definitions[part.lowerBound] = text.text(part) }
    environment.frame.bind(name, .value(value, reads: used))
  }

  /// `(parameters) { body }`, optionally preceded by `view`.
  private func function(_ range: Range<Int>, _ scope: KustoScope) -> KustoFunction? {
    let start = text.isWord(range.lowerBound, "view") ? range.lowerBound + 1 : range.lowerBound
    guard let parameters = text.inside(start, in: range), text.isSymbol(start, "(") else { return nil }
    let brace = text.after(start)
    guard let body = text.inside(brace, in: range), text.isSymbol(brace, "{") else { return nil }
    let list = text.parts(of: parameters, between: ",").map { part in
      let standard = text.first(in: part) { text.isSymbol($0, "=") }
      return KustoFunction.Parameter(
        name: text.text(part.lowerBound),
        isTable: part.count > 2 && text.isSymbol(part.lowerBound + 2, "("),
        standard: standard.map { $0 + 1..<part.upperBound })
    }
    return KustoFunction(list, body: body, scope: scope)
  }

  /// The result of a statement or a definition: rows or a value.
  func value(of range: Range<Int>, _ environment: Environment) -> KustoOperand {
    if range.isEmpty { return .computed(nil) }
    if isQuery(range) { return .table(pipeline(range, environment)) }
    return value(of: expression(range), environment)
  }

  /// The result of an expression that may be rows: an unknown name refers to a table.
  func value(of expression: Expression, _ environment: Environment) -> KustoOperand {
    switch expression.kind {
    case .query(let inner): return .table(pipeline(text.range(inner), environment))
    case .name:
      let name = values.source(expression)
      switch environment.scope[name] {
      case .value(let value, let used):
        use(used, at: text.range(expression.span))
        return value
      case .function: return operand(expression, environment)
      case nil:
        return Kusto.truths.contains(name) ? operand(expression, environment) : .table(table(expression, environment))
      }
    case .path where isReference(expression): return .table(table(expression, environment))
    case .call(let function, let arguments):
      let name = values.source(function)
      if case .function(let defined)? = environment.scope[name] {
        return call(defined, arguments, environment, at: expression.span)
      }
      if Kusto.isTableFunction(name) { return .table(table(expression, environment)) }
      return operand(expression, environment)
    default: return operand(expression, environment)
    }
  }

  /// Whether it contains commands, or starts as a query does.
  private func isQuery(_ range: Range<Int>) -> Bool {
    if Kusto.queryStarts.contains(text.text(range.lowerBound).lowercased()) { return true }
    if text.isWord(range.lowerBound, "range"), range.count > 1, text.tokens[range.lowerBound + 1].kind == .word {
      return true
    }
    return text.first(in: range) { text.isSymbol($0, "|") } != nil
  }

  // MARK: Calls

  /// The result of calling a function that the query defines.
  ///
  /// - Parameter piped: the rows that it is invoked on, which become its first argument.
  func call(
    _ function: KustoFunction, _ arguments: [Expression], _ environment: Environment, at span: Range<Int>,
    piped: KustoTable? = nil
  ) -> KustoOperand {
    if let known = function.known {
      reads.insert(known.reads)
      return known.operand
    }
    guard let inner = entered(function, arguments, environment, at: span, piped: piped) else { return .computed(nil) }
    let (result, used) = collecting { statements(function.body, inner).last ?? .computed(nil) }
    if function.parameters.isEmpty { function.known = (result, used) }
    reads.insert(used)
    return result
  }

  /// The environment of a function's body, with its parameters bound; nil if that exceeds the limits.
  private func entered(
    _ function: KustoFunction, _ arguments: [Expression], _ environment: Environment, at span: Range<Int>,
    piped: KustoTable?
  ) -> Environment? {
    let range = text.range(span)
    guard !isTooDeep(environment, at: range), spend(function.body.count + 1 + (piped?.logic.count ?? 0), at: range)
    else { return nil }
    let frame = KustoScope.Frame()
    var positional: [Expression] = []
    var named: [String: Expression] = [:]
    for argument in arguments {
      if case .infix(.named("="), let parts) = argument.kind, parts.count == 2 {
        named[values.source(parts[0])] = parts[1]
      } else {
        positional.append(argument)
      }
    }
    var parameters = function.parameters[...]
    if let piped, let first = parameters.popFirst() {
      frame.bind(first.name, .value(.table(piped), reads: KustoReads()))
    }
    for parameter in parameters {
      let argument = named[parameter.name] ?? (positional.isEmpty ? nil : positional.removeFirst())
      let value: KustoOperand
      if let argument {
        value = parameter.isTable ? .table(table(argument, environment)) : operand(argument, environment)
      } else if let standard = parameter.standard {
        value = operand(expression(standard), environment)
      } else {
        value = .computed(nil)
      }
      frame.bind(parameter.name, .value(value, reads: KustoReads()))
    }
    let columns = KustoColumns(isOpen: false)
    return Environment(frame, within: function.scope, columns: columns, depth: environment.depth + 1)
  }

  /// The condition in the body of a function that the query defines; nil if the body isn't a condition.
  func condition(
    _ function: KustoFunction, _ arguments: [Expression], _ environment: Environment, negated: Bool, at span: Range<Int>
  ) -> Predicate? {
    guard var inner = entered(function, arguments, environment, at: span, piped: nil),
      let last = text.parts(of: function.body, between: ";").last
    else { return nil }
    _ = statements(function.body.lowerBound..<last.lowerBound, inner)
    inner.update()
    guard !isQuery(last) else { return nil }
    return predicate(expression(last), inner, negated: negated)
  }
}
