/// How a backslash changes the meaning of the characters after it, in quotes or in a bare word. Where it has no effect,
/// it is an ordinary character.
package struct Escapes: Hashable, Sendable {
  /// Letters that represent another character: `n` is a line feed.
  package var letters: [UInt8: UInt8]
  /// Characters that lose their special meaning: `\*` is a star.
  package var literals: ByteSet
  /// How many hexadecimal digits of a code point follow a letter: `u` has four. Digits in braces are read as well.
  package var digits: [UInt8: Int]
  /// Words that aren't operators after a backslash, in any case.
  package let words: [[UInt8]]

  package init(
    letters: String = "nrt", literals: ByteSet, digits: [UInt8: Int] = [:], words: [String] = []
  ) {
    self.letters = Dictionary(uniqueKeysWithValues: letters.utf8.map { ($0, Escapes.controls[$0] ?? $0) })
    self.literals = literals
    self.digits = digits
    self.words = words.map { Array($0.utf8) }
  }

  /// `\n`, `\r`, `\t` are control characters, and any other character is itself.
  package static let common = Escapes(literals: ByteSet(0...0xFF))
  /// Any character is itself.
  package static let literal = Escapes(letters: "", literals: ByteSet(0...0xFF))

  private static let controls: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "b"): 0x08,
    UInt8(ascii: "f"): 0x0C, UInt8(ascii: "v"): 0x0B, UInt8(ascii: "a"): 0x07, UInt8(ascii: "0"): 0x00,
  ]

  /// The text that an escape sequence represents, and where it ends; nil where the backslash is a literal one. The
  /// backslash comes just before `place`.
  func meaning(_ bytes: [UInt8], at place: Int, end: Int) -> (text: [UInt8], end: Int)? {
    guard place < end else { return nil }
    let byte = bytes[place]
    if let letter = letters[byte] { return ([letter], place + 1) }
    if let count = digits[byte], let (scalar, next) = scalar(bytes, at: place + 1, end: end, count: count) {
      return (Array(String(scalar).utf8), next)
    }
    for word in words where place + word.count <= end {
      let span = place..<place + word.count
      if isSame(bytes, span, as: word, ignoringCase: true) { return (Array(bytes[span]), span.upperBound) }
    }
    return literals.contains(byte) ? ([byte], place + 1) : nil
  }

  /// A character given by its code point, or by a surrogate pair; an invalid one becomes U+FFFD.
  private func scalar(_ bytes: [UInt8], at place: Int, end: Int, count: Int) -> (Unicode.Scalar, Int)? {
    guard let (number, next) = number(bytes, at: place, end: end, count: count) else { return nil }
    if 0xD800..<0xDC00 ~= number, next + 1 < end, bytes[next] == UInt8(ascii: "\\"), digits[bytes[next + 1]] == count,
      let (low, last) = self.number(bytes, at: next + 2, end: end, count: count), 0xDC00..<0xE000 ~= low,
      let scalar = Unicode.Scalar(0x10000 + (number - 0xD800) << 10 + (low - 0xDC00))
    {
      return (scalar, last)
    }
    return (Unicode.Scalar(number) ?? "\u{FFFD}", next)
  }

  private func number(_ bytes: [UInt8], at place: Int, end: Int, count: Int) -> (UInt32, Int)? {
    var (start, last, next) = (place, place + count, place + count)
    if place < end, bytes[place] == UInt8(ascii: "{") {
      // No code point has more digits.
      guard let close = bytes[place..<min(end, place + 10)].firstIndex(of: UInt8(ascii: "}")) else { return nil }
      (start, last, next) = (place + 1, close, close + 1)
    }
    guard last <= end, start < last else { return nil }
    let digits = String(decoding: bytes[start..<last], as: UTF8.self)
    guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else { return nil }
    return UInt32(digits, radix: 16).map { ($0, next) }
  }
}
