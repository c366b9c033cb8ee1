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
