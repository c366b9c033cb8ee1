/// Finds the ends of f-strings whose values contain their own quotes: `f"{event["a"]}"`.
///
/// - SeeAlso: PEP 701, "Syntactic formalization of f-strings".
struct FormattedStrings {
  let bytes: [UInt8]
  /// How many more bytes may be looked at, so that the time stays linear however many strings have no end.
  private var budget: Int
  /// More than in any real rule, and few enough for the stack.
  private static let maximalDepth = 8

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    budget = 4 * bytes.count
  }

  /// The end of a string that seems to end within one of its values; nil if it doesn't.
  mutating func end(of token: Token) -> Int? {
    guard case .text(let index) = token.kind else { return nil }
    let quotes = Python.grammar.tokens.quotes[index]
    guard FormattedStrings.isPrefix(quotes.open) else { return nil }
    let inner = token.span.lowerBound + quotes.open.count..<token.span.upperBound - quotes.close.count
    var level = 0
    for byte in bytes[inner] { level += byte == UInt8(ascii: "{") ? 1 : byte == UInt8(ascii: "}") ? -1 : 0 }
    return level > 0 ? end(from: inner.lowerBound, quotes.close, isFormatted: true, depth: 0) : nil
  }

  private static func isPrefix(_ open: some Sequence<UInt8>) -> Bool {
    open.contains { $0 | 0x20 == UInt8(ascii: "f") || $0 | 0x20 == UInt8(ascii: "t") }
  }

  /// The end of a string, after its closing quotes; nil if there is none.
  private mutating func end(from start: Int, _ close: [UInt8], isFormatted: Bool, depth: Int) -> Int? {
    var at = start
    while at < bytes.count, spend() {
      switch bytes[at] {
      case UInt8(ascii: "\\"): at += 2
      case UInt8(ascii: "\n") where close.count == 1: return nil
      case UInt8(ascii: "{") where isFormatted:
        if at + 1 < bytes.count, bytes[at + 1] == bytes[at] {
          at += 2
        } else {
          guard let end = endOfValue(from: at, depth: depth) else { return nil }
          at = end
        }
      default:
        if bytes[at...].starts(with: close) { return at + close.count }
        at += 1
      }
    }
    return nil
  }

  /// The place after the brace that closes a value.
  private mutating func endOfValue(from open: Int, depth: Int) -> Int? {
    guard depth < FormattedStrings.maximalDepth else { return nil }
    var level = 0
    var at = open
    while at < bytes.count, spend() {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        let three = [byte, byte, byte]
        let close = bytes[at...].starts(with: three) ? three : [byte]
        let prefix = bytes[..<at].suffix(2).reversed().prefix { ByteSet.letters.contains($0) }
        guard
          let end = end(
            from: at + close.count, close, isFormatted: FormattedStrings.isPrefix(prefix), depth: depth + 1)
        else { return nil }
        at = end
        continue
      }
      if ByteSet.openers.contains(byte) { level += 1 } else if ByteSet.closers.contains(byte) { level -= 1 }
      at += 1
      if level == 0 { return at }
    }
    return nil
  }

  private mutating func spend() -> Bool {
    budget -= 1
    return budget > 0
  }
}
