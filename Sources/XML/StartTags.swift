import Diagnostics

/// The start tags of a document in its order, with their places: libxml2's tree knows lines only, and of attributes
/// nothing.
///
/// The document must be well formed and have no DTD but a plain DOCTYPE: libxml2 has read it already, so that `<` can
/// only start markup, and a quote only end where it began.
struct StartTags {
  struct Tag {
    var position: SourcePosition
    /// The attributes' values by qualified name.
    var values: [String: (position: SourcePosition, source: [UInt8])]
    /// Where the text begins, and how it is written up to the first markup.
    var textPosition: SourcePosition
    var text: [UInt8] = []
    /// Whether the text begins with a CDATA section.
    var isCharacterData = false

    init(position: SourcePosition) {
      (self.position, values, textPosition) = (position, [:], position)
    }
  }

  private let source: [UInt8]
  private var at = 0
  private var line = 1
  private var lineStart = 0

  init(of source: [UInt8]) { self.source = source }

  mutating func next() -> Tag? {
    while skip(to: "<") {
      if starts("<!--") {
        _ = skip(past: "-->")
      } else if starts("<![CDATA[") {
        _ = skip(past: "]]>")
      } else if starts("<?") {
        _ = skip(past: "?>")
      } else if starts("<!") || starts("</") {
        _ = skip(past: ">")
      } else {
        return tag()
      }
    }
    return nil
  }

  /// Moves on to an offset.
  private mutating func position(of offset: Int) -> SourcePosition {
    while at < offset { advance() }
    return SourcePosition(line: line, column: offset - lineStart + 1)
  }

  private mutating func tag() -> Tag {
    var tag = Tag(position: position(of: at))
    var scan = at + 1
    scan = end(ofNameAt: scan)
    while scan < source.count, source[scan] != UInt8(ascii: ">"), source[scan] != UInt8(ascii: "/") {
      if isSpace(source[scan]) {
        scan += 1
        continue
      }
      let nameStart = scan
      scan = end(ofNameAt: scan)
      let name = String(decoding: source[nameStart..<scan], as: UTF8.self)
      guard let quoteAt = source[scan...].firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }),
        let close = source[(quoteAt + 1)...].firstIndex(of: source[quoteAt])
      else { return tag }
      tag.values[name] = (position(of: quoteAt + 1), Array(source[(quoteAt + 1)..<close]))
      scan = close + 1
    }
    while at < scan { advance() }
    readText(into: &tag)
    return tag
  }

  /// From the end of the tag's name and attributes on.
  private mutating func readText(into tag: inout Tag) {
    guard at < source.count, source[at] == UInt8(ascii: ">") else { return }
    advance()
    tag.isCharacterData = at < source.count && starts("<![CDATA[")
    guard tag.isCharacterData else {
      tag.textPosition = position(of: at)
      tag.text = Array(source[at...].prefix { $0 != UInt8(ascii: "<") })
      return
    }
    let start = at + 9
    tag.textPosition = SourcePosition(line: line, column: start - lineStart + 1)
    tag.text = Array(source[start..<(source[start...].firstRange(of: Array("]]>".utf8))?.lowerBound ?? source.count)])
  }

  private func end(ofNameAt start: Int) -> Int {
    source[start...].firstIndex {
      isSpace($0) || $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ">")
    }
      ?? source.count
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private func starts(_ text: StaticString) -> Bool {
    source[at] == text.utf8Start.pointee && text.withUTF8Buffer { source[at...].starts(with: $0) }
  }

  private mutating func skip(to text: StaticString) -> Bool {
    while at < source.count {
      if starts(text) { return true }
      advance()
    }
    return false
  }

  private mutating func skip(past text: StaticString) -> Bool {
    guard skip(to: text) else { return false }
    for _ in 0..<text.utf8CodeUnitCount { advance() }
    return true
  }

  private mutating func advance() {
    if source[at] == UInt8(ascii: "\n") {
      line += 1
      lineStart = at + 1
    }
    at += 1
  }
}
