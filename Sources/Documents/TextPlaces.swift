package import Diagnostics

/// The places of the bytes of a scalar's text, which is compared with the source once for all of them.
package struct TextPlaces {
  private let node: Node
  /// Where pieces of the text, by their first bytes, begin in the source; ascending. Empty where the source can't be read as the parser did.
  private let pieces: [Piece]
  /// Of the text, but for the line ends that a block has, or a text of TOML between three quotes: what is missing at its end is missing in its last line.
  private let end: Int

  /// Bytes of a text that are beside each other in the source as well.
  struct Piece: Hashable {
    var start: Int
    var source: Int
    /// Whether the source writes all of it otherwise, such as an escape: each of its bytes is at its start.
    var isOtherwise = false
  }

  package init(of node: Node) {
    self.node = node
    let isBlock = node.style == .literal || node.style == .folded || ScalarScan.isLongTOML(node)
    end = node.bytes.count - (isBlock ? node.bytes.reversed().prefix { $0 == UInt8(ascii: "\n") }.count : 0)
    let start = node.offset + (node.quote == nil ? 0 : 1)
    let source = node.arena.source[start...]
    var isAsWritten = node.kind == .scalar && !isBlock && source.starts(with: node.bytes)
    // What is escaped may begin as the text ends: `'a'''`, `"a\\"`.
    if isAsWritten, let quote = node.quote {
      isAsWritten = source.dropFirst(node.bytes.count).prefix { $0 == quote }.count == 1
    }
    pieces = isAsWritten ? [Piece(start: 0, source: start)] : ScalarScan.pieces(of: node) ?? []
  }

  /// The node's own place where the text can't be found in the source, as that of a merged node.
  package func position(ofByte byte: Int) -> SourcePosition {
    offset(ofByte: byte).map { node.arena.position(ofOffset: $0) } ?? node.position
  }

  /// Of some bytes of the text, or of a part of it; the node's start where they can't be found.
  ///
  /// - Parameter offset: of the part's first byte.
  package func span(ofBytes bytes: Range<Int>, behind offset: Int = 0) -> SourceSpan {
    SourceSpan(
      position(ofByte: offset + bytes.lowerBound),
      to: self.offset(ofByte: offset + bytes.upperBound).map { node.arena.position(ofOffset: $0) })
  }

  /// Of the whole scalar, with its quotes.
  var span: SourceSpan {
    var end = offset(ofByte: self.end)
    if let quote = node.quote, let behind = end {
      let closing = node.arena.source[behind...].prefix { $0 == quote }
      end = behind + min(closing.count, ScalarScan.isLongTOML(node) ? 3 : 1)
    }
    return SourceSpan(node.position, to: end.map { node.arena.position(ofOffset: $0) })
  }

  /// Where the source has a byte of the text; nil where that isn't known.
  private func offset(ofByte byte: Int) -> Int? {
    let byte = min(byte, end)
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].start <= byte { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let piece = pieces[low - 1]
    return piece.source + (piece.isOtherwise ? 0 : byte - piece.start)
  }
}

extension Node {
  /// What a quoted scalar is between.
  fileprivate var quote: UInt8? {
    switch style {
    case .singleQuoted: UInt8(ascii: "'")
    case .doubleQuoted: UInt8(ascii: "\"")
    case .plain, .literal, .folded: nil
    }
  }
}
