/// Operators, loosest first.
extension PythonParser {
  /// Expressions with commas between them are a tuple.
  mutating func expressions() throws(Fault) -> PythonExpression {
    let start = offset
    let first = try starred()
    guard isNext(",") else { return first }
    var items = [first]
    while take(",") {
      if isAtEnd || isNext("=") || isNext(")") || isNext("]") || isNext(":") || isNext("in") { break }
      items.append(try starred())
    }
    return PythonExpression(.list(items), start..<endOfLast)
  }

  mutating func starred() throws(Fault) -> PythonExpression {
    let start = offset
    if take("yield") {
      _ = take("from")
      if !isAtEnd, !isNext(")"), !isNext("=") { _ = try expressions() }
      return PythonExpression(.unread, start..<endOfLast)
    }
    let isDictionary = take("**")
    guard isDictionary || take("*") else { return try expression() }
    return PythonExpression(.spread(try disjunction(), isDictionary: isDictionary), start..<endOfLast)
  }

  /// A conditional, a lambda, or an assignment in an expression.
  mutating func expression() throws(Fault) -> PythonExpression {
    guard depth < PythonParser.maximalDepth else { throw Fault(kind: .tooDeep, offset: offset) }
    depth += 1
    defer { depth -= 1 }
    let start = offset
    if isNext("lambda") { return try lambda() }
    if isNext(":=", ahead: 1), let name = name() {
      next += 1
      return PythonExpression(.named(name, try expression()), start..<endOfLast)
    }
    let value = try disjunction()
    guard take("if") else { return value }
    let condition = try disjunction()
    try expect("else")
    let other = try expression()
    return PythonExpression(.conditional(if: condition, then: value, else: other), start..<endOfLast)
  }

  private mutating func lambda() throws(Fault) -> PythonExpression {
    let start = offset
    next += 1
    let parameters = try parameters(closedBy: ":")
    let body = try expression()
    return PythonExpression(.lambda(parameters, body), start..<endOfLast)
  }

  /// The parameters of a function, up to a symbol, which is skipped.
  mutating func parameters(closedBy close: StaticString) throws(Fault) -> [PythonParameter] {
    var parameters: [PythonParameter] = []
    var kind = PythonParameter.Kind.ordinary
    while !take(close) {
      let isRest = take("*")
      if isRest, isNext(",") {
        kind = .byName
      } else if isRest || !take("/") {
        let isRestOfNames = take("**")
        guard let name = name() else { throw fault }
        var parameter = PythonParameter(
          name: name, kind: isRest ? .remainingValues : isRestOfNames ? .remainingNames : kind)
        if isRest { kind = .byName }
        if close.utf8Start[0] != UInt8(ascii: ":"), take(":") { _ = try starred() }
        if take("=") { parameter.standard = try expression() }
        parameters.append(parameter)
      }
      if !take(",") {
        try expect(close)
        break
      }
    }
    return parameters
  }

  mutating func disjunction() throws(Fault) -> PythonExpression {
    let start = offset
    var parts = [try conjunction()]
    while take("or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : PythonExpression(.or(parts), start..<endOfLast)
  }

  private mutating func conjunction() throws(Fault) -> PythonExpression {
    let start = offset
    var parts = [try negation()]
    while take("and") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : PythonExpression(.and(parts), start..<endOfLast)
  }

  private mutating func negation() throws(Fault) -> PythonExpression {
    var count = 0
    let start = offset
    while take("not") { count += 1 }
    var value = try comparison()
    // Two of them change nothing but the type.
    if count > 0 { value = PythonExpression(.not(value), start..<endOfLast) }
    if count > 0, count.isMultiple(of: 2) { value = PythonExpression(.not(value), start..<endOfLast) }
    return value
  }

  private mutating func comparison() throws(Fault) -> PythonExpression {
    let start = offset
    let first = try arithmetic(above: 0)
    var others: [PythonExpression.Compared] = []
    while let relation = relation() {
      others.append(PythonExpression.Compared(relation: relation, value: try arithmetic(above: 0)))
    }
    return others.isEmpty ? first : PythonExpression(.comparison(first, others), start..<endOfLast)
  }

  private mutating func relation() -> PythonExpression.Relation? {
    if take("==") { return .equal }
    if take("!=") { return .unequal }
    if take("<=") { return .lessOrEqual }
    if take(">=") { return .greaterOrEqual }
    if take("<") { return .less }
    if take(">") { return .greater }
    if take("in") { return .isIn }
    if take("is") { return take("not") ? .unequal : .equal }
    if isNext("not"), isNext("in", ahead: 1) {
      next += 2
      return .isNotIn
    }
    return nil
  }

  /// By how tightly they bind, loosest first.
  private static let operators: [[StaticString]] = [
    ["|"], ["^"], ["&"], ["<<", ">>"], ["+", "-"], ["*", "/", "//", "%", "@"], ["**"],
  ]

  private mutating func arithmetic(above level: Int) throws(Fault) -> PythonExpression {
    guard level < PythonParser.operators.count else { return try signed() }
    let start = offset
    let first = try arithmetic(above: level + 1)
    var others: [PythonExpression.Operand] = []
    while let operation = PythonParser.operators[level].first(where: { isNext($0) }) {
      next += 1
      others.append(
        PythonExpression.Operand(operation: "\(operation)", value: try arithmetic(above: level + 1)))
    }
    return others.isEmpty ? first : PythonExpression(.arithmetic(first, others), start..<endOfLast)
  }

  mutating func signed() throws(Fault) -> PythonExpression {
    let start = offset
    var isNegative = false
    var hasSign = false
    while true {
      if take("-") { isNegative.toggle() } else if !take("+") && !take("~") && !take("await") { break }
      hasSign = true
    }
    let value = try path()
    guard hasSign else { return value }
    if case .number(let text) = value.kind {
      return PythonExpression(.number(isNegative ? "-" + text : text), start..<endOfLast)
    }
    return PythonExpression(.sign(value), start..<endOfLast)
  }
}
