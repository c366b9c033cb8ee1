import Diagnostics

/// All nodes of a file, flat, in three arrays: what a node is, which children it has, and the text of the scalars.
final class Arena: Sendable {
  struct Record: Sendable {
    var kind: Node.Kind
    var style: Node.Style
    /// Whether a tag makes it text, whatever it looks like: `!!str null`.
    var isText = false
    /// The byte of the source at which it starts.
    var start: UInt32
    /// A scalar's range of ``Arena/text``, a collection's of ``Arena/children``.
    var contentStart: UInt32
    var contentEnd: UInt32

    var content: Range<Int> { Int(contentStart)..<Int(contentEnd) }
  }

  let records: [Record]
  let children: [UInt32]
  let text: [UInt8]
  let format: DocumentFormat
  let source: [UInt8]
  /// The byte at which each line starts.
  let lineStarts: [UInt32]
  /// Keys that are repeated in their mapping, each with the first.
  let repeatedKeys: [(later: Int, first: Int)]
  /// Scalars with characters that XML forbids.
  let unshowableScalars: [Int]
  /// Scalars with escapes that have bidirectional controls.
  let misleadingScalars: [Int]
  /// Nodes with a tag that isn't YAML's own, and anchors and tags with nothing behind them.
  let strayMarks: [Int]

  init(
    records: [Record], children: [UInt32], text: [UInt8], format: DocumentFormat = .yaml, source: [UInt8],
    repeatedKeys: [(later: Int, first: Int)] = [], unshowableScalars: [Int] = [], misleadingScalars: [Int] = [],
    strayMarks: [Int] = []
  ) {
    self.records = records
    self.children = children
    self.text = text
    self.format = format
    self.source = source
    self.repeatedKeys = repeatedKeys
    self.unshowableScalars = unshowableScalars
    self.misleadingScalars = misleadingScalars
    self.strayMarks = strayMarks
    lineStarts = Documents.lineStarts(of: source)
  }

  func position(ofOffset offset: Int) -> SourcePosition { sourcePosition(ofOffset: offset, lineStarts: lineStarts) }

  /// Keys of a mapping that repeat an earlier one, each with the first.
  ///
  /// - Parameter children: keys and values in turn.
  static func repeatedKeys(
    among children: [UInt32], records: [Record], text: [UInt8]
  ) -> [(later: Int, first: Int)] {
    func bytes(_ record: UInt32) -> ArraySlice<UInt8>? {
      records[Int(record)].kind == .scalar ? text[records[Int(record)].content] : nil
    }
    var repeated: [(later: Int, first: Int)] = []
    var first: [ArraySlice<UInt8>: UInt32] = [:]
    if children.count > 16 { first.reserveCapacity(children.count / 2) }
    for at in stride(from: 0, to: children.count, by: 2) {
      guard let key = bytes(children[at]) else { continue }
      let earlier: UInt32?
      if children.count <= 16 {
        earlier = stride(from: 0, to: at, by: 2).first { bytes(children[$0]) == key }.map { children[$0] }
      } else {
        earlier = first[key]
        if earlier == nil { first[key] = children[at] }
      }
      if let earlier { repeated.append((Int(children[at]), Int(earlier))) }
    }
    return repeated
  }
}

/// The bytes at which the lines of a text start; a line ends with LF.
func lineStarts(of source: [UInt8]) -> [UInt32] {
  var starts: [UInt32] = [0]
  source.withUnsafeBufferPointer { bytes in
    for at in bytes.indices where bytes[at] == UInt8(ascii: "\n") { starts.append(UInt32(at + 1)) }
  }
  return starts
}

func sourcePosition(ofOffset offset: Int, lineStarts: [UInt32]) -> SourcePosition {
  var (low, high) = (0, lineStarts.count)
  while high - low > 1 {
    let middle = (low + high) / 2
    if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
  }
  return SourcePosition(line: low + 1, column: offset - Int(lineStarts[low]) + 1)
}
