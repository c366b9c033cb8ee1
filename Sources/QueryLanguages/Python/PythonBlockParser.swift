/// Parses statements and the blocks indented below them. A statement that can't be parsed is kept as unread, and what
/// follows it is read.
struct PythonBlockParser {
  private let lines: PythonLines
  /// The index of the next line.
  private var next = 0
  private var depth = 0
  private(set) var faults: [PythonParser.Fault] = []
  /// Deeper than in any real rule, and shallow enough for the stack.
  private static let maximalDepth = 32

  init(_ lines: PythonLines) { self.lines = lines }

  /// The function whose `def` is on a line.
  mutating func function(at index: Int) -> PythonFunction? {
    next = index
    guard case .function(var function) = statement().kind else { return nil }
    if index > 0, isDecorator(lines.lines[index - 1]) { function.isDecorated = true }
    return function
  }

  private func isDecorator(_ line: PythonLines.Line) -> Bool { PythonParser(lines, line.tokens).isNext("@") }

  /// The statements that are indented more than a line.
  private mutating func block(below indent: Int) -> [PythonStatement] {
    guard next < lines.lines.count, lines.lines[next].indent > indent else { return [] }
    guard depth < PythonBlockParser.maximalDepth else {
      let start = next
      while next < lines.lines.count, lines.lines[next].indent > indent { next += 1 }
      let span = span(start..<next)
      faults.append(PythonParser.Fault(isTooDeep: true, offset: span.lowerBound))
      return [PythonStatement(.unread, span)]
    }
    depth += 1
    defer { depth -= 1 }
    var statements: [PythonStatement] = []
    while next < lines.lines.count, lines.lines[next].indent > indent { statements.append(statement()) }
    return statements
  }

  private func span(_ range: Range<Int>) -> Range<Int> {
    guard let first = lines.lines[range].first?.tokens.first, let last = lines.lines[range].last?.tokens.last else {
      return 0..<0
    }
    return lines.tokens[first].span.lowerBound..<lines.tokens[last].span.upperBound
  }

  // MARK: Statements

  private mutating func statement() -> PythonStatement {
    let start = next
    let line = lines.lines[next]
    next += 1
    var parser = PythonParser(lines, line.tokens)
    do throws(PythonParser.Fault) {
      guard let kind = try compound(&parser, line.indent) else { return simple(line.tokens) }
      return PythonStatement(kind, span(start..<next))
    } catch {
      faults.append(error)
      // What belongs to it can't be understood without it.
      while next < lines.lines.count, lines.lines[next].indent > line.indent { next += 1 }
      return PythonStatement(.unread, span(start..<next))
    }
  }

  /// A statement with a block; nil for another.
  private mutating func compound(
    _ parser: inout PythonParser, _ indent: Int
  ) throws(PythonParser.Fault) -> PythonStatement.Kind? {
    _ = parser.take("async")
    if parser.take("if") { return try condition(&parser, indent) }
    if parser.take("for") { return try loop(&parser, indent) }
    if parser.take("try") { return try attempt(&parser, indent) }
    if parser.take("with") {
      while !parser.isAtEnd, !parser.isNext(":") || parser.next + 1 < parser.end { parser.next += 1 }
      return .block(try suite(&parser, indent))
    }
    if parser.take("def") { return try definition(&parser, indent) }
    if parser.isNext("while") || parser.isNext("class") {
      _ = block(below: indent)
      return .unread
    }
    if parser.isNext("@") { return .nothing }
    return nil
  }

  /// What follows a colon: the rest of the line, or the block below it.
  private mutating func suite(
    _ parser: inout PythonParser, _ indent: Int
  ) throws(PythonParser.Fault) -> [PythonStatement] {
    try parser.expect(":")
    if parser.isAtEnd { return block(below: indent) }
    return [simple(parser.next..<parser.end)]
  }

  private mutating func condition(
    _ parser: inout PythonParser, _ indent: Int
  ) throws(PythonParser.Fault) -> PythonStatement.Kind {
    var branches: [PythonStatement.Branch] = []
    let first = try parser.expressions()
    branches.append(PythonStatement.Branch(condition: first, body: try suite(&parser, indent)))
    while var line = continuation("elif", indent) {
      let test = try line.expressions()
      branches.append(PythonStatement.Branch(condition: test, body: try suite(&line, indent)))
    }
    var otherwise: [PythonStatement] = []
    if var line = continuation("else", indent) { otherwise = try suite(&line, indent) }
    return .condition(branches, otherwise: otherwise)
  }

