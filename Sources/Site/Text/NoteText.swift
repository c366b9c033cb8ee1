import RuleModel

/// A note as text for a terminal: its formatting is shown in Markdown's own notation, which its authors know.
///
/// - Parameter indent: the number of spaces before it.
func noteText(_ note: Note, indent: Int) -> [TextLine] {
  var text = NoteText()
  text.write(note.blocks, indent: indent, isTight: false)
  return text.lines
}

private struct NoteText {
  var lines: [TextLine] = []

  mutating func write(_ blocks: [NoteBlock], indent: Int, isTight: Bool) {
    for (number, block) in blocks.enumerated() {
      if number > 0, !isTight { lines.append(.empty) }
      write(block, indent: indent)
    }
  }

  private mutating func write(_ block: NoteBlock, indent: Int) {
    switch block {
    case .paragraph(let text): write(text, indent: indent)
    case .heading(_, let text): lines.append(TextLine(indent: indent, text.plainText, .strong))
    case .quote(let blocks): writeItem(blocks, mark: "> ", indent: indent, isTight: false)
    case .list(let start, let isTight, let items):
      for (number, item) in items.enumerated() {
        if number > 0, !isTight { lines.append(.empty) }
        let task = item.isDone.map { $0 ? "[x] " : "[ ] " } ?? ""
        let mark = (start.map { "\($0 + number). " } ?? "- ") + task
        writeItem(item.blocks, mark: mark, indent: indent, isTight: isTight)
      }
    case .code(let code, _):
      for line in code.split(separator: "\n", omittingEmptySubsequences: false).dropLast(code.hasSuffix("\n") ? 1 : 0) {
        lines.append(line.isEmpty ? .empty : TextLine(indent: indent + 4, String(line)))
      }
    case .table(let table):
      for (number, row) in ([table.head] + table.rows).enumerated() {
        let style: TextLine.Style = number == 0 ? .strong : .plain
        let cells = row.map { $0.flatMap { spans(of: $0, style) } }
        lines.append(TextLine(indent: indent, Array(cells.joined(separator: [TextLine.Span(" | ", .faint)]))))
      }
    case .separator: lines.append(TextLine(indent: indent, "---", .faint))
    }
  }

  /// The mark is on the first line, and the following lines are aligned with its text.
  private mutating func writeItem(_ blocks: [NoteBlock], mark: String, indent: Int, isTight: Bool) {
    let first = lines.count
    write(blocks, indent: indent + mark.count, isTight: isTight)
    guard lines.indices.contains(first) else { return lines.append(TextLine(indent: indent, mark, .faint)) }
    lines[first].indent -= mark.count
    lines[first].hanging += mark.count
    lines[first].spans.insert(TextLine.Span(mark, .faint), at: 0)
  }

  private mutating func write(_ text: [NoteInline], indent: Int) {
    for line in text.split(whereSeparator: { $0 == .lineBreak }) {
      lines.append(TextLine(indent: indent, line.flatMap { spans(of: $0, .plain) }))
    }
  }

  private func spans(of inline: NoteInline, _ style: TextLine.Style) -> [TextLine.Span] {
    switch inline {
    case .text(let text), .code(let text): [TextLine.Span(text, style)]
    case .emphasis(let parts): parts.flatMap { spans(of: $0, style) }
    case .strong(let parts): parts.flatMap { spans(of: $0, .strong) }
    case .strikethrough(let parts):
      [TextLine.Span("~~", .faint)] + parts.flatMap { spans(of: $0, style) } + [TextLine.Span("~~", .faint)]
    case .picture(let destination, _, let text):
      [TextLine.Span(text, style), TextLine.Span(text.isEmpty ? destination : " (\(destination))", .faint)]
    case .link(let destination, _, let parts):
      parts.flatMap { spans(of: $0, style) }
        + (destination == parts.plainText ? [] : [TextLine.Span(" (\(destination))", .faint)])
    case .lineBreak: [TextLine.Span(" ", style)]
    }
  }
}
