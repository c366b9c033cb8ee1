import RuleModel

/// One side of a comparison, or an expression on its own where a condition is expected.
extension ExpressionLowering {
  package func operand(_ expression: Expression, below outer: String? = nil) -> Operand {
    switch expression.kind {
    case .text, .number, .regex, .list, .range: return .value
    case .name where language.wordsAreValues: return .value
    case .name where language.parameters.contains(values.bytes[expression.span.lowerBound]): return .value
    case .name:
      let word = values.source(expression).lowercased()
      if language.nulls.contains(word) { return .null }
      if language.moments.contains(word) { return .time }
      if language.constants.contains(word) { return .value }
      return field(expression, below: outer)
    case .quotedName, .path: return field(expression, below: outer)
    case .call(let function, let arguments): return call(expression, function, arguments, below: outer)
    case .infix(.cast, let parts): return operand(parts[0], below: outer)
    case .prefix(.cast, let part): return operand(part, below: outer)
    case .postfix(.timespan, _), .prefix(.timespan, _), .literal: return .time
    case .prefix(.arithmetic, let part) where part.kind == .number: return .value
    case .prefix(.arithmetic, let part): return worked([part])
    case .infix(.arithmetic, let parts): return worked(parts)
    case .infix(.and, _), .infix(.or, _), .prefix(.not, _), .comparison, .postfix(.comparison, _):
      return .truth(predicate(of: expression, below: outer))
    case .infix, .prefix, .postfix, .block, .query, .unread: return .unknown
    }
  }

  /// The result of arithmetic on these parts.
  func worked(_ parts: [Expression]) -> Operand {
    var isTime = false
    for part in parts {
      switch operand(part) {
      case .unknown: return .unknown
      case .time: isTime = true
      case .field(let field): isTime = isTime || field.isTime
      case .value, .null, .worked, .truth: break
      }
    }
    return isTime ? .time : .worked
  }

  func call(_ call: Expression, _ function: Expression, _ arguments: [Expression], below outer: String?)
    -> Operand
  {
    let name = values.source(function).lowercased()
    if let special = special?(name, arguments, self) { return special }
    if language.transparent.contains(name), let first = arguments.first { return operand(first, below: outer) }
    if let rule = language.functions[name], let first = arguments.first {
      return .truth(tests(rule, first, Array(arguments.dropFirst().prefix(rule.valueCount)), in: call, below: outer))
    }
    if language.times.contains(name) { return .time }
    return language.known.contains(name) ? .worked : .unknown
  }

  /// The tests that a function expresses about its first argument.
  func tests(
    _ function: Lowering.Function, _ first: Expression, _ others: [Expression], in call: Expression,
    below outer: String?
  ) -> Predicate {
    let comparison = function.comparison
    switch nameOnTheLeft(first, below: outer).map({ .field($0) }) ?? operand(first, below: outer) {
    case .unknown: return opaque(call)
    case .field(let field) where !others.isEmpty:
      if field.isTime { return noTest(call) }
      return comparison.signed(.group(each(others, of: field, comparison), byAnd: comparison.quantity == .all))
    case .field(let field):
      guard let value = function.value else { return opaque(call) }
      if field.isTime || field.isComputed { return noTest(call) }
      return comparison.signed(test(field, comparison, TextPattern(value.utf8), at: first))
    default: return noTest(call)
    }
  }

  /// The field on the left of an operator, in a language whose bare words are values elsewhere.
  func nameOnTheLeft(_ expression: Expression, below outer: String?) -> Field? {
    guard language.wordsAreValues else { return nil }
    switch expression.kind {
    case .name, .text, .quotedName:
      return values.text(of: expression).map { text in
        text == language.anyField && expression.kind == .name && outer == nil ? Field() : makeField(text, below: outer)
      }
    default: return nil
    }
  }