  /// The next line, if it continues a statement; it is skipped.
  private mutating func continuation(_ word: StaticString, _ indent: Int) -> PythonParser? {
    guard next < lines.lines.count, lines.lines[next].indent == indent else { return nil }
    var parser = PythonParser(lines, lines.lines[next].tokens)
    guard parser.take(word) else { return nil }
    next += 1
    return parser
  }

  private mutating func loop(
    _ parser: inout PythonParser, _ indent: Int
  ) throws(PythonParser.Fault) -> PythonStatement.Kind {
    let target = try parser.targets()
    try parser.expect("in")
    let values = try parser.expressions()
    let body = try suite(&parser, indent)
    var otherwise: [PythonStatement] = []
    if var line = continuation("else", indent) { otherwise = try suite(&line, indent) }
    return .loop(
      PythonExpression.Loop(target: target, values: values, conditions: []), body: body, otherwise: otherwise)
  }

  private mutating func attempt(
    _ parser: inout PythonParser, _ indent: Int
  ) throws(PythonParser.Fault) -> PythonStatement.Kind {
    let body = try suite(&parser, indent)
    var handlers: [[PythonStatement]] = []
    while var line = continuation("except", indent) {
      while !line.isAtEnd, !line.isNext(":") { line.next += 1 }
      handlers.append(try suite(&line, indent))
    }
    var then: [PythonStatement] = []
    if var line = continuation("else", indent) { then += try suite(&line, indent) }
    if var line = continuation("finally", indent) { then += try suite(&line, indent) }
    return .attempt(body, handlers: handlers, then: then)
  }

  private mutating func definition(
    _ parser: inout PythonParser, _ indent: Int
  ) throws(PythonParser.Fault) -> PythonStatement.Kind {
    let start = next - 1
    guard let name = parser.name() else { throw parser.fault }
    try parser.expect("(")
    let parameters = try parser.parameters(closedBy: ")")
    if parser.take("->") { _ = try parser.expression() }
    let body = try suite(&parser, indent)
    return .function(
      PythonFunction(name: name, parameters: parameters, span: span(start..<next), body: body))
  }

  /// A statement on one line.
  mutating func simple(_ range: Range<Int>) -> PythonStatement {
    guard !range.isEmpty else { return PythonStatement(.nothing, 0..<0) }
    var parser = PythonParser(lines, range)
    let span = lines.tokens[range.lowerBound].span.lowerBound..<lines.tokens[range.upperBound - 1].span.upperBound
    do throws(PythonParser.Fault) {
      let kind = try simple(&parser)
      guard parser.isAtEnd else { throw parser.fault }
      return PythonStatement(kind, span)
    } catch {
      faults.append(error)
      return PythonStatement(.unread, span)
    }
  }

  private func simple(_ parser: inout PythonParser) throws(PythonParser.Fault) -> PythonStatement.Kind {
    if parser.take("return") { return .result(parser.isAtEnd ? nil : try parser.expressions()) }
    if parser.take("break") { return .breakLoop }
    if parser.take("continue") { return .nextRound }
    if parser.take("raise") {
      parser.next = parser.end
      return .failure
    }
    for word in ["pass", "global", "nonlocal", "del", "assert"] as [StaticString] where parser.isNext(word) {
      parser.next = parser.end
      return .nothing
    }
    if parser.isNext("import") || parser.isNext("from") {
      let imports = parser.imports()
      _ = parser.take(")")
      return .imports(imports)
    }
    let first = try parser.expressions()
    if parser.take(":") { _ = try parser.expression() }
    for operation in ["+=", "-=", "|=", "&=", "*=", "/=", "//=", "%=", "^=", "**="] as [StaticString]
    where parser.take(operation) {
      return .change(first, operation: String("\(operation)".dropLast()), try parser.expressions())
    }
    guard parser.isNext("=") else { return .expression(first) }
    var targets = [first]
    while parser.take("=") { targets.append(try parser.expressions()) }
    return .assignment(targets: Array(targets.dropLast()), targets[targets.count - 1])
  }
}
