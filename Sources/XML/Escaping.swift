extension ByteBuffer {
  /// Appends character data, escaped as libxml2 does it (`xmlEscapeContent`): `&`, `<`, `>` and carriage returns.
  ///
  /// What XML 1.0 forbids becomes U+FFFD (section 2.2, Char), and a control that turns the direction of the text is
  /// shown as `[U+202E]`: neither can be seen by who reads the page, and both change what it says.
  package mutating func append(text: String) { append(text, escaping: Escape.inText) }

  /// Appends an attribute's value, to be between double quotes, escaped as libxml2 does it
  /// (`xmlAttrSerializeTxtContent`): as ``append(text:)``, and `"`, tabs and line feeds, which a parser would make
  /// spaces.
  package mutating func append(attribute value: String) { append(value, escaping: Escape.inAttribute) }

  /// Appends character data that may be ill-formed UTF-8, each ill-formed sequence as U+FFFD.
  package mutating func append(text bytes: some Collection<UInt8>) {
    append(text: String(decoding: bytes, as: UTF8.self))
  }

  private mutating func append(_ string: String, escaping table: [Bool]) {
    var string = string
    string.withUTF8 { bytes in
      table.withUnsafeBufferPointer { table in
        var (run, at) = (0, 0)
        while at < bytes.count {
          guard table[Int(bytes[at])] else {
            at += 1
            continue
          }
          guard let (escape, length) = Escape.of(bytes, at: at) else {
            at += 1
            continue
          }
          append(UnsafeBufferPointer(rebasing: bytes[run..<at]))
          append(escape)
          at += length
          run = at
        }
        append(UnsafeBufferPointer(rebasing: bytes[run...]))
      }
    }
  }
}

/// What can't be written as it is.
private enum Escape {
  // For each byte, whether an escape may be needed there: most text has none, and is copied in runs.
  static let inText = (0...255).map { (byte: Int) in
    switch UInt8(byte) {
    case UInt8(ascii: "\t"), UInt8(ascii: "\n"): false
    case 0..<0x20, UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"): true
    case 0xD8, 0xE2, 0xEF: true  // the first bytes of U+061C, of U+200E to U+2069 and of U+FFFE
    default: false
    }
  }
  static let inAttribute = (0...255).map { (byte: Int) in
    inText[byte] || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
  }

  /// The escape of the character that starts at an offset of well-formed UTF-8, and that character's length.
  static func of(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (escape: StaticString, length: Int)? {
    func next(_ distance: Int) -> UInt8 { index + distance < bytes.count ? bytes[index + distance] : 0 }
    switch bytes[index] {
    case UInt8(ascii: "&"): return ("&amp;", 1)
    case UInt8(ascii: "<"): return ("&lt;", 1)
    case UInt8(ascii: ">"): return ("&gt;", 1)
    case UInt8(ascii: "\""): return ("&quot;", 1)
    case UInt8(ascii: "\t"): return ("&#9;", 1)
    case UInt8(ascii: "\n"): return ("&#10;", 1)
    case UInt8(ascii: "\r"): return ("&#13;", 1)
    case 0..<0x20: return ("\u{FFFD}", 1)
    case 0xD8: return next(1) == 0x9C ? ("[U+061C]", 2) : nil
    case 0xE2: return bidirectionalControl(next(1), next(2)).map { ($0, 3) }
    case 0xEF: return next(1) == 0xBF && next(2) >= 0xBE ? ("\u{FFFD}", 3) : nil
    default: return nil
    }
  }

  /// U+2000 to U+20FF are E2, then these two bytes.
  private static func bidirectionalControl(_ second: UInt8, _ third: UInt8) -> StaticString? {
    switch (second, third) {
    case (0x80, 0x8E): "[U+200E]"
    case (0x80, 0x8F): "[U+200F]"
    case (0x80, 0xAA): "[U+202A]"
    case (0x80, 0xAB): "[U+202B]"
    case (0x80, 0xAC): "[U+202C]"
    case (0x80, 0xAD): "[U+202D]"
    case (0x80, 0xAE): "[U+202E]"
    case (0x81, 0xA6): "[U+2066]"
    case (0x81, 0xA7): "[U+2067]"
    case (0x81, 0xA8): "[U+2068]"
    case (0x81, 0xA9): "[U+2069]"
    default: nil
    }
  }
}

/// The text with U+FFFD for each character that XML 1.0 forbids. Directions stay: files for machines keep the values.
func withoutForbidden(_ text: String) -> String {
  let isForbidden = { (scalar: Unicode.Scalar) in
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: false
    case 0..<0x20, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
  guard text.utf8.contains(where: mayBeForbidden), text.unicodeScalars.contains(where: isForbidden) else { return text }
  var cleaned = String.UnicodeScalarView()
  cleaned.append(contentsOf: text.unicodeScalars.map { isForbidden($0) ? "\u{FFFD}" : $0 })
  return String(cleaned)
}

/// Whether a character that XML 1.0 forbids may start with this byte: nearly no text has one.
private func mayBeForbidden(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x0A || byte == 0xEF }
