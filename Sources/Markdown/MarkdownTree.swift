internal import CCMark

/// A tree of libcmark-gfm with its owner.
///
/// Of its extensions only tables and task lists are used. Those for struck-out text and addresses add to a table of
/// characters that all threads share while they parse; both are found in the text afterwards instead.
struct MarkdownTree: ~Copyable {
  let root: MarkdownNode

  /// - Parameter tables: whether tables are read as such; otherwise they are text.
  init(parsing text: [UInt8], tables: Bool) {
    _ = extensionsAreReady
    let parser = cmark_parser_new(CMARK_OPT_DEFAULT)
    for name in tables ? ["table", "tasklist"] : ["tasklist"] {
      cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name))
    }
    text.withUnsafeBytes { bytes in
      cmark_parser_feed(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    root = MarkdownNode(cmark_parser_finish(parser))
    cmark_parser_free(parser)
  }

  deinit { cmark_node_free(root.pointer) }
}

/// The extensions are registered once for the process, by whoever comes first.
private let extensionsAreReady: Void = cmark_gfm_core_extensions_ensure_registered()

/// A node of a tree; it lives as long as the tree does.
struct MarkdownNode {
  fileprivate let pointer: OpaquePointer?

  fileprivate init(_ pointer: OpaquePointer?) { self.pointer = pointer }

  var kind: cmark_node_type { cmark_node_get_type(pointer) }
  var children: MarkdownChildren { MarkdownChildren(following: cmark_node_first_child(pointer)) }
  var line: Int { Int(cmark_node_get_start_line(pointer)) }
  var literal: String { string(cmark_node_get_literal(pointer)) }
  var destination: String { string(cmark_node_get_url(pointer)) }
  /// What follows the opening fence of a code block.
  var fenceInfo: String { string(cmark_node_get_fence_info(pointer)) }
  var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }
  var isTight: Bool { cmark_node_get_list_tight(pointer) != 0 }
  /// nil for bullets.
  var listStart: Int? {
    cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST ? Int(cmark_node_get_list_start(pointer)) : nil
  }

  private func string(_ text: UnsafePointer<CChar>?) -> String { text.map { String(cString: $0) } ?? "" }
}

/// What the extensions add: their kinds of nodes have numbers only at run time, but fixed names.
extension MarkdownNode {
  private var kindName: String { string(cmark_node_get_type_string(pointer)) }

  var isTable: Bool { kindName == "table" }
  /// Whether the task of a list's item is done; nil for other items.
  var isDone: Bool? { kindName == "tasklist" ? cmark_gfm_extensions_get_tasklist_item_checked(pointer) : nil }

  /// The alignment of a table's columns: `l`, `c`, `r`, or 0 where the table doesn't say.
  var alignments: [UInt8] {
    let count = Int(cmark_gfm_extensions_get_table_columns(pointer))
    guard let alignments = cmark_gfm_extensions_get_table_alignments(pointer) else { return [] }
    return (0..<count).map { alignments[$0] }
  }
}

struct MarkdownChildren: Sequence, IteratorProtocol {
  fileprivate var following: OpaquePointer?

  mutating func next() -> MarkdownNode? {
    guard let node = following else { return nil }
    following = cmark_node_next(node)
    return MarkdownNode(node)
  }
}
