extension Substring {
  /// Without white space at its ends.
  package func trimmed() -> String {
    // Nearly every text is like this, and what a character is takes longer to find out.
    if let first = utf8.first, let last = utf8.last, isInk(first), isInk(last) { return String(self) }
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}

/// Whether a byte is a character of ASCII that shows.
private func isInk(_ byte: UInt8) -> Bool { (UInt8(ascii: "!")...UInt8(ascii: "~")).contains(byte) }
