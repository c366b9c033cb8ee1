/// A place in a query's UTF-8 bytes. Spans are ranges of byte offsets, from the query's first byte.
package struct Cursor: Sendable {
  package let bytes: [UInt8]
  /// Where reading stops, which may be before the last byte.
  package let end: Int
  package private(set) var at: Int

  package init(_ bytes: [UInt8], in range: Range<Int>? = nil) {
    self.bytes = bytes
    at = range?.lowerBound ?? 0
    end = range?.upperBound ?? bytes.count
  }

  package var peek: UInt8? { at < end ? bytes[at] : nil }

  /// Moves to an offset at or after the current one.
  package mutating func move(to offset: Int) { at = min(max(at, offset), end) }

  package mutating func skip(while set: ByteSet) {
    while at < end, set.contains(bytes[at]) { at += 1 }
  }

  /// Moves forward by one character.
  package mutating func skipCharacter() {
    guard at < end else { return }
    at += 1
    while at < end, bytes[at] & 0xC0 == 0x80 { at += 1 }
  }

  package func isAt(_ text: [UInt8]) -> Bool {
    guard end - at >= text.count else { return false }
    for place in text.indices where bytes[at + place] != text[place] { return false }
    return true
  }

  /// Moves past a text, if it comes next.
  ///
  /// - Returns: whether it was there.
  package mutating func take(_ text: [UInt8]) -> Bool {
    guard isAt(text) else { return false }
    at += text.count
    return true
  }
}
