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

  /// The function whose `def` is on a line. If that can't be parsed, its body is unread.
  mutating func function(_ name: String, at index: Int) -> PythonFunction {
    next = index
    let statement = statement()
    guard case .function(var function) = statement.kind else {
      return PythonFunction(name: name, parameters: [], isOrdinary: false, span: statement.span, body: [statement])
    }
    if index > 0, isDecorator(lines.lines[index - 1]) { function.isOrdinary = false }
    return function
  }

  /// The class whose `class` is on a line; nil if it can't be read.
  mutating func type(at index: Int) -> PythonClass? {
    let line = lines.lines[index]
    next = index + 1
    var parser = PythonParser(lines, line.tokens)
    guard parser.take("class"), parser.name() != nil, !(index > 0 && isDecorator(lines.lines[index - 1])) else {
      return nil
    }
    do throws(PythonParser.Fault) {
      var type = PythonClass(bases: [])
      if parser.take("(") {
        while !parser.take(")") {
          type.bases.append(try parser.expression())
          if !parser.isNext(")") { try parser.expect(",") }
        }
      }
      for statement in try suite(&parser, line.indent) {
        switch statement.kind {
        case .function(let function): type.methods[function.name] = function
        case .assignment(let targets, let value):
          for target in targets { if case .name(let name) = target.kind { type.constants[name] = value } }
        default: break
        }
      }
      return type
    } catch {
      return nil
    }
  }

  private func isDecorator(_ line: PythonLines.Line) -> Bool { PythonParser(lines, line.tokens).isNext("@") }

  /// The statements that are indented more than a line.
  private mutating func block(below indent: Int) -> [PythonStatement] {
    guard next < lines.lines.count, lines.lines[next].indent > indent else { return [] }
    guard depth < PythonBlockParser.maximalDepth else {
      let start = next
      skipBlock(below: indent)
      let unread = unread(start..<next)
      faults.append(PythonParser.Fault(kind: .tooDeep, offset: unread.span.lowerBound))
      return [unread]
    }
    depth += 1
    defer { depth -= 1 }
    let own = lines.lines[next].indent
    var statements: [PythonStatement] = []
    while next < lines.lines.count, lines.lines[next].indent > indent {
      if lines.lines[next].indent != own { note(.indentation, at: next) }
      let statement = statement()
      if case .decorator(let name)? = statements.last?.kind, case .function(var function) = statement.kind {
        function.decorator = name
        if name != "property" { function.isOrdinary = false }
        statements.append(PythonStatement(.function(function), statement.span))
      } else {
        statements.append(statement)
      }
    }
    return statements
  }

  private mutating func skipBlock(below indent: Int) {
    while next < lines.lines.count, lines.lines[next].indent > indent { next += 1 }
  }

  private mutating func note(_ kind: PythonParser.Fault.Kind, at line: Int) {
    faults.append(
      PythonParser.Fault(kind: kind, offset: lines.tokens[lines.lines[line].tokens.lowerBound].span.lowerBound))
  }

  /// Lines that aren't read: they may return, and set the variables before an assignment's sign.
  private func unread(_ range: Range<Int>) -> PythonStatement {
    var names: [String] = []
    for line in lines.lines[range] {
      var parser = PythonParser(lines, line.tokens)
      var before: [String] = []
      while !parser.isAtEnd {
        if let name = parser.name() {
          before.append(name)
        } else {
          if PythonBlockParser.assignments.contains(where: { parser.isNext($0) }) { names += before }
          parser.next += 1
        }
      }
    }
    return PythonStatement(.unread(setting: names), span(range))
  }

  private static let changes: [StaticString] = [
    "+=", "-=", "|=", "&=", "*=", "/=", "//=", "%=", "^=", "**=", "@=", "<<=", ">>=",
  ]
  private static let assignments: [StaticString] = ["=", ":="] + changes

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
      guard let kind = try compound(&parser, line.indent) else {
        let statement = simple(line.tokens)
        guard case .unread = statement.kind else { return statement }
        skipBlock(below: line.indent)
        return unread(start..<next)
      }
      if case .unread = kind { return unread(start..<next) }
      return PythonStatement(kind, span(start..<next))
    } catch {
      faults.append(error)
      // What belongs to it can't be understood without it.
      skipBlock(below: line.indent)
      return unread(start..<next)
    }
  }

  /// A statement with a block; nil for another.
  private mutating func compound(
    _ parser: inout PythonParser, _ indent: Int
  ) throws(PythonParser.Fault) -> PythonStatement.Kind? {
    let isAsynchronous = parser.take("async")
    if parser.take("if") { return try condition(&parser, indent) }
    if parser.take("for") { return try loop(&parser, indent) }
    if parser.take("try") { return try attempt(&parser, indent) }
    if parser.take("with") {
      parser.skip(to: ":")
      return .block(try suite(&parser, indent))
    }
    if parser.take("def") { return try definition(&parser, indent, isAsynchronous: isAsynchronous) }
    if parser.take("while") {
      parser.skip(to: ":")
      var body = try suite(&parser, indent)
      if var line = continuation("else", indent) { body += try suite(&line, indent) }
      guard let names = PythonStatement.names(setBy: body) else { return .unread(setting: []) }
      return .repeated(setting: names)
    }
    if parser.take("class") { return try classDefinition(&parser, indent) }
    if isMatch(parser, indent) { return try match(&parser) }
    if parser.take("@") {
      let name = parser.name() ?? ""
      return .decorator(parser.isAtEnd ? name : "")
    }
    return nil
  }

  /// What follows a colon: the rest of the line, or the block below it.
  private mutating func suite(
    _ parser: inout PythonParser, _ indent: Int
  ) throws(PythonParser.Fault) -> [PythonStatement] {
    try parser.expect(":")
    if parser.isAtEnd {
      let line = next - 1
      let statements = block(below: indent)
      if statements.isEmpty { note(.missingBlock, at: line) }
      return statements
    }
    var statements = [simple(parser.next..<parser.end)]
    while next < lines.lines.count, lines.lines[next].followsSemicolon {
      statements.append(simple(lines.lines[next].tokens))
      next += 1
    }
    return statements
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
    var body = try suite(&parser, indent)
    var handlers: [[PythonStatement]] = []
    while var line = continuation("except", indent) {
      line.skip(to: ":")
      handlers.append(try suite(&line, indent))
    }
    if var line = continuation("else", indent) { body += try suite(&line, indent) }
    var last: [PythonStatement] = []
    if var line = continuation("finally", indent) { last = try suite(&line, indent) }
    return .attempt(body, handlers: handlers, finally: last)
  }

  private mutating func classDefinition(
    _ parser: inout PythonParser, _ indent: Int
  ) throws(PythonParser.Fault) -> PythonStatement.Kind {
    let start = parser.offset
    guard let name = parser.name() else { throw parser.fault }
    let span = start..<parser.offset
    parser.skip(to: ":")
    _ = try suite(&parser, indent)
    return .assignment(targets: [PythonExpression(.name(name), span)], PythonExpression(.unread, span))
  }

  /// Whether a line that begins with `match` begins such a statement: the word is a name elsewhere.
  private func isMatch(_ parser: PythonParser, _ indent: Int) -> Bool {
    guard parser.isNext("match"), next < lines.lines.count, lines.lines[next].indent > indent else { return false }
    return PythonParser(lines, lines.lines[next].tokens).isNext("case")
  }

  /// Comparisons with constants, one after the other; unread if a pattern is anything else.
  private mutating func match(_ parser: inout PythonParser) throws(PythonParser.Fault) -> PythonStatement.Kind {
    parser.next += 1
    let subject = try parser.expressions()
    try parser.expect(":")
    let indent = lines.lines[next].indent
    var branches: [PythonStatement.Branch] = []
    var otherwise: [PythonStatement] = []
    var hasParts = false
    while var line = continuation("case", indent) {
      let start = line.offset
      let pattern = try line.pattern()
      let span = start..<line.offset
      var conditions: [PythonExpression] = []
      if case .values(let values) = pattern { conditions.append(subject.isAny(of: values, span)) }
      let hasGuard = line.take("if")
      if hasGuard { conditions.append(try line.expression()) }
      let body = try suite(&line, indent)
      switch pattern {
      case .values:
        branches.append(PythonStatement.Branch(condition: PythonExpression(.and(conditions), span), body: body))
      case .any(nil) where hasGuard: branches.append(PythonStatement.Branch(condition: conditions[0], body: body))
      case .any(nil): otherwise = body
      case .any(let name?) where !hasGuard:
        let target = PythonExpression(.name(name), span)
        otherwise = [PythonStatement(.assignment(targets: [target], subject), span)] + body
      case .any, .parts: hasParts = true
      }
    }
    return hasParts || branches.isEmpty ? .unread(setting: []) : .condition(branches, otherwise: otherwise)
  }

  private mutating func definition(
    _ parser: inout PythonParser, _ indent: Int, isAsynchronous: Bool
  ) throws(PythonParser.Fault) -> PythonStatement.Kind {
    let start = next - 1
    guard let name = parser.name() else { throw parser.fault }
    if parser.isNext("[") { parser.skip(to: "(") }
    try parser.expect("(")
    let parameters = try parser.parameters(closedBy: ")")
    if parser.take("->") { _ = try parser.expression() }
    let body = try suite(&parser, indent)
    return .function(
      PythonFunction(
        name: name, parameters: parameters, isOrdinary: !isAsynchronous && !yields(start..<next),
        span: span(start..<next), body: body))
  }

  private func yields(_ range: Range<Int>) -> Bool {
    lines.lines[range].contains { line in
      lines.tokens[line.tokens].contains { $0.kind == .word && lines.bytes[$0.span].elementsEqual("yield".utf8) }
    }
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
      return PythonStatement(.unread(setting: []), span)
    }
  }

  private func simple(_ parser: inout PythonParser) throws(PythonParser.Fault) -> PythonStatement.Kind {
    let start = parser.next
    if parser.take("return") { return .result(parser.isAtEnd ? nil : try parser.expressions()) }
    if parser.take("break") { return .breakLoop }
    if parser.take("continue") { return .nextRound }
    if parser.take("raise") {
      parser.next = parser.end
      return .failure
    }
    if parser.take("assert") {
      let start = parser.offset
      let condition = try parser.expression()
      if parser.take(",") { _ = try parser.expression() }
      let failure = PythonStatement(.failure, condition.span)
      let opposite = PythonExpression(.not(condition), start..<condition.span.upperBound)
      return .condition([PythonStatement.Branch(condition: opposite, body: [failure])], otherwise: [])
    }
    if parser.take("del") { return .removal([try parser.expressions()]) }
    for word in ["pass", "global", "nonlocal"] as [StaticString] where parser.isNext(word) {
      parser.next = parser.end
      return .nothing
    }
    if parser.isNext("import") || parser.isNext("from") { return .imports(parser.imports()) }
    if parser.take("type"), parser.name() != nil, parser.isNext("=") || parser.isNext("[") {
      parser.next = parser.end
      return .nothing
    }
    parser.next = start
    let first = try parser.expressions()
    if parser.take(":") { _ = try parser.expression() }
    for operation in PythonBlockParser.changes where parser.take(operation) {
      return .change(first, operation: String("\(operation)".dropLast()), try parser.expressions())
    }
    guard parser.isNext("=") else { return .expression(first) }
    var targets = [first]
    while parser.take("=") { targets.append(try parser.expressions()) }
    return .assignment(targets: Array(targets.dropLast()), targets[targets.count - 1])
  }
}
