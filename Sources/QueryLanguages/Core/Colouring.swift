/// A run of a query's text that a page shows in one colour.
package struct ColouredRun: Hashable, Sendable {
  package enum Colour: Hashable, Sendable {
    case plain, name, function, `operator`, number, text, comment
  }

  package var colour: Colour
  package var text: String

  package init(_ colour: Colour, _ text: String) {
    self.colour = colour
    self.text = text
  }
}

/// Splits a query into lines of coloured runs, using the tokens that its parser reads. Concatenated, the runs are
/// exactly the text, byte for byte; a line ends with its line feed, and a string or comment that spans several lines
/// continues in each of them.
package func colouredLines(of text: String, _ grammar: Grammar) -> [[ColouredRun]] {
  let bytes = Array(text.utf8)
  var lines: [[ColouredRun]] = []
  var line: [ColouredRun] = []
  func add(_ colour: ColouredRun.Colour, _ span: Range<Int>) {
    var start = span.lowerBound
    while start < span.upperBound {
      let end = bytes[start..<span.upperBound].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? span.upperBound
      let piece = String(decoding: bytes[start..<end], as: UTF8.self)
      if line.last?.colour == colour {
        line[line.count - 1].text += piece
      } else {
        line.append(ColouredRun(colour, piece))
      }
      if bytes[end - 1] == UInt8(ascii: "\n") {
        lines.append(line)
        line = []
      }
      start = end
    }
  }
  var lexer = Lexer(bytes, rules: grammar.tokens)
  var tokens: [Token] = []
  while let token = lexer.next() { tokens.append(token) }
  var operatorEnd = 0
  var last = 0
  // Whether the first word of a command may come next, or the first word of a query, which may be a table's name.
  var mayBeCommand = false
  var mayStartQuery = !grammar.pipe.isEmpty
  // Where the command's name ends so far; it may contain hyphens: `mv-expand`.
  var commandEnd = -1
  for (index, token) in tokens.enumerated() {
    add(.plain, last..<token.span.lowerBound)
    last = token.span.upperBound
    // An operator may consist of several tokens.
    let operation =
      grammar.infixes.match(tokens, at: index, in: bytes) ?? grammar.prefixes.match(tokens, at: index, in: bytes)
    // A unit is an ordinary name unless it follows a number.
    let isUnit = operation?.0.meaning == .timespan
    if let operation, !isUnit || index > 0 && tokens[index - 1].kind == .number {
      operatorEnd = max(operatorEnd, index + operation.count)
    }
    let startsQuery = mayStartQuery && grammar.subqueries?.starts.contains(token.span, of: bytes) == true
    let continuesCommand =
      token.span.lowerBound == commandEnd && (token.kind == .word || bytes[token.span].elementsEqual("-".utf8))
    let isCommand = token.kind == .word && (mayBeCommand || startsQuery) || continuesCommand
    if isCommand { commandEnd = token.span.upperBound }
    if token.kind != .comment, !grammar.pipe.isEmpty {
      mayBeCommand = bytes[token.span].elementsEqual(grammar.pipe)
      mayStartQuery = token.kind == .symbol && ByteSet.openers.contains(bytes[token.span.lowerBound])
    }
    switch token.kind {
    case _ where index < operatorEnd || isCommand: add(.operator, token.span)
    case .word, .quotedName:
      let isCalled =
        grammar.names.calls != .none && index + 1 < tokens.count
        && bytes[tokens[index + 1].span] == [UInt8(ascii: "(")]
      add(isCalled ? .function : .name, token.span)
    case .number: add(.number, token.span)
    case .text, .regex, .unclosed: add(.text, token.span)
    case .comment: add(.comment, token.span)
    case .symbol, .unknown: add(.plain, token.span)
    }
  }
  add(.plain, last..<bytes.count)
  if !line.isEmpty { lines.append(line) }
  return lines
}
