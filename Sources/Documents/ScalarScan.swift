/// Scans a scalar's source again, to find where the bytes of its text come from: escapes, folded lines and indentation
/// (YAML 1.2.2, chapters 7.3 and 8.1, as libyaml reads them; TOML 1.0, "String").
///
/// Each byte that it produces is compared with the parser's text. If they differ it gives up, so it never returns wrong
/// positions.
struct ScalarScan {
  private let source: ArraySlice<UInt8>
  private let text: ArraySlice<UInt8>
  private var at: Int
  /// The number of bytes of the text found so far.
  private var made = 0
  private var isLost = false
  private var pieces: [TextPlaces.Piece] = []

  /// A line break, as it is in the text, and its offset.
  private typealias Break = (byte: UInt8, at: Int)

  /// - Returns: nil if the scan of the source doesn't reproduce the parser's text.
  static func pieces(of node: Node) -> [TextPlaces.Piece]? {
    // A text of nothing but line breaks, as in an empty block, has nothing in the source to point to.
    guard node.kind == .scalar, let start = node.startOfContent, node.bytes.contains(where: { $0 != 0x0A }) else {
      return nil
    }
    var scan = ScalarScan(node, at: start)
    switch node.style {
    case .singleQuoted where node.arena.format == .toml, .doubleQuoted where node.arena.format == .toml:
      scan.scanTOML(isLong: isLongTOML(node))
    case .literal, .folded: scan.scanBlock(isLiteral: node.style == .literal)
    case .singleQuoted, .doubleQuoted:
      scan.at += 1
      scan.scanLines(quote: node.style == .singleQuoted ? UInt8(ascii: "'") : UInt8(ascii: "\""))
    case .plain: scan.scanLines(quote: nil)
    }
    guard scan.isDone, !scan.isLost else { return nil }
    // The end of the text, as far as it is known.
    scan.pieces.append(
      TextPlaces.Piece(start: scan.made, source: min(scan.at, scan.source.endIndex), isOtherwise: true))
    return scan.pieces
  }

  private init(_ node: Node, at start: Int) {
    source = node.arena.source[...]
    text = node.bytes
    at = start
  }

  private var isDone: Bool { isLost || made == text.count }
  private var byte: UInt8? { at < source.endIndex ? source[at] : nil }

  // MARK: Making the text

  /// Takes a byte that the source has literally.
  private mutating func take() {
    guard let byte else {
      isLost = true
      return
    }
    make(byte, from: at, isOtherwise: false)
    at += 1
  }

  private mutating func make(_ byte: UInt8, from place: Int, isOtherwise: Bool = true) {
    guard made < text.count, text[text.startIndex + made] == byte else {
      isLost = true
      return
    }
    let continues = pieces.last.map { last in
      last.isOtherwise == isOtherwise && place == last.source + (isOtherwise ? 0 : made - last.start)
    }
    if continues != true { pieces.append(TextPlaces.Piece(start: made, source: place, isOtherwise: isOtherwise)) }
    made += 1
  }

  private mutating func make(_ breaks: [Break]) {
    for found in breaks where !isDone { make(found.byte, from: found.at) }
  }

  // MARK: Breaks

  private var isAtBreak: Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
  private var isAtBlank: Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  private mutating func takeBreak() -> Break {
    let start = at
    at += source[at...].starts(with: [0x0D, 0x0A]) ? 2 : 1
    return (UInt8(ascii: "\n"), start)
  }

  // MARK: Plain and quoted

  private mutating func scanLines(quote: UInt8?) {
    while !isDone {
      if isAtBlank || isAtBreak {
        fold(first: nil)
      } else if quote == UInt8(ascii: "\""), byte == UInt8(ascii: "\\") {
        takeEscape()
      } else if quote == UInt8(ascii: "'"), byte == UInt8(ascii: "'") {
        make(UInt8(ascii: "'"), from: at)
        at += 2
      } else {
        take()
      }
    }
  }

  /// Blanks within a line are kept, and those around line breaks dropped. A single break becomes a space; of several,
  /// the first is dropped.
  ///
  /// - Parameter first: an escaped break, which produces nothing itself.
  private mutating func fold(first escaped: Break?) {
    var blanks = at..<at
    var first = escaped
    var others: [Break] = []
    while isAtBlank || isAtBreak {
      if isAtBreak {
        let found = takeBreak()
        if first == nil { first = found } else { others.append(found) }
      } else {
        if first == nil { blanks = blanks.lowerBound..<at + 1 }
        at += 1
      }
    }
    if first == nil {
      at = blanks.lowerBound
      while at < blanks.upperBound, !isDone { take() }
    } else if others.isEmpty, escaped == nil, let first {
      make(UInt8(ascii: " "), from: first.at)
    } else {
      make(others)
    }
  }

