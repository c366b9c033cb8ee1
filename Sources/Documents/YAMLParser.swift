import CLibYAML
import Diagnostics

/// Parses YAML into one node for each document of the file (YAML 1.2.2, section 9.2).
///
/// Empty documents are left out. Values keep their text: it is up to the caller whether `00000429` is a number.
///
/// - Parameters:
///   - source: UTF-8; see ``repairedText(_:)``.
///   - replaced: how the text differs from the file, so that positions are those in the file.
/// - Throws: the first error, with its position.
package func parseYAML(
  _ source: [UInt8], replaced: [Replacement] = [], limits: DocumentLimits = .standard
) throws(DocumentError) -> [Node] {
  // libyaml would count a byte order mark as the first column, and take the lines below to be indented less.
  let source = try parsedText(source, limits: limits)
  let lines = TextLines(of: source, replaced: replaced)
  if let offset = surplusTagDirective(in: source) {
    throw DocumentError(
      .yamlSyntax, at: lines.position(ofOffset: offset),
      "a document has more than \(maximalTagDirectives) %TAG lines; remove those that nothing uses")
  }
  var builder = TreeBuilder(source: source, lines: lines, limits: limits)
  let failure = source.withUnsafeBufferPointer { bytes -> DocumentError? in
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else { return builder.error(.yamlSyntax, atIndex: 0, "out of memory") }
    defer { yaml_parser_delete(&parser) }
    yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(&parser, &event) == 1 else { return builder.syntaxError(of: parser) }
      defer { yaml_event_delete(&event) }
      if event.type == YAML_STREAM_END_EVENT { return nil }
      do throws(DocumentError) { try builder.take(event) } catch { return error }
    }
  }
  if let failure { throw failure }
  return builder.finish()
}

/// libyaml compares each one with all before it.
private let maximalTagDirectives = 64

/// The first `%TAG` line over the limit for a document (YAML 1.2.2, section 6.8.2).
private func surplusTagDirective(in source: [UInt8]) -> Int? {
  source.withUnsafeBufferPointer { bytes in
    var count = 0
    var start = 0
    while start < bytes.count {
      switch bytes[start] {
      case UInt8(ascii: "%") where bytes[start...].starts(with: "%TAG".utf8):
        count += 1
        if count > maximalTagDirectives { return start }
      case UInt8(ascii: "-") where bytes[start...].starts(with: "---".utf8): count = 0
      default: break
      }
      while start < bytes.count, bytes[start] != UInt8(ascii: "\n"), bytes[start] != UInt8(ascii: "\r") { start += 1 }
      start += 1
    }
    return nil
  }
}

/// Converts libyaml's events to an arena, within limits.
private struct TreeBuilder {
  private struct Open {
    var record: Int
    var children: [UInt32] = []
    /// The number of bytes and nodes below it, with aliases expanded.
    var weight = 0
    var anchor: String?
  }

  private let source: [UInt8]
  private let lines: TextLines
  private let limits: DocumentLimits
  private var records: [Arena.Record] = []
  private var children: [UInt32] = []
  private var text: [UInt8] = []
  private var roots: [UInt32] = []
  private var repeatedKeys: [(later: Int, first: Int)] = []
  private var unshowableScalars: [Int] = []
  private var misleadingScalars: [Int] = []
  private var strayMarks: [Int] = []
  private var open: [Open] = []
  private var anchors: [String: (record: UInt32, weight: Int)] = [:]
  private var documentWeight = 0
  // libyaml counts characters; this cursor converts its indices to byte offsets.
  private var cursor = (character: 0, byte: 0)

  init(source: [UInt8], lines: TextLines, limits: DocumentLimits) {
    self.source = source
    self.lines = lines
    self.limits = limits
    records.reserveCapacity(source.count / 20)
    text.reserveCapacity(source.count)
  }

