package import Diagnostics

/// The places of the bytes of a scalar's text, which is compared with the source once for all of them.
package struct TextPlaces {
  private let node: Node
  /// Where the text begins in the source, where that holds it as it is.
  private let start: Int?

  package init(of node: Node) {
    self.node = node
    let start = node.offset + (node.style == .singleQuoted || node.style == .doubleQuoted ? 1 : 0)
    let isAsWritten =
      node.kind == .scalar && node.style != .literal && node.style != .folded
      && node.arena.source[start...].starts(with: node.bytes)
    self.start = isAsWritten ? start : nil
  }

  /// The node's own place where the source writes the text otherwise, with escapes or over several lines.
  package func position(ofByte byte: Int) -> SourcePosition {
    guard let start else { return node.position }
    return node.arena.position(ofOffset: start + min(byte, node.bytes.count))
  }
}