  func field(_ expression: Expression, below outer: String?) -> Operand {
    if isOfAnotherEvent(expression) { return .worked }
    guard let name = name(of: expression), !name.isEmpty else { return .unknown }
    var field = makeField(name, below: outer)
    if !bindings.isEmpty { field.owner = owner(of: expression) }
    return .field(field)
  }

  private func owner(of expression: Expression) -> String? {
    switch expression.kind {
    case .path(let base, _): return owner(of: base)
    case .name:
      let name = values.source(expression)
      return switch binding(of: name) {
      case .record, .variable: name
      case .field, .event, .table, nil: nil
      }
    default: return nil
    }
  }

  private func isOfAnotherEvent(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .path(let base, _): isOfAnotherEvent(base)
    case .name: binding(of: values.source(expression)) == .event
    default: false
    }
  }

  func makeField(_ name: String, below outer: String?) -> Field {
    let name = outer.map { $0 + "." + name } ?? name
    return Field(name: name, isComputed: computed.contains(language.key(of: name)), isTime: TimeWords.isField(name))
  }

  /// A field's name as tests write it: parts joined by dots, an index in brackets, without functions that change
  /// nothing.
  func name(of expression: Expression) -> String? {
    switch expression.kind {
    case .name, .quotedName: values.text(of: expression).map(bound)
    case .path(let base, let steps): path(base, steps)
    case .call(let function, let arguments):
      language.transparent.contains(values.source(function).lowercased()) ? arguments.first.flatMap(name) : nil
    case .infix(.cast, let parts): name(of: parts[0])
    case .prefix(.cast, let part): name(of: part)
    default: nil
    }
  }

  private func binding(of name: String) -> Binding? { bindings.isEmpty ? nil : bindings[language.key(of: name)] }

  private func bound(_ name: String) -> String {
    if bindings.isEmpty { return name }
    return switch binding(of: name) {
    case .field(let field), .variable(let field): field
    case .record: ""
    case .event, .table, nil: name
    }
  }

  func path(_ base: Expression, _ steps: [Expression.Step]) -> String? {
    if base.kind == .name, binding(of: values.source(base)) == .table, case .member(let first) = steps.first {
      return steps.count == 1 ? values.text(of: first) : path(first, Array(steps.dropFirst()))
    }
    guard var whole = name(of: base) else { return nil }
    for step in steps {
      switch step {
      case .member(let part):
        guard let text = values.text(of: part) else { return nil }
        whole += whole.isEmpty ? text : "." + text
      case .index(let index):
        guard let text = values.text(of: index) else { return nil }
        whole += index.kind == .number ? "[\(text)]" : whole.isEmpty ? text : "." + text
      case .call: return nil
      }
    }
    return whole
  }

  /// Whether the expression consists of values joined by operators, as in `f:(a or b)`.
  func isGroup(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .infix(.and, _), .infix(.or, _), .prefix(.not, _): language.wordsAreValues
    case .block: true
    default: false
    }
  }

  func isList(_ expression: Expression) -> Bool { if case .list = expression.kind { true } else { false } }

  /// Where words are values, those that aren't numbers or booleans are texts.
  func isText(_ value: Expression) -> Bool {
    let value = unwrapped(value)
    switch value.kind {
    case .text, .regex: return true
    case .name where language.wordsAreValues:
      let text = values.text(of: value)?.lowercased() ?? ""
      return Double(text) == nil && !language.constants.contains(text)
    default: return false
    }
  }

  /// A value without the casts and functions that change only its type or case.
  func unwrapped(_ value: Expression) -> Expression {
    var value = value
    while true {
      switch value.kind {
      case .infix(.cast, let parts): value = parts[0]
      case .call(let function, let arguments)
      where !arguments.isEmpty && language.transparent.contains(values.source(function).lowercased()):
        value = arguments[0]
      default: return value
      }
    }
  }

  func truth(of value: Expression) -> Bool? {
    guard case .name = value.kind, !language.wordsAreValues else { return nil }
    return switch values.source(value).lowercased() {
    case "true": true
    case "false": false
    default: nil
    }
  }
}