  /// YAML 1.2.2, section 5.7.
  private mutating func takeEscape() {
    let start = at
    at += 1
    guard let byte else {
      isLost = true
      return
    }
    if isAtBreak {
      _ = takeBreak()
      return fold(first: (0, start))
    }
    at += 1
    let digits: Int
    switch byte {
    case UInt8(ascii: "x"): digits = 2
    case UInt8(ascii: "u"): digits = 4
    case UInt8(ascii: "U"): digits = 8
    default:
      guard let scalar = ScalarScan.escapes[byte] else {
        isLost = true
        return
      }
      return make(scalar, from: start)
    }
    guard at + digits <= source.endIndex,
      let value = UInt32(String(decoding: source[at..<at + digits], as: UTF8.self), radix: 16)
    else {
      isLost = true
      return
    }
    at += digits
    if let scalar = Unicode.Scalar(value) { return make(scalar, from: start) }
    // JSON writes a character beyond U+FFFF as a surrogate pair (RFC 8259, section 7).
    guard at + 6 <= source.endIndex, source[at...].starts(with: "\\u".utf8),
      let low = UInt32(String(decoding: source[at + 2..<at + 6], as: UTF8.self), radix: 16),
      (0xD800..<0xDC00).contains(value), (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00))
    else {
      isLost = true
      return
    }
    at += 6
    make(scalar, from: start)
  }

  private mutating func make(_ scalar: Unicode.Scalar, from place: Int) {
    for byte in UTF8.encode(scalar)! where !isLost { make(byte, from: place) }  // each scalar has an encoding
  }

  private static let escapes: [UInt8: Unicode.Scalar] = [
    UInt8(ascii: "0"): "\u{0}", UInt8(ascii: "a"): "\u{7}", UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "t"): "\t",
    UInt8(ascii: "\t"): "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{B}", UInt8(ascii: "f"): "\u{C}",
    UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}", UInt8(ascii: " "): " ", UInt8(ascii: "\""): "\"",
    UInt8(ascii: "/"): "/", UInt8(ascii: "\\"): "\\", UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{A0}",
    UInt8(ascii: "L"): "\u{2028}", UInt8(ascii: "P"): "\u{2029}",
  ]

  // MARK: TOML

  /// Whether a TOML string is in triple quotes, and so may have several lines.
  static func isLongTOML(_ node: Node) -> Bool {
    guard node.arena.format == .toml, node.style == .singleQuoted || node.style == .doubleQuoted else { return false }
    let source = node.arena.source[node.offset...]
    return source.first.map { source.starts(with: [$0, $0, $0]) } ?? false
  }

  private mutating func scanTOML(isLong: Bool) {
    let hasEscapes = byte == UInt8(ascii: "\"")
    at += isLong ? 3 : 1
    // A line break immediately after the quotes isn't part of the text.
    if isLong, isAtBreak { _ = takeBreak() }
    while !isDone {
      if hasEscapes, byte == UInt8(ascii: "\\") {
        if isLong, let end = endOfEscapedBreak { at = end } else { takeEscape() }
      } else if isAtBreak, byte != text[text.startIndex + made] {
        let found = takeBreak()
        make(found.byte, from: found.at)
      } else {
        take()
      }
    }
  }

  /// The offset after the white space that a backslash at the end of a line removes; nil if the backslash starts
  /// another escape.
  private var endOfEscapedBreak: Int? {
    func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    func isBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
    let rest = source[(at + 1)...].drop(while: isSpace)
    guard let first = rest.first, isBreak(first) else { return nil }
    return rest.firstIndex { !isSpace($0) && !isBreak($0) } ?? source.endIndex
  }

  // MARK: Blocks

  private mutating func scanBlock(isLiteral: Bool) {
    // The header: `|2-  # why`.
    while byte != nil, !isAtBreak { at += 1 }
    guard byte != nil else { return }
    _ = takeBreak()
    guard let indent = indent else {
      isLost = true
      return
    }
    var breaks = blankLines(indent)
    var last: Break?
    var wasBlank = false
    while byte != nil, !isDone {
      let isBlank = isAtBlank
      if let found = last {
        if isLiteral || wasBlank || isBlank {
          make([found])
        } else if breaks.isEmpty {
          make(UInt8(ascii: " "), from: found.at)
        }
      }
      make(breaks)
      wasBlank = isBlank
      while byte != nil, !isAtBreak, !isDone { take() }
      guard byte != nil, !isDone else { break }
      last = takeBreak()
      breaks = blankLines(indent)
      if !isAtIndent(indent) { break }
    }
    // The line breaks at the end of the block that its header keeps.
    if let last, !isDone { make([last]) }
    make(breaks)
  }

  /// The number of leading spaces that aren't part of the text: the spaces before the first other byte, minus those
  /// that the text keeps. This avoids reading the header, whose number is relative to the parent's indentation.
  private var indent: Int? {
    func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") }
    func isNothing(_ byte: UInt8) -> Bool { isSpace(byte) || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
    guard let first = source[at...].firstIndex(where: { !isNothing($0) }),
      let shown = text.firstIndex(where: { !isNothing($0) })
    else { return text.allSatisfy { $0 == UInt8(ascii: "\n") } ? Int.max : nil }
    let spaces = source[at..<first].reversed().prefix(while: isSpace).count
    let kept = text[..<shown].reversed().prefix(while: isSpace).count
    return spaces >= kept ? spaces - kept : nil
  }

  /// Skips lines without text, and the indentation of the next line with text.
  private mutating func blankLines(_ indent: Int) -> [Break] {
    var breaks: [Break] = []
    while true {
      let start = at
      while byte == UInt8(ascii: " "), at - start < indent { at += 1 }
      guard isAtBreak else { return breaks }
      breaks.append(takeBreak())
    }
  }

  private func isAtIndent(_ indent: Int) -> Bool {
    let start = source[..<at].lastIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.map { $0 + 1 } ?? 0
    return at - start == indent && byte != nil
  }
}
