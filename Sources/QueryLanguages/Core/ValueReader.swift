/// Reads names and values from a query's bytes: removes quotes, decodes escapes and finds wildcards.
struct ValueReader {
  let bytes: [UInt8]
  let rules: TokenRules

  /// As written.
  func source(_ expression: Expression) -> String { String(decoding: bytes[expression.span], as: UTF8.self) }

  /// The string that a name or value holds; nil for anything else.
  func text(of expression: Expression) -> String? {
    characters(of: expression).map { String(decoding: $0.map(\.byte), as: UTF8.self) }
  }

  /// A part of a string.
  ///
  /// - Parameter quote: the index of its quotes in ``TokenRules/quotes``.
  func text(inQuotes quote: Int, _ part: Range<Int>) -> String {
    let quotes = rules.quotes[quote]
    return String(
      decoding: characters(in: part, quotes.escape, close: quotes.close).map(\.byte), as: UTF8.self)
  }

  /// A byte of a value, whether it comes from an escape sequence, and where that byte or sequence is in the query.
  struct Character {
    var byte: UInt8
    var isEscaped: Bool
    var offset: Int
  }

  /// The bytes of a name or value; nil for anything else.
  func characters(of expression: Expression) -> [Character]? {
    let span = expression.span
    switch expression.kind {
    case .name, .number:
      return characters(in: span, rules.words.escape == nil ? .none : .sequences(rules.words.escapes))
    case .text(let index), .quotedName(let index), .regex(let index):
      let quotes = rules.quotes[index]
      if quotes.arePartOfText { return characters(in: span, .none) }
      let inner = span.lowerBound + quotes.open.count..<span.upperBound - quotes.close.count
      return characters(in: inner, quotes.escape, close: quotes.close)
    default: return nil
    }
  }

  func pattern(of expression: Expression, in form: FieldComparison.Form) -> TextPattern? {
    guard let characters = characters(of: expression) else { return nil }
    guard case .pattern(let many, let one, let inQuotes, let escape) = form, inQuotes || expression.kind == .name
    else { return TextPattern(characters.map(\.byte)) }
    func part(_ byte: UInt8) -> TextPattern.Part { byte == many ? .many : byte == one ? .one : .literal(byte) }
    guard let escape else { return TextPattern(characters.map { $0.isEscaped ? .literal($0.byte) : part($0.byte) }) }
    // The pattern has its own escapes, in the string between the quotes.
    var parts: [TextPattern.Part] = []
    var place = 0
    while place < characters.count {
      let byte = characters[place].byte
      let next = place + 1 < characters.count ? characters[place + 1].byte : nil
      if byte == escape, let next, next == many || next == one || next == escape {
        parts.append(.literal(next))
        place += 2
      } else {
        parts.append(part(byte))
        place += 1
      }
    }
    return TextPattern(parts)
  }

  private func characters(in span: Range<Int>, _ escape: TokenRules.Quotes.Escape, close: [UInt8] = [])
    -> [Character]
  {
    var characters: [Character] = []
    characters.reserveCapacity(span.count)
    var at = span.lowerBound
    func add(_ text: some Sequence<UInt8>, escaped: Bool) {
      for byte in text { characters.append(Character(byte: byte, isEscaped: escaped, offset: at)) }
    }
    while at < span.upperBound {
      let byte = bytes[at]
      let isBackslash = byte == UInt8(ascii: "\\") && at + 1 < span.upperBound
      switch escape {
      case .sequences(let escapes) where isBackslash, .doubledOrSequences(let escapes) where isBackslash:
        let meaning = escapes.meaning(bytes, at: at + 1, end: span.upperBound)
        add(meaning?.text ?? [byte], escaped: true)
        at = meaning?.end ?? at + 1
      case .closingQuote where isBackslash && bytes[at + 1] == close.first:
        add([bytes[at + 1]], escaped: true)
        at += 2
      case .closingQuote where isBackslash:
        add([byte, bytes[at + 1]], escaped: true)
        at += 2
      case _ where escape.isDoubled && !close.isEmpty && bytes[at..<span.upperBound].starts(with: close):
        add(close, escaped: true)
        at += 2 * close.count
      default:
        add(CollectionOfOne(byte), escaped: false)
        at += 1
      }
    }
    return characters
  }
}
