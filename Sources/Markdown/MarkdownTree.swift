internal import CCMark

/// A tree of libcmark with its owner.
struct MarkdownTree: ~Copyable {
  let root: MarkdownNode

  init(parsing text: [UInt8]) {
    let node = text.withUnsafeBytes { bytes in
      cmark_parse_document(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, CMARK_OPT_DEFAULT)
    }
    // libcmark cuts a text at characters that might mean something.
    cmark_consolidate_text_nodes(node)
    root = MarkdownNode(node)
  }

  deinit { cmark_node_free(root.pointer) }
}

/// A node of a tree; it lives as long as the tree does.
struct MarkdownNode {
  fileprivate let pointer: OpaquePointer?

  fileprivate init(_ pointer: OpaquePointer?) { self.pointer = pointer }

  var kind: cmark_node_type { cmark_node_get_type(pointer) }
  var children: MarkdownChildren { MarkdownChildren(following: cmark_node_first_child(pointer)) }
  var line: Int { Int(cmark_node_get_start_line(pointer)) }
  var literal: String { string(cmark_node_get_literal(pointer)) }
  var destination: String { string(cmark_node_get_url(pointer)) }
  var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }
  var isTight: Bool { cmark_node_get_list_tight(pointer) != 0 }
  /// nil for bullets.
  var listStart: Int? {
    cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST ? Int(cmark_node_get_list_start(pointer)) : nil
  }

  private func string(_ text: UnsafePointer<CChar>?) -> String { text.map { String(cString: $0) } ?? "" }
}

struct MarkdownChildren: Sequence, IteratorProtocol {
  fileprivate var following: OpaquePointer?

  mutating func next() -> MarkdownNode? {
    guard let node = following else { return nil }
    following = cmark_node_next(node)
    return MarkdownNode(node)
  }
}
