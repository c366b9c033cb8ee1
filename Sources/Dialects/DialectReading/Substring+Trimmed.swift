extension Substring {
  /// Without leading and trailing white space.
  package func trimmed() -> String {
    // Nearly every text is like this, and finding the bounds of characters takes longer.
    if let first = utf8.first, let last = utf8.last, isInk(first), isInk(last) { return String(self) }
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}

/// Whether a byte is a visible ASCII character.
private func isInk(_ byte: UInt8) -> Bool { (UInt8(ascii: "!")...UInt8(ascii: "~")).contains(byte) }
