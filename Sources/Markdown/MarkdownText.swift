package import Diagnostics
package import RuleModel

/// What a Markdown text says, and what of it can't be shown as it was meant.
package struct MarkdownText: Sendable {
  package var blocks: [NoteBlock] = []
  /// In the order of lines; at most one of each kind.
  package var faults: [MarkdownFault] = []
}

/// What is wrong with a Markdown text: the path, and where the text starts in its file, are known to whoever reads that.
package struct MarkdownFault: Hashable, Sendable {
  package var id: CheckID
  /// From 1, in the text.
  package var line: Int
  package var message: String
}

/// How much of a note is shown, so that no page grows too heavy and no nesting too deep.
package enum MarkdownLimits {
  /// Of the text, in bytes, unless `limits` in `ruledex.yml` say otherwise.
  package static let bytes = 128 << 10
  /// How many blocks, and pieces of text other than plain ones, a note has.
  package static let parts = 8_000
  /// Of blocks in blocks and, counted apart, of pieces in pieces.
  package static let depth = 24
}

/// Reads GitHub Flavored Markdown (version 0.29): CommonMark with tables, lists of tasks, struck-out text, and links where
/// an address is alone. Markup in it becomes text, except for comments, which are left out.
///
/// - Parameters:
///   - text: UTF-8, already repaired.
///   - line: the line that everything is reported at; nil for the text's own lines.
///   - limit: of the text, in bytes.
package func parseMarkdown(_ text: [UInt8], line: Int? = nil, limit: Int = MarkdownLimits.bytes) -> MarkdownText {
  guard text.count <= limit else {
    return MarkdownText(faults: [
      MarkdownFault(
        id: .noteTooLarge, line: line ?? 1,
        message:
          "the note has \(text.count) bytes, more than the \(limit) that a page shows, and is left out; split it"
      )
    ])
  }
  var reader = MarkdownReader(line: line)
  let excess = MarkdownTables.excess(in: text)
  if let excess { reader.reportTables(at: excess) }
  let blocks = reader.blocks(of: MarkdownTree(parsing: markingEscapedTildes(in: text), tables: excess == nil))
  return MarkdownText(blocks: blocks, faults: reader.faults)
}
