import XML

extension String {
  /// Its words with single spaces between them, as a reader sees it in one line.
  var inOneLine: String { isInOneLine ? self : split { $0.isWhitespace }.joined(separator: " ") }

  /// In one line, and cut to what a message can quote.
  var shortened: String {
    let line = inOneLine
    return line.count > 120 ? line.prefix(119) + "…" : line
  }

  /// Whether it is surely so as it stands: ASCII, with single spaces between words. Most texts are.
  private var isInOneLine: Bool {
    let space = UInt8(ascii: " ")
    var last = space
    for byte in utf8 {
      guard byte < 0x7F, byte > space || byte == space && last != space else { return false }
      last = byte
    }
    return last != space || isEmpty
  }
}

extension XMLElement {
  /// Its text in one line.
  var trimmed: String { text.inOneLine }
}
