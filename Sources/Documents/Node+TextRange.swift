extension Node {
  /// The source bytes that hold a scalar's text literally, without quotes; nil if the source writes it differently,
  /// with escapes or over several lines, and for a sequence or a mapping.
  ///
  /// It excludes the line ending that a block scalar's text may have.
  var textRange: Range<Int>? {
    guard kind == .scalar else { return nil }
    let source = arena.source
    guard var start = startOfContent else { return nil }
    var text = bytes
    switch style {
    case .plain: break
    case .singleQuoted, .doubleQuoted: start += 1
    case .literal, .folded:
      // The header says how to read the lines below it. The text must be on the first of these, or it isn't on one
      // line.
      guard let end = source[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      start = source[(end + 1)...].firstIndex { $0 != UInt8(ascii: " ") } ?? source.endIndex
      while text.last == UInt8(ascii: "\n") { text.removeLast() }
    }
    let end = start + text.count
    guard !text.isEmpty, end <= source.count, source[start..<end] == text else { return nil }
    let next = end < source.count ? source[end] : UInt8(ascii: "\n")
    let isWhole =
      switch style {
      case .plain: true
      case .singleQuoted: next == UInt8(ascii: "'")
      case .doubleQuoted: next == UInt8(ascii: "\"")
      case .literal, .folded: next == UInt8(ascii: "\n") || next == UInt8(ascii: "\r")
      }
    return isWhole ? start..<end : nil
  }

  /// Where the scalar starts after its anchor and tag (YAML 1.2.2, section 6.9). Callers must check what is there, as
  /// there may be a comment in between. nil if nothing follows.
  var startOfContent: Int? {
    let source = arena.source
    var at = offset
    while at < source.count, source[at] == UInt8(ascii: "&") || source[at] == UInt8(ascii: "!") {
      guard let end = source[at...].firstIndex(where: isWhiteSpace) else { return nil }
      at = source[end...].firstIndex { !isWhiteSpace($0) } ?? source.endIndex
    }
    return at
  }
}

private func isWhiteSpace(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
}