  func finish() -> [Node] {
    let arena = Arena(
      records: records, children: children, text: text, source: source, lines: lines, repeatedKeys: repeatedKeys,
      unshowableScalars: unshowableScalars, misleadingScalars: misleadingScalars, strayMarks: strayMarks)
    return roots.map { Node(arena: arena, index: Int($0)) }
  }

  mutating func take(_ event: yaml_event_t) throws(DocumentError) {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      anchors = [:]
      documentWeight = 0
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let start = text.count
      text.append(contentsOf: UnsafeBufferPointer(start: scalar.value, count: scalar.length))
      let record = append(
        .scalar, style: Node.Style(scalar.style), content: start..<text.count, at: event.start_mark)
      if scalar.tag != nil || (scalar.anchor != nil && scalar.length == 0) { takeMarks(of: event, record) }
      // Only an escape can produce what the source itself may not contain.
      if scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE {
        if text[start...].contains(where: isUnshowable) { unshowableScalars.append(record) }
        if firstDirectionControl(in: text[start...]) != nil { misleadingScalars.append(record) }
      }
      try place(record, weight: scalar.length + 1, anchor: name(scalar.anchor), at: event.start_mark)
    case YAML_SEQUENCE_START_EVENT:
      try begin(
        .sequence, anchor: event.data.sequence_start.anchor, tag: event.data.sequence_start.tag, at: event.start_mark)
    case YAML_MAPPING_START_EVENT:
      try begin(
        .mapping, anchor: event.data.mapping_start.anchor, tag: event.data.mapping_start.tag, at: event.start_mark)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      guard let closed = open.popLast() else { return }
      if event.type == YAML_MAPPING_END_EVENT {
        repeatedKeys += Arena.repeatedKeys(among: closed.children, records: records, text: text)
      }
      let start = children.count
      children.append(contentsOf: closed.children)
      records[closed.record].contentStart = UInt32(start)
      records[closed.record].contentEnd = UInt32(children.count)
      try place(closed.record, weight: closed.weight + 1, anchor: closed.anchor, at: event.start_mark)
    case YAML_ALIAS_EVENT:
      let alias = name(event.data.alias.anchor) ?? ""
      guard let target = anchors[alias] else {
        let isOpen = open.contains { $0.anchor == alias }
        throw error(
          isOpen ? .yamlAliases : .yamlSyntax, at: event.start_mark,
          isOpen
            ? "the alias '*\(shortened(alias))' is inside what it names, and would never end; write the values out"
            : "'*\(shortened(alias))' is an alias in YAML, and no anchor '&\(shortened(alias))' is before it; put the value in single quotes, or add the anchor"
        )
      }
      try place(Int(target.record), weight: target.weight, anchor: nil, at: event.start_mark)
    default: break
    }
  }

  private mutating func begin(
    _ kind: Node.Kind, anchor: UnsafePointer<yaml_char_t>?, tag: UnsafePointer<yaml_char_t>?, at mark: yaml_mark_t
  ) throws(DocumentError) {
    guard open.count < limits.depth else {
      throw error(.yamlDepth, at: mark, "nested more than \(limits.depth) deep; flatten it")
    }
    let record = append(kind, style: .plain, content: 0..<0, at: mark)
    if let tag = name(tag), isForeign(tag) { strayMarks.append(record) }
    open.append(Open(record: record, anchor: name(anchor)))
  }

  /// Records whether a tag makes a scalar text, and whether its tag or anchor is likely a mistake.
  private mutating func takeMarks(of event: yaml_event_t, _ record: Int) {
    let scalar = event.data.scalar
    let tag = name(scalar.tag)
    // A plain `!`, and YAML's own string tag, make it text.
    records[record].isText = tag == "!" || tag == coreTag + "str"
    let isEmpty = scalar.length == 0 && scalar.style == YAML_PLAIN_SCALAR_STYLE
    if tag.map(isForeign) == true || (isEmpty && (tag == nil || tag == "!")) { strayMarks.append(record) }
  }

  private func isForeign(_ tag: String) -> Bool { tag != "!" && !tag.hasPrefix(coreTag) }

  private mutating func append(
    _ kind: Node.Kind, style: Node.Style, content: Range<Int>, at mark: yaml_mark_t
  ) -> Int {
    records.append(
      Arena.Record(
        kind: kind, style: style, start: UInt32(byteOffset(ofCharacter: Int(mark.index))),
        contentStart: UInt32(content.lowerBound), contentEnd: UInt32(content.upperBound)))
    return records.count - 1
  }

  /// Adds a finished node to the open one, or makes it a document.
  private mutating func place(
    _ record: Int, weight: Int, anchor: String?, at mark: yaml_mark_t
  ) throws(DocumentError) {
    if let anchor { anchors[anchor] = (UInt32(record), weight) }
    guard let last = open.indices.last else {
      // An empty document is a single null scalar without content.
      if !(records[record].kind == .scalar && records[record].style == .plain && records[record].content.isEmpty) {
        roots.append(UInt32(record))
      }
      return
    }
    open[last].children.append(UInt32(record))
    open[last].weight += weight
    // Without aliases, the weight is at most one for each source byte plus one for each node, and so at most twice the
    // size of the source; only aliases can exceed twice the limit.
    guard open[last].weight <= 2 * limits.aliasBytes || open[last].weight <= 2 * source.count else {
      throw error(
        .yamlAliases, at: mark, "the aliases unfold to more than \(limits.aliasBytes) bytes; write the values out")
    }
  }

  private func name(_ pointer: UnsafePointer<yaml_char_t>?) -> String? {
    pointer.map { String(decodingCString: $0, as: UTF8.self) }
  }

  // MARK: Places

  private mutating func byteOffset(ofCharacter index: Int) -> Int {
    let found = source.withUnsafeBufferPointer { bytes -> (character: Int, byte: Int) in
      var (character, byte) = cursor
      // This is rare, and never goes far.
      while character > index, byte > 0 {
        byte -= 1
        while byte > 0, bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
        character -= 1
      }
      while character < index, byte < bytes.count {
        byte += 1
        while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
        character += 1
      }
      return (character, byte)
    }
    cursor = found
    return found.byte
  }

  private mutating func error(_ id: CheckID, at mark: yaml_mark_t, _ message: String) -> DocumentError {
    error(id, atIndex: Int(mark.index), message)
  }

  mutating func error(_ id: CheckID, atIndex index: Int, _ message: String) -> DocumentError {
    let offset = byteOffset(ofCharacter: index)
    return DocumentError(id, at: lines.position(ofOffset: offset), message)
  }

  mutating func syntaxError(of parser: yaml_parser_t) -> DocumentError {
    let problem = parser.problem.map { String(cString: $0) } ?? "malformed"
    let context = parser.context.map { String(cString: $0) }
    let index = Int(parser.problem_mark.index)
    let fault = YAMLFault(
      problem: problem, context: context, offset: byteOffset(ofCharacter: index),
      contextOffset: context.map { _ in byteOffset(ofCharacter: Int(parser.context_mark.index)) }, source: source)
    if let advice = fault.advice {
      return DocumentError(
        .yamlSyntax, at: lines.position(ofOffset: advice.offset), advice.message)
    }
    let since =
      context != nil && parser.context_mark.line != parser.problem_mark.line
      ? " that starts in line \(parser.context_mark.line + 1)" : ""
    return error(
      .yamlSyntax, atIndex: index,
      "\(problem)\(context.map { " \($0)" } ?? "")\(since); correct the YAML here")
  }
}

/// The prefix of YAML's own tags (YAML 1.2.2, section 10).
private let coreTag = "tag:yaml.org,2002:"

/// C0 controls except tab and line endings.
func isUnshowable(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D }

extension Node.Style {
  fileprivate init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: self = .literal
    case YAML_FOLDED_SCALAR_STYLE: self = .folded
    default: self = .plain
    }
  }
}
