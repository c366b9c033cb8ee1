/// Reads names and values out of the bytes of a query: quotes off, escapes undone, wildcards found.
struct ValueReader {
  let bytes: [UInt8]
  let rules: TokenRules

  /// As written.
  func source(_ expression: Expression) -> String { String(decoding: bytes[expression.span], as: UTF8.self) }

  /// The text of a name or value; nil for anything else.
  func text(of expression: Expression) -> String? {
    guard let parts = pattern(of: expression, in: .plain)?.parts else { return nil }
    return String(
      decoding: parts.map { if case .literal(let byte) = $0 { byte } else { UInt8(ascii: "*") } }, as: UTF8.self)
  }

  func pattern(of expression: Expression, in form: FieldComparison.Form) -> TextPattern? {
    let span = expression.span
    switch expression.kind {
    case .name, .number: return bare(span, wildcards: form)
    case .text(let index), .quotedName(let index), .regex(let index):
      let quotes = rules.quotes[index]
      let inner = span.lowerBound + quotes.open.count..<span.upperBound - quotes.close.count
      if case .pattern(_, _, inQuotes: true) = form { return quoted(inner, quotes, wildcards: form) }
      return quoted(inner, quotes, wildcards: .plain)
    default: return nil
    }
  }

  private func bare(_ span: Range<Int>, wildcards form: FieldComparison.Form) -> TextPattern {
    var parts: [TextPattern.Part] = []
    var at = span.lowerBound
    while at < span.upperBound {
      if bytes[at] == rules.words.escape, at + 1 < span.upperBound {
        parts.append(.literal(bytes[at + 1]))
        at += 2
      } else {
        parts.append(part(bytes[at], form))
        at += 1
      }
    }
    return TextPattern(parts)
  }

  private func quoted(_ span: Range<Int>, _ quotes: TokenRules.Quotes, wildcards form: FieldComparison.Form)
    -> TextPattern
  {
    var parts: [TextPattern.Part] = []
    var at = span.lowerBound
    while at < span.upperBound {
      let byte = bytes[at]
      let hasNext = at + 1 < span.upperBound
      switch quotes.escape {
      case .backslash where byte == UInt8(ascii: "\\") && hasNext:
        parts.append(.literal(meaning(ofEscaped: bytes[at + 1])))
        at += 2
      case .closingQuote where byte == UInt8(ascii: "\\") && hasNext && bytes[at + 1] == quotes.close.first:
        parts.append(.literal(bytes[at + 1]))
        at += 2
      case .closingQuote where byte == UInt8(ascii: "\\") && hasNext:
        parts += [.literal(byte), .literal(bytes[at + 1])]
        at += 2
      case .doubled where bytes[at..<span.upperBound].starts(with: quotes.close):
        parts += quotes.close.map { .literal($0) }
        at += 2 * quotes.close.count
      default:
        parts.append(part(byte, form))
        at += 1
      }
    }
    return TextPattern(parts)
  }

  private func part(_ byte: UInt8, _ form: FieldComparison.Form) -> TextPattern.Part {
    guard case .pattern(let many, let one, _) = form else { return .literal(byte) }
    return byte == many ? .many : byte == one ? .one : .literal(byte)
  }

  private func meaning(ofEscaped byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: byte
    }
  }
}
