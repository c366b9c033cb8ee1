/// Searches a part of a query, skipping brackets, strings and comments.
struct Clauses {
  let bytes: [UInt8]
  let rules: TokenRules

  /// A list item: `name = value`, or only a value. A missing value is empty.
  struct Assignment {
    var name: Range<Int>?
    var value: Range<Int>
  }

  /// The comma-separated items.
  func assignments(in range: Range<Int>) -> [Assignment] {
    pipelineCommands(of: bytes, in: range, dividedBy: ",", rules).map { item in
      var sign: Range<Int>?
      visit(item.span) { token, level in
        if level == 0, token.kind == .symbol, bytes[token.span] == [UInt8(ascii: "=")] { sign = token.span }
        return sign == nil
      }
      guard let sign else { return Assignment(name: nil, value: item.span) }
      return Assignment(
        name: item.span.lowerBound..<sign.lowerBound, value: sign.upperBound..<item.span.upperBound)
    }
  }

  /// The first occurrence of any of these words, which are in lower case.
  func first(of words: [String], in range: Range<Int>) -> Range<Int>? {
    let table = WordTable(words)
    var found: Range<Int>?
    visit(range) { token, level in
      guard level == 0, token.kind == .word, table.contains(token.span, of: bytes) else { return true }
      found = token.span
      return false
    }
    return found
  }

  /// The contents of the brackets, at most this many of them. An unclosed bracket extends to the end.
  func brackets(in range: Range<Int>, atMost limit: Int = .max) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start: Int?
    visit(range) { token, level in
      guard token.kind == .symbol, level == 0 else { return true }
      let byte = bytes[token.span.lowerBound]
      if byte == UInt8(ascii: "(") { start = token.span.upperBound }
      if byte == UInt8(ascii: ")"), let opened = start.take() { found.append(opened..<token.span.lowerBound) }
      return found.count < limit
    }
    if let start { found.append(start..<range.upperBound) }
    return found
  }

  /// The values of the quoted strings.
  func texts(in range: Range<Int>) -> [String] {
    var found: [String] = []
    let values = ValueReader(bytes: bytes, rules: rules)
    visit(range) { token, _ in
      if case .text(let quote) = token.kind, let text = values.text(of: Expression(.text(quote: quote), token.span)) {
        found.append(text)
      }
      return true
    }
    return found
  }

  /// - Parameter body: receives each token except comments, with the number of brackets around it, and returns whether
  ///   to continue.
  private func visit(_ range: Range<Int>, _ body: (Token, _ level: Int) -> Bool) {
    var lexer = Lexer(bytes, in: range, rules: rules)
    var level = 0
    while let token = lexer.next() {
      guard token.kind != .comment else { continue }
      let isSymbol = token.kind == .symbol
      if isSymbol, ByteSet.closers.contains(bytes[token.span.lowerBound]) { level = max(0, level - 1) }
      guard body(token, level) else { return }
      if isSymbol, ByteSet.openers.contains(bytes[token.span.lowerBound]) { level += 1 }
    }
  }
}
