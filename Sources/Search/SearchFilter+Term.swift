extension SearchFilter {
  /// What a reader would type to find a text under this filter: `value:"net user"`. Nothing can be typed for a quotation mark, so
  /// that the text on either side is asked for instead, as terms of their own.
  package func term(_ text: String) -> String {
    // The search takes control characters for spaces, and a box of one line would drop them.
    let scalars = text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }
    return scalars.split(separator: "\"").map { part in
      let word = String(String.UnicodeScalarView(part))
      return word.utf8.allSatisfy(isPlain) ? "\(rawValue):\(word)" : "\(rawValue):\"\(word)\""
    }.joined(separator: " ")
  }
}

private func isPlain(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
    true
  default: false
  }
}
