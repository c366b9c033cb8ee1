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
    let start = node.offset + (node.style == .singleQuoted || node.style == .doubleQuoted ? 1 : 0)
    let isAsWritten = node.kind == .scalar && !isBlock && node.arena.source[start...].starts(with: node.bytes)
    pieces = isAsWritten ? [Piece(start: 0, source: start)] : ScalarScan.pieces(of: node) ?? []
  }

  /// The node's own place where the text can't be found in the source, as that of a merged node.
  package func position(ofByte byte: Int) -> SourcePosition {
    let byte = min(byte, end)
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].start <= byte { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return node.position }
    let piece = pieces[low - 1]
    return node.arena.position(ofOffset: piece.source + (piece.isOtherwise ? 0 : byte - piece.start))
  }
}
