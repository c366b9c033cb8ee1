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

/// Cuts a query into lines of coloured runs, by the tokens that its parser reads. The runs put together are the text, to the byte;
/// a line ends with its line feed, and a text or comment over several lines goes on in each of them.
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
  // Where the first word of a query or command may be.
  var mayBeCommand = !grammar.pipe.isEmpty
  var isBehindOpener = false
  for (index, token) in tokens.enumerated() {
    add(.plain, last..<token.span.lowerBound)
    last = token.span.upperBound
    // An operator may have several tokens.
    let operation =
      grammar.infixes.match(tokens, at: index, in: bytes) ?? grammar.prefixes.match(tokens, at: index, in: bytes)
    // A unit is a name like any other but behind a number.
    let isUnit = operation?.0.meaning == .timespan
    if let operation, !isUnit || index > 0 && tokens[index - 1].kind == .number {
      operatorEnd = max(operatorEnd, index + operation.count)
    }
    let startsQuery = isBehindOpener && grammar.subqueries?.starts.contains(token.span, of: bytes) == true
    let isCommand = token.kind == .word && (mayBeCommand || startsQuery)
    if token.kind != .comment, !grammar.pipe.isEmpty {
      mayBeCommand = bytes[token.span].elementsEqual(grammar.pipe)
      isBehindOpener = token.kind == .symbol && ByteSet.openers.contains(bytes[token.span.lowerBound])
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
