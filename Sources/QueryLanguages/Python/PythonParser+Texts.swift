/// Strings.
extension PythonParser {
  /// A string, or several beside each other, which are one.
  mutating func text() -> PythonExpression {
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
  mutating func text(of token: Token, _ quotes: TokenRules.Quotes, _ quote: Int) -> [PythonExpression] {
    let prefix = String(decoding: quotes.open, as: UTF8.self).lowercased()
    let inner = token.span.lowerBound + quotes.open.count..<token.span.upperBound - quotes.close.count
    if prefix.contains("f") || prefix.contains("t") { return formatted(inner, quote, isRaw: prefix.contains("r")) }
    // A backslash stays what it is.
    if prefix.contains("r") {
      return [PythonExpression(.text(String(decoding: bytes[inner], as: UTF8.self)), token.span)]
    }
    let reader = ValueReader(bytes: bytes, rules: Python.grammar.tokens)
    let value = reader.text(of: Expression(.text(quote: quote), token.span)) ?? ""
    return [PythonExpression(.text(value), token.span)]
  }

  /// The texts and values of an f-string. A value that is more than a name, or is formatted in some way, is unread.
  private mutating func formatted(_ span: Range<Int>, _ quote: Int, isRaw: Bool) -> [PythonExpression] {
    var parts: [PythonExpression] = []
    var start = span.lowerBound
    var place = start
    func addText() {
      if start == place { return }
      let text =
        isRaw
        ? String(decoding: bytes[start..<place], as: UTF8.self)
        : ValueReader(bytes: bytes, rules: Python.grammar.tokens).text(inQuotes: quote, start..<place)
      parts.append(PythonExpression(.text(text), start..<place))
    }
    while place < span.upperBound {
      let byte = bytes[place]
      guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") else {
        place += 1
        continue
      }
      // Two braces are one of the text.
      let isDoubled = place + 1 < span.upperBound && bytes[place + 1] == byte
      if isDoubled || byte == UInt8(ascii: "}") {
        place += 1
        addText()
        place += isDoubled ? 1 : 0
      } else {
        addText()
        let end = endOfValue(from: place, in: span)
        let inner = (place + 1..<end).trimmed(in: bytes)
        let isName = !inner.isEmpty && bytes[inner].allSatisfy { Python.grammar.tokens.words.body.contains($0) }
        let value = isName ? PythonExpression.Kind.name(String(decoding: bytes[inner], as: UTF8.self)) : .unread
        parts.append(PythonExpression(value, place..<min(end + 1, span.upperBound)))
        place = min(end + 1, span.upperBound)
      }
      start = place
    }
    addText()
    return parts
  }

  /// Where the brace is that closes a value of an f-string, or the string ends.
  private func endOfValue(from open: Int, in span: Range<Int>) -> Int {
    var level = 0
    for place in open..<span.upperBound {
      if ByteSet.openers.contains(bytes[place]) { level += 1 }
      if ByteSet.closers.contains(bytes[place]) { level -= 1 }
      if level == 0 { return place }
    }
    return span.upperBound
  }
}

extension Range<Int> {
  /// Without white space at its ends.
  fileprivate func trimmed(in bytes: [UInt8]) -> Range<Int> {
    var range = self
    while let first = range.first, ByteSet.spaces.contains(bytes[first]) { range = range.dropFirst() }
    while let last = range.last, ByteSet.spaces.contains(bytes[last]) { range = range.dropLast() }
    return range
  }
}
