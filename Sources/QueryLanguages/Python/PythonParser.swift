/// Parses one logical line's expressions. Its stack depth is bounded, its time linear.
struct PythonParser {
  let bytes: [UInt8]
  let tokens: [Token]
  /// The index of the next token, and the one after the last.
  var next: Int
  var end: Int
  private var depth = 0
  /// Deeper than in any real rule, and shallow enough for the stack.
  static let maximalDepth = 48

  struct Fault: Error {
    var isTooDeep = false
    var offset: Int
  }

  init(_ lines: PythonLines, _ range: Range<Int>) {
    (bytes, tokens) = (lines.bytes, lines.tokens)
    (next, end) = (range.lowerBound, range.upperBound)
  }

  var isAtEnd: Bool { next >= end }

  // MARK: Tokens

  func isNext(_ text: StaticString, ahead count: Int = 0) -> Bool {
    guard next + count < end else { return false }
    let token = tokens[next + count]
    guard token.kind == .word || token.kind == .symbol, token.span.count == text.utf8CodeUnitCount else { return false }
    var place = token.span.lowerBound
    for index in 0..<text.utf8CodeUnitCount {
      if bytes[place] != text.utf8Start[index] { return false }
      place += 1
    }
    return true
  }

  mutating func take(_ text: StaticString) -> Bool {
    guard isNext(text) else { return false }
    next += 1
    return true
  }

  mutating func expect(_ text: StaticString) throws(Fault) {
    guard take(text) else { throw fault }
  }

  var fault: Fault { Fault(offset: offset) }

  /// Where the next token starts.
  var offset: Int {
    next < end ? tokens[next].span.lowerBound : end > 0 ? tokens[end - 1].span.upperBound : 0
  }

  private var endOfLast: Int { next > 0 ? tokens[next - 1].span.upperBound : 0 }

  /// A name that isn't a keyword.
  mutating func name() -> String? {
    guard next < end, tokens[next].kind == .word else { return nil }
    let text = String(decoding: bytes[tokens[next].span], as: UTF8.self)
    guard !PythonParser.reserved.contains(text) else { return nil }
    next += 1
    return text
  }

  private static let reserved = Set(Python.keywords + ["and", "in", "is", "not", "or"])

  // MARK: Expressions

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

  private mutating func starred() throws(Fault) -> PythonExpression {
    let start = offset
    guard take("*") || take("**") else { return try expression() }
    return PythonExpression(.spread(try disjunction()), start..<endOfLast)
  }

