/// A number as C's `strtol` reads it with base 0: decimal, `0x` hexadecimal, or octal after a zero.
struct AuditNumber: Hashable {
  var value: Int

  /// nil if the text doesn't start with a digit, optionally after a minus sign; anything after the digits is ignored.
  init?(_ text: String) {
    var digits = text.utf8[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits = digits.dropFirst() }
    guard let first = digits.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
    var radix = 10
    let mark = digits.dropFirst().first
    if first == UInt8(ascii: "0"), mark == UInt8(ascii: "x") || mark == UInt8(ascii: "X") {
      (radix, digits) = (16, digits.dropFirst(2))
    } else if first == UInt8(ascii: "0") {
      radix = 8
    }
    let own = digits.prefix { byte in
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return false }
      return digit < radix
    }
    guard let value = Int(String(decoding: own, as: UTF8.self), radix: radix) ?? (own.isEmpty ? 0 : nil) else {
      return nil
    }
    self.value = isNegative ? -value : value
  }
}
