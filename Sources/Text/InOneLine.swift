extension String {
  /// Its words with single spaces between them, as a reader sees it in one line.
  package var inOneLine: String { isInOneLine ? self : split { $0.isWhitespace }.joined(separator: " ") }

  /// Whether it is surely so as is: ASCII, with single spaces between words. Most texts are.
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
