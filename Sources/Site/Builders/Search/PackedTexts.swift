import XML

/// Texts one after the other, each without the prefix that it shares with the previous one.
///
/// `sizes` holds two packed numbers for each: three times the length of the shared prefix, and the length of the
/// remainder, both in UTF-16 code units; `text` holds the remainders, one after the other. If a remainder is a hash,
/// the first number is increased by 1, or by 2 if it is in capitals, and its bytes are in `text` in Base64 (RFC 4648)
/// without padding. Pages show these texts: a control that turns the direction of the text is written as `[U+202E]`.
struct PackedTexts {
  private var sizes = PackedNumbers()
  private var text: [UInt8] = []
  private var last = ""

  init() {}

  init(_ texts: some Sequence<String>) { for text in texts { add(text) } }

  mutating func add(_ text: String) {
    let next = shownText(text)
    var (left, right) = (last.unicodeScalars.makeIterator(), next.unicodeScalars.makeIterator())
    var (sharedUnits, sharedBytes) = (0, 0)
    while let one = left.next(), let other = right.next(), one == other {
      sharedUnits += UTF16.width(one)
      sharedBytes += UTF8.width(one)
    }
    last = next
    var rest = next.utf8.dropFirst(sharedBytes)
    if sharedUnits > 0, rest.count % 2 == 1, let before = next.utf8.dropFirst(sharedBytes - 1).first, before < 0x80 {
      // Two digits make a byte, and the shared prefix has taken one of them.
      let longer = next.utf8.dropFirst(sharedBytes - 1)
      if HexCase(longer) != nil { (rest, sharedUnits) = (longer, sharedUnits - 1) }
    }
    if let digits = HexCase(rest) {
      sizes.add(sharedUnits * 3 + digits.rawValue)
      sizes.add(rest.count)
      appendBase64(rest)
    } else {
      sizes.add(sharedUnits * 3)
      sizes.add(Substring(rest).utf16.count)
      self.text += rest
    }
  }

  var value: ScriptValue { .map([("sizes", sizes.value), ("text", .text(String(decoding: text, as: UTF8.self)))]) }

  private mutating func appendBase64(_ digits: Substring.UTF8View) {
    var (bits, count) = (0, 0)
    for digit in digits {
      bits = bits << 4 | Int(HexCase.value(of: digit))
      count += 4
      if count >= 6 {
        count -= 6
        text.append(PackedNumbers.digits[bits >> count & 63])
      }
    }
    if count > 0 { text.append(PackedNumbers.digits[bits << (6 - count) & 63]) }
  }

  /// The letter case of a hash's digits.
  private enum HexCase: Int {
    case lower = 1
    case upper = 2

    /// nil for anything but a hash: an even number of at least 16 hexadecimal digits, all in one case.
    init?(_ text: Substring.UTF8View) {
      guard let first = text.first, HexCase.isDigit(first), text.count >= 16, text.count % 2 == 0 else { return nil }
      var (lower, upper) = (true, true)
      for byte in text {
        guard HexCase.isDigit(byte) else { return nil }
        if byte >= UInt8(ascii: "a") { upper = false } else if byte >= UInt8(ascii: "A") { lower = false }
      }
      guard lower || upper else { return nil }
      self = lower ? .lower : .upper
    }

    static func isDigit(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"):
        true
      default: false
      }
    }

    static func value(of digit: UInt8) -> UInt8 { digit & 15 + (digit >= UInt8(ascii: "A") ? 9 : 0) }
  }
}
