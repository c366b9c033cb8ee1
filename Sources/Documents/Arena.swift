import Diagnostics

/// All nodes of a file, stored flat in three arrays: the records of the nodes, their children, and the text of scalars.
final class Arena: Sendable {
  struct Record: Sendable {
    var kind: Node.Kind
    var style: Node.Style
    /// Whether a tag makes it text even if it looks like something else: `!!str null`.
    var isText = false
    /// The byte offset in the source where it starts.
    var start: UInt32
    /// The range in ``Arena/text`` for a scalar, in ``Arena/children`` for a collection.
    var contentStart: UInt32
    var contentEnd: UInt32

    var content: Range<Int> { Int(contentStart)..<Int(contentEnd) }
  }

  let records: [Record]
  let children: [UInt32]
  let text: [UInt8]
  let format: DocumentFormat
  let source: [UInt8]
  let lines: TextLines
  /// Keys that are repeated in their mapping, each with its first occurrence.
  let repeatedKeys: [(later: Int, first: Int)]
  /// Scalars that contain characters forbidden in XML.
  let unshowableScalars: [Int]
  /// Scalars that contain escaped bidirectional controls.
  let misleadingScalars: [Int]
  /// Nodes with a tag that isn't one of YAML's own, and anchors and tags without a value.
  let strayMarks: [Int]

  init(
    records: [Record], children: [UInt32], text: [UInt8], format: DocumentFormat = .yaml, source: [UInt8],
    lines: TextLines, repeatedKeys: [(later: Int, first: Int)] = [], unshowableScalars: [Int] = [],
    misleadingScalars: [Int] = [],
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
    self.lines = lines
  }

  func position(ofOffset offset: Int) -> SourcePosition { lines.position(ofOffset: offset) }

  /// Keys of a mapping that repeat an earlier one, each with its first occurrence.
  ///
  /// - Parameter children: alternating keys and values.
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
