/// A set of bytes, such as the characters allowed in a name.
package struct ByteSet: Hashable, Sendable, ExpressibleByStringLiteral {
  private var bits: SIMD4<UInt64>

  private init(bits: SIMD4<UInt64>) { self.bits = bits }

  package init(_ bytes: some Sequence<UInt8>) {
    bits = .zero
    for byte in bytes { bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
  }

  /// The bytes of an ASCII string.
  package init(stringLiteral text: String) { self.init(text.utf8) }

  package static let letters = ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z"))
    .union(ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z")))
  package static let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
  /// The bytes of non-ASCII characters.
  package static let beyondASCII = ByteSet(0x80...0xFF)
  /// The opening brackets.
  package static let openers: ByteSet = "([{"
  package static let closers: ByteSet = ")]}"
  package static let spaces: ByteSet = " \t\n\r\u{0B}\u{0C}"

  package var inverted: ByteSet { ByteSet(bits: ~bits) }

  package func contains(_ byte: UInt8) -> Bool { bits[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }
  package func union(_ other: ByteSet) -> ByteSet { ByteSet(bits: bits | other.bits) }
  package func subtracting(_ other: ByteSet) -> ByteSet { ByteSet(bits: bits & ~other.bits) }
}