  /// A conditional, a lambda, or an assignment in an expression.
  mutating func expression() throws(Fault) -> PythonExpression {
    guard depth < PythonParser.maximalDepth else { throw Fault(isTooDeep: true, offset: offset) }
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
    while !take(close) {
      if take("/") || isNext("*") && isNext(",", ahead: 1) {
        _ = take("*")
      } else {
        let takesRest = take("*") || take("**")
        guard let name = name() else { throw fault }
        var parameter = PythonParameter(name: name, takesRest: takesRest)
        if close.utf8Start[0] != UInt8(ascii: ":"), take(":") { _ = try expression() }
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

  private mutating func disjunction() throws(Fault) -> PythonExpression {
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

  private mutating func signed() throws(Fault) -> PythonExpression {
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

  private mutating func path() throws(Fault) -> PythonExpression {
    let start = offset
    let base = try operand()
    var steps: [PythonExpression.Step] = []
    while true {
      if take(".") {
        guard next < end, tokens[next].kind == .word else { throw fault }
        steps.append(.member(String(decoding: bytes[tokens[next].span], as: UTF8.self)))
        next += 1
      } else if take("[") {
        steps.append(try index())
      } else if take("(") {
        steps.append(.call(try arguments()))
      } else {
        break
      }
    }
    return steps.isEmpty ? base : PythonExpression(.path(base, steps), start..<endOfLast)
  }

  private mutating func index() throws(Fault) -> PythonExpression.Step {
    var value: PythonExpression?
    var isSlice = false
    while !take("]") {
      if take(":") {
        isSlice = true
      } else if isNext(",") || value == nil || isSlice {
        if take(",") { isSlice = true }
        if isNext("]") { continue }
        value = try expression()
      } else {
        throw fault
      }
    }
    guard !isSlice, let value else { return .slice }
    return .index(value)
  }

  private mutating func arguments() throws(Fault) -> [PythonExpression.Argument] {
    var arguments: [PythonExpression.Argument] = []
    while !take(")") {
      if isNext("=", ahead: 1), let name = name() {
        next += 1
        arguments.append(PythonExpression.Argument(name: name, value: try expression()))
      } else {
        let start = offset
        let value = try starred()
        if isNext("for") || isNext("async") {
          let loops = try loops()
          arguments.append(
            PythonExpression.Argument(
              value: PythonExpression(.comprehension(key: nil, value: value, loops), start..<endOfLast)))
        } else {
          arguments.append(PythonExpression.Argument(value: value))
        }
      }
      if !take(",") {
        try expect(")")
        break
      }
    }
    return arguments
  }

  private mutating func loops() throws(Fault) -> [PythonExpression.Loop] {
    var loops: [PythonExpression.Loop] = []
    while take("async") || isNext("for") {
      try expect("for")
      let target = try targets()
      try expect("in")
      let values = try disjunction()
      var conditions: [PythonExpression] = []
      while take("if") { conditions.append(try disjunctionOrName()) }
      loops.append(PythonExpression.Loop(target: target, values: values, conditions: conditions))
    }
    return loops
  }

  private mutating func disjunctionOrName() throws(Fault) -> PythonExpression {
    isNext(":=", ahead: 1) ? try expression() : try disjunction()
  }

  /// The names that a loop sets, before `in`.
  mutating func targets() throws(Fault) -> PythonExpression {
    let start = offset
    var items: [PythonExpression] = []
    var isTuple = false
    repeat {
      if isNext("in") { break }
      items.append(try path())
      isTuple = isTuple || isNext(",")
    } while take(",")
    guard let first = items.first else { throw fault }
    return isTuple ? PythonExpression(.list(items), start..<endOfLast) : first
  }

  // MARK: Operands

  private mutating func operand() throws(Fault) -> PythonExpression {
    guard next < end else { throw fault }
    let token = tokens[next]
    switch token.kind {
    case .number:
      next += 1
      return PythonExpression(.number(String(decoding: bytes[token.span], as: UTF8.self)), token.span)
    case .text: return text()
    case .word:
      guard let name = name() else { throw fault }
      return PythonExpression(.name(name), token.span)
    case .symbol: return try bracketed()
    default: throw fault
    }
  }

  private mutating func bracketed() throws(Fault) -> PythonExpression {
    guard depth < PythonParser.maximalDepth else { throw Fault(isTooDeep: true, offset: offset) }
    depth += 1
    defer { depth -= 1 }
    if take("(") { return try items(closedBy: ")", isGroup: true) }
    if take("[") { return try items(closedBy: "]", isGroup: false) }
    if take("{") { return try dictionaryOrSet() }
    if take("...") { return PythonExpression(.name("Ellipsis"), tokens[next - 1].span) }
    throw fault
  }

  private mutating func items(closedBy close: StaticString, isGroup: Bool) throws(Fault) -> PythonExpression {
    let start = tokens[next - 1].span.lowerBound
    var items: [PythonExpression] = []
    var hasComma = false
    while !take(close) {
      if take("yield") { throw fault }
      let value = try starred()
      if isNext("for") || isNext("async") {
        let loops = try loops()
        try expect(close)
        return PythonExpression(.comprehension(key: nil, value: value, loops), start..<endOfLast)
      }
      items.append(value)
      if take(",") {
        hasComma = true
      } else {
        try expect(close)
        break
      }
    }
    // A group keeps its own span, without the brackets.
    if isGroup, !hasComma, items.count == 1 { return items[0] }
    return PythonExpression(.list(items), start..<endOfLast)
  }

  private mutating func dictionaryOrSet() throws(Fault) -> PythonExpression {
    let start = tokens[next - 1].span.lowerBound
    var items: [PythonExpression] = []
    var entries: [PythonExpression.Entry] = []
    while !take("}") {
      if take("**") {
        entries.append(PythonExpression.Entry(key: nil, value: try disjunction()))
      } else {
        let first = try starred()
        if take(":") {
          let value = try expression()
          if isNext("for") || isNext("async") {
            let loops = try loops()
            try expect("}")
            return PythonExpression(.comprehension(key: first, value: value, loops), start..<endOfLast)
          }
          entries.append(PythonExpression.Entry(key: first, value: value))
        } else if isNext("for") || isNext("async") {
          let loops = try loops()
          try expect("}")
          return PythonExpression(.comprehension(key: nil, value: first, loops), start..<endOfLast)
        } else {
          items.append(first)
        }
      }
      if !take(",") {
        try expect("}")
        break
      }
    }
    return PythonExpression(items.isEmpty ? .dictionary(entries) : .list(items), start..<endOfLast)
  }

  /// A string, or several beside each other, which are one.
  private mutating func text() -> PythonExpression {
    let start = offset
    var parts: [PythonExpression] = []
    while next < end, case .text(let quote) = tokens[next].kind {
      parts += text(of: tokens[next], Python.grammar.tokens.quotes[quote], quote)
      next += 1
    }
    var whole = ""
    for part in parts {
      guard case .text(let text) = part.kind else { return PythonExpression(.formatted(parts), start..<endOfLast) }
      whole += text
    }
    return PythonExpression(.text(whole), start..<endOfLast)
  }

  /// A string's text; of an f-string, its texts and the values between them.
  private mutating func text(of token: Token, _ quotes: TokenRules.Quotes, _ quote: Int) -> [PythonExpression] {
    let prefix = String(decoding: quotes.open, as: UTF8.self).lowercased()
    let inner = token.span.lowerBound + quotes.open.count..<token.span.upperBound - quotes.close.count
    if prefix.contains("f"), bytes[inner].contains(UInt8(ascii: "{")) { return formatted(inner) }
    // A backslash stays what it is.
    if prefix.contains("r") {
      return [PythonExpression(.text(String(decoding: bytes[inner], as: UTF8.self)), token.span)]
    }
    let reader = ValueReader(bytes: bytes, rules: Python.grammar.tokens)
    let value = reader.text(of: Expression(.text(quote: quote), token.span)) ?? ""
    return [PythonExpression(.text(value), token.span)]
  }

  /// A value that is more than a name, or is formatted in some way, is unread.
  private mutating func formatted(_ span: Range<Int>) -> [PythonExpression] {
    var parts: [PythonExpression] = []
    var place = span.lowerBound
    while place < span.upperBound {
      let open = bytes[place..<span.upperBound].firstIndex(of: UInt8(ascii: "{")) ?? span.upperBound
      if open > place {
        parts.append(PythonExpression(.text(String(decoding: bytes[place..<open], as: UTF8.self)), place..<open))
      }
      guard open < span.upperBound else { break }
      let close = bytes[open..<span.upperBound].firstIndex(of: UInt8(ascii: "}")) ?? span.upperBound - 1
      let name = open + 1..<max(open + 1, close)
      let isName = !name.isEmpty && bytes[name].allSatisfy { Python.grammar.tokens.words.body.contains($0) }
      parts.append(
        PythonExpression(isName ? .name(String(decoding: bytes[name], as: UTF8.self)) : .unread, open..<close + 1))
      place = close + 1
    }
    return parts
  }
}
