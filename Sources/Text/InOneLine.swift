extension String {
  /// Its words separated by single spaces, as it appears on one line.
  package var inOneLine: String { isInOneLine ? self : split { $0.isWhitespace }.joined(separator: " ") }

  /// Whether it certainly needs no change: ASCII, with single spaces between words. This holds for most texts.
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
