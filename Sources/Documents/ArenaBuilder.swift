/// Builds a tree of nodes from what a parser reads in file order, and records the problems that all formats share.
struct ArenaBuilder {
  private let format: DocumentFormat
  private let source: [UInt8]
  let lines: TextLines
  private var records: [Arena.Record] = []
  private var children: [UInt32] = []
  private var text: [UInt8] = []
  private var roots: [UInt32] = []
  private var repeatedKeys: [(later: Int, first: Int)] = []
  private var unshowableScalars: [Int] = []
  private var misleadingScalars: [Int] = []
  private var open: [(record: Int, children: [UInt32])] = []

  init(_ format: DocumentFormat, source: [UInt8], replaced: [Replacement]) {
    (self.format, self.source) = (format, source)
    lines = TextLines(of: source, replaced: replaced)
  }

  /// Whether the list or mapping begun last is still empty.
  var isFirst: Bool { open.last?.children.isEmpty ?? true }

  /// - Parameters:
  ///   - bytes: the text with escapes undone.
  ///   - start: the byte offset in the source where it starts.
  mutating func add(_ bytes: some Collection<UInt8>, style: Node.Style, at start: Int) {
    let content = text.count..<text.count + bytes.count
    text += bytes
    let record = append(.scalar, style: style, content: content, at: start)
    if text[content].contains(where: isUnshowable) { unshowableScalars.append(record) }
    if firstDirectionControl(in: text[content]) != nil { misleadingScalars.append(record) }
    place(record)
  }

  mutating func begin(_ kind: Node.Kind, at start: Int) {
    open.append((append(kind, style: .plain, content: 0..<0, at: start), []))
  }

  /// Ends the list or mapping begun last.
  mutating func end() {
    guard let (record, own) = open.popLast() else { return }
    if records[record].kind == .mapping {
      repeatedKeys += Arena.repeatedKeys(among: own, records: records, text: text)
    }
    records[record].contentStart = UInt32(children.count)
    children += own
    records[record].contentEnd = UInt32(children.count)
    place(record)
  }

  func finish() -> [Node] {
    let arena = Arena(
      records: records, children: children, text: text, format: format, source: source, lines: lines,
      repeatedKeys: repeatedKeys,
      unshowableScalars: unshowableScalars, misleadingScalars: misleadingScalars)
    return roots.map { Node(arena: arena, index: Int($0)) }
  }

  private mutating func append(_ kind: Node.Kind, style: Node.Style, content: Range<Int>, at start: Int) -> Int {
    records.append(
      Arena.Record(
        kind: kind, style: style, start: UInt32(start), contentStart: UInt32(content.lowerBound),
        contentEnd: UInt32(content.upperBound)))
    return records.count - 1
  }

  private mutating func place(_ record: Int) {
    if let last = open.indices.last { open[last].children.append(UInt32(record)) } else { roots.append(UInt32(record)) }
  }
}
