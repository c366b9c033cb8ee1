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

/// A text's lines of coloured runs, put together from its start. A line ends with its line feed.
package struct ColouredLines {
  package private(set) var all: [[ColouredRun]] = []
  /// How many of the text's bytes have a colour.
  package private(set) var end = 0
  private let bytes: [UInt8]

  package init(of bytes: [UInt8]) { self.bytes = bytes }

  /// Gives the next bytes a colour, up to an index.
  package mutating func add(_ colour: ColouredRun.Colour, to limit: Int) {
    while end < limit {
      let stop = bytes[end..<limit].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? limit
      let text = String(decoding: bytes[end..<stop], as: UTF8.self)
      if end == 0 || bytes[end - 1] == UInt8(ascii: "\n") { all.append([]) }
      let line = all.count - 1
      if all[line].last?.colour == colour {
        all[line][all[line].count - 1].text += text
      } else {
        all[line].append(ColouredRun(colour, text))
      }
      end = stop
    }
  }
}

/// Splits a query into lines of coloured runs, using the tokens that its parser reads. Concatenated, the runs are
/// exactly the text, byte for byte; a line ends with its line feed, and a string or comment that spans several lines
/// continues in each of them.
package func colouredLines(of text: String, _ grammar: Grammar) -> [[ColouredRun]] {
  let bytes = Array(text.utf8)
  var lines = ColouredLines(of: bytes)
  var lexer = Lexer(bytes, rules: grammar.tokens)
  var tokens: [Token] = []
  while let token = lexer.next() { tokens.append(token) }
  var operatorEnd = 0
  // Whether the first word of a command may come next, or the first word of a query, which may be a table's name.
  var mayBeCommand = false
  var mayStartQuery = !grammar.pipe.isEmpty
  // Where the command's name ends so far; it may contain hyphens: `mv-expand`.
  var commandEnd = -1
  for (index, token) in tokens.enumerated() {
    lines.add(.plain, to: token.span.lowerBound)
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
    let colour: ColouredRun.Colour
    switch token.kind {
    case _ where index < operatorEnd || isCommand: colour = .operator
    case .word, .quotedName:
      let isCalled =
        grammar.names.calls != .none && index + 1 < tokens.count
        && bytes[tokens[index + 1].span] == [UInt8(ascii: "(")]
      colour = isCalled ? .function : .name
    case .number: colour = .number
    case .text, .regex, .unclosed: colour = .text
    case .comment: colour = .comment
    case .symbol, .unknown: colour = .plain
    }
    lines.add(colour, to: token.span.upperBound)
  }
  lines.add(.plain, to: bytes.count)
  return lines.all
}
