package import Diagnostics

/// The positions of the bytes of a scalar's text, which is compared with the source once for all of them.
package struct TextPlaces {
  private let node: Node
  /// Where pieces of the text start in the source; ascending. Empty if the source couldn't be scanned as the parser
  /// read it.
  private let pieces: [Piece]
  /// The length of the text without trailing line breaks, for a block or a triple-quoted TOML string: whatever is
  /// missing at its end is missing in its last line.
  private let end: Int

  /// Bytes of a text that are adjacent in the source too.
  struct Piece: Hashable {
    var start: Int
    var source: Int
    /// Whether the source writes it differently, for example as an escape: all of its bytes are then at its start.
    var isOtherwise = false
  }

  package init(of node: Node) {
    self.node = node
    let isBlock = node.style == .literal || node.style == .folded || ScalarScan.isLongTOML(node)
    end = node.bytes.count - (isBlock ? node.bytes.reversed().prefix { $0 == UInt8(ascii: "\n") }.count : 0)
    let start = node.offset + (node.quote == nil ? 0 : 1)
    let source = node.arena.source[start...]
    var isAsWritten = node.kind == .scalar && !isBlock && source.starts(with: node.bytes)
    // An escaped quote or backslash may start like the end of the text: `'a'''`, `"a\\"`.
    if isAsWritten, let quote = node.quote {
      isAsWritten = source.dropFirst(node.bytes.count).prefix { $0 == quote }.count == 1
    }
    pieces = isAsWritten ? [Piece(start: 0, source: start)] : ScalarScan.pieces(of: node) ?? []
  }

  /// The node's own position if the text can't be found in the source, as with a merged node.
  package func position(ofByte byte: Int) -> SourcePosition {
    offset(ofByte: byte).map { node.arena.position(ofOffset: $0) } ?? node.position
  }

  /// The span of some bytes of the text, or of a part of it; the node's start if they can't be found.
  ///
  /// - Parameter offset: the offset of the part's first byte.
  package func span(ofBytes bytes: Range<Int>, behind offset: Int = 0) -> SourceSpan {
    SourceSpan(
      position(ofByte: offset + bytes.lowerBound),
      to: self.offset(ofByte: offset + bytes.upperBound).map { node.arena.position(ofOffset: $0) })
  }

  /// The span of the whole scalar, including quotes.
  var span: SourceSpan {
    var end = offset(ofByte: self.end)
    if let quote = node.quote, let behind = end {
      let closing = node.arena.source[behind...].prefix { $0 == quote }
      end = behind + min(closing.count, ScalarScan.isLongTOML(node) ? 3 : 1)
    }
    return SourceSpan(node.position, to: end.map { node.arena.position(ofOffset: $0) })
  }

  /// The source offset of a byte of the text; nil if it isn't known.
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
  /// The quote around a quoted scalar.
  fileprivate var quote: UInt8? {
    switch style {
    case .singleQuoted: UInt8(ascii: "'")
    case .doubleQuoted: UInt8(ascii: "\"")
    case .plain, .literal, .folded: nil
    }
  }
}
