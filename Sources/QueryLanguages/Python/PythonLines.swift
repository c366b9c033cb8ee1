/// A module's tokens, divided into logical lines: brackets and backslashes join lines of the text.
struct PythonLines {
  struct Line {
    /// The width of the white space before it; a tab extends to a multiple of eight.
    var indent: Int
    /// The indices of its tokens.
    var tokens: Range<Int>
    /// Whether it is in the same line of the text as the one before.
    var followsSemicolon: Bool
  }

  let bytes: [UInt8]
  /// Without comments.
  private(set) var tokens: [Token] = []
  private(set) var lines: [Line] = []
  private var isAfterSemicolon = false

  init(_ bytes: [UInt8], limit: Int) {
    self.bytes = bytes
    var lexer = Lexer(bytes, rules: Python.grammar.tokens)
    var level = 0
    var last = 0
    var start = 0
    var strings = FormattedStrings(bytes)
    while tokens.count < limit, var token = lexer.next() {
      if let end = strings.end(of: token) {
        token.span = token.span.lowerBound..<end
        lexer = Lexer(bytes, in: end..<bytes.count, rules: Python.grammar.tokens)
      }
      defer { if token.kind != .comment || level == 0 { last = token.span.upperBound } }
      if token.kind == .comment {
        // The line feed after a comment ends the line that it follows.
        if level == 0 { end(&start, at: tokens.count) }
        continue
      }
      if isBackslash(token) { continue }
      if startsLine(last..<token.span.lowerBound), level == 0 || startsDefinition(token) {
        end(&start, at: tokens.count)
        isAfterSemicolon = false
        level = 0
      }
      if token.kind == .symbol {
        let byte = bytes[token.span.lowerBound]
        if ByteSet.openers.contains(byte) { level += 1 }
        if ByteSet.closers.contains(byte) { level = max(0, level - 1) }
        if byte == UInt8(ascii: ";"), level == 0 {
          end(&start, at: tokens.count)
          isAfterSemicolon = true
          continue
        }
      }
      tokens.append(token)
    }
    end(&start, at: tokens.count)
  }

  private mutating func end(_ start: inout Int, at end: Int) {
    guard start < end else { return }
    let indent = indentation(of: tokens[start].span.lowerBound)
    // What follows a semicolon belongs to the same block.
    lines.append(
      Line(
        indent: indent ?? lines.last?.indent ?? 0, tokens: start..<end, followsSemicolon: isAfterSemicolon))
    isAfterSemicolon = false
    start = end
  }

  /// nil for something that isn't the first on its line.
  private func indentation(of offset: Int) -> Int? {
    var start = offset
    while start > 0, bytes[start - 1] == UInt8(ascii: " ") || bytes[start - 1] == UInt8(ascii: "\t") { start -= 1 }
    guard start == 0 || bytes[start - 1] == UInt8(ascii: "\n") || bytes[start - 1] == UInt8(ascii: "\r") else {
      return nil
    }
    return bytes[start..<offset].reduce(0) { $1 == UInt8(ascii: "\t") ? ($0 / 8 + 1) * 8 : $0 + 1 }
  }

  private func startsLine(_ gap: Range<Int>) -> Bool {
    for place in gap where bytes[place] == UInt8(ascii: "\n") {
      let before = place > 0 && bytes[place - 1] == UInt8(ascii: "\r") ? place - 2 : place - 1
      if before < 0 || bytes[before] != UInt8(ascii: "\\") { return true }
    }
    return gap.lowerBound == 0
  }

  /// Whether a bracket that is still open was never closed: no expression contains a definition.
  private func startsDefinition(_ token: Token) -> Bool {
    token.kind == .word && indentation(of: token.span.lowerBound) == 0
      && (bytes[token.span].elementsEqual("def".utf8) || bytes[token.span].elementsEqual("class".utf8))
  }

  private func isBackslash(_ token: Token) -> Bool {
    token.kind == .unknown && bytes[token.span.lowerBound] == UInt8(ascii: "\\")
  }
}
