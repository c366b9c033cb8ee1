package import Diagnostics

/// A node of a document: a scalar, a sequence or a mapping, with its position in the file (YAML 1.2.2, section 3.2.1).
///
/// Aliases are resolved: the node of an alias is the node that it refers to.
package struct Node: Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    case scalar, sequence, mapping
  }

  /// How a scalar is written. A plain scalar may be null, a number or a boolean; the others are text.
  package enum Style: UInt8, Hashable, Sendable {
    case plain, singleQuoted, doubleQuoted, literal, folded
  }

  let arena: Arena
  let index: Int

  private var record: Arena.Record { arena.records[index] }

  package var kind: Kind { record.kind }
  package var style: Style { record.style }

  /// Where it starts; columns count UTF-8 bytes.
  package var position: SourcePosition { arena.position(ofOffset: Int(record.start)) }

  /// From its start to the end of a scalar; for lists and mappings, the end isn't known.
  package var span: SourceSpan { kind == .scalar ? TextPlaces(of: self).span : SourceSpan(position) }

  /// The position of a byte of a scalar's text, if the source has that text literally; otherwise the node's start.
  ///
  /// For several bytes of the same text, use ``TextPlaces``, which searches the source only once.
  package func position(ofByte byte: Int) -> SourcePosition { TextPlaces(of: self).position(ofByte: byte) }

  /// The positions of a range of bytes in a scalar's text, found in the same way.
  package func span(ofBytes bytes: Range<Int>) -> SourceSpan { TextPlaces(of: self).span(ofBytes: bytes) }

  /// The byte offset in the source where it starts.
  package var offset: Int { Int(record.start) }

  /// A scalar's text, with quotes and escapes undone, and numbers and dates as written; nil for a sequence or a
  /// mapping.
  package var text: String? {
    kind == .scalar ? String(decoding: arena.text[record.content], as: UTF8.self) : nil
  }

  /// The items of a list; a single value counts as a list of one, and null as an empty one.
  package var itemsOrSelf: [Node] { kind == .sequence ? items : isNull ? [] : [self] }

  /// Whether it is a scalar without a visible character.
  package var isBlank: Bool { kind == .scalar && bytes.allSatisfy { $0 <= 0x20 } }

  /// The values of a mapping's keys that are texts; of the same keys, the last.
  package var valuesByKey: [String: Node] {
    var values: [String: Node] = [:]
    for (key, value) in entries { if let name = key.text { values[name] = value } }
    return values
  }

  /// A scalar's text as UTF-8; empty for other nodes.
  package var bytes: ArraySlice<UInt8> { kind == .scalar ? arena.text[record.content] : [] }

  /// Whether it is a scalar without quotes and without a tag that makes it text, and so may be a number, a boolean or
  /// null.
  package var isPlain: Bool { kind == .scalar && style == .plain && !record.isText }

  /// Whether it is a plain scalar that means null: empty, `~`, `null`, `Null`, `NULL` (YAML 1.2.2, section 10.3.2).
  package var isNull: Bool {
    guard isPlain else { return false }
    let bytes = bytes
    return bytes.isEmpty || bytes.elementsEqual("~".utf8) || bytes.elementsEqual("null".utf8)
      || bytes.elementsEqual("Null".utf8) || bytes.elementsEqual("NULL".utf8)
  }

  /// The boolean value of a plain scalar: `true`, `yes`, `on` and their opposites, in lower case, upper case, or
  /// capitalised (YAML 1.1, “Boolean”, as the engines that run the rules read them); nil for anything else.
  package var boolean: Bool? {
    guard kind == .scalar, style == .plain else { return nil }
    switch text {
    case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": return true
    case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": return false
    default: return nil
    }
  }

  /// The items of a sequence; empty for other nodes.
  package var items: [Node] {
    guard kind == .sequence else { return [] }
    return arena.children[record.content].map { Node(arena: arena, index: Int($0)) }
  }

  /// The keys and values of a mapping in file order, with merges (`<<`) resolved; of a repeated key only the last one,
  /// as in the engines that run the rules. Empty for other nodes.
  package var entries: [(key: Node, value: Node)] {
    guard kind == .mapping else { return [] }
    var result: [(key: Node, value: Node)] = []
    result.reserveCapacity(record.content.count / 2)
    var merged: [(key: Node, value: Node)] = []
    for at in stride(from: record.content.lowerBound, to: record.content.upperBound, by: 2) {
      let key = Node(arena: arena, index: Int(arena.children[at]))
      let value = Node(arena: arena, index: Int(arena.children[at + 1]))
      if key.isMerge, value.kind != .scalar {
        merged += value.kind == .mapping ? value.entries : value.items.flatMap(\.entries)
      } else {
        result.append((key, value))
      }
    }
    if !arena.repeatedKeys.isEmpty { result = withoutRepeats(result) }
    guard !merged.isEmpty else { return result }
    var known = Set(result.map(\.key.bytes))
    for entry in merged where known.insert(entry.key.bytes).inserted { result.append(entry) }
    return result
  }

  private func withoutRepeats(_ entries: [(key: Node, value: Node)]) -> [(key: Node, value: Node)] {
    var last: [ArraySlice<UInt8>: Int] = [:]
    for (index, entry) in entries.enumerated() where entry.key.kind == .scalar { last[entry.key.bytes] = index }
    return entries.enumerated().compactMap { index, entry in
      entry.key.kind != .scalar || last[entry.key.bytes] == index ? entry : nil
    }
  }

  /// The value of a key in a mapping; the last one if the key is repeated.
  package subscript(_ key: String) -> Node? {
    entries.last { $0.key.bytes.elementsEqual(key.utf8) }?.value
  }

  /// The merge key of YAML 1.1, which libyaml leaves to its callers.
  private var isMerge: Bool { kind == .scalar && style == .plain && bytes.elementsEqual("<<".utf8) }

  /// The number of nodes in the tree that starts at this node; an aliased node counts each time that it occurs.
  package var count: Int {
    var count = 0
    forEachNode { _ in count += 1 }
    return count
  }

  /// Visits this node and all nodes below it; an aliased node is visited each time that it occurs.
  package func forEachNode(_ body: (Node) -> Void) {
    body(self)
    guard kind != .scalar else { return }
    for child in arena.children[record.content] { Node(arena: arena, index: Int(child)).forEachNode(body) }
  }
}
