package import Diagnostics

/// Documentation that a team keeps for a rule, a technique or an event: triage steps, tuning, owners.
package struct Note: Hashable, Sendable {
  package enum Origin: Hashable, Sendable {
    /// A separate file.
    case file
    /// A field of the rule, with its name.
    case field(String)
  }

  package var origin: Origin
  /// The file that contains it.
  package var file: SourceFile
  package var blocks: [NoteBlock]

  package init(origin: Origin, in file: SourceFile, blocks: [NoteBlock]) {
    self.origin = origin
    self.file = file
    self.blocks = blocks
  }
}

/// Notes in separate folders, by their paths there without extensions: `T1059.001`, `Microsoft-Windows-Sysmon/1`.
package struct NamedNotes: Hashable, Sendable {
  package var techniques: [String: Note] = [:]
  /// Notes on events, and on providers by name alone.
  package var events: [String: Note] = [:]

  package init() {}
}

/// A block of a note (GitHub Flavored Markdown 0.29, chapters 4 and 5). There is no case for raw markup, which is read
/// as text.
package indirect enum NoteBlock: Hashable, Sendable {
  case paragraph([NoteInline])
  /// - Parameter level: 1 to 6, as written.
  case heading(level: Int, [NoteInline])
  case quote([NoteBlock])
  /// - Parameters:
  ///   - start: the first item's number; nil for bullets.
  ///   - isTight: whether paragraphs in items are shown without space between them.
  case list(start: Int?, isTight: Bool, items: [NoteListItem])
  /// - Parameter language: as the fence names it.
  case code(String, language: String? = nil)
  case table(NoteTable)
  case separator
}

/// An item of a list in a note.
package struct NoteListItem: Hashable, Sendable {
  package var blocks: [NoteBlock]
  /// Whether the task that it is has been done; nil for an item that is no task.
  package var isDone: Bool?

  package init(_ blocks: [NoteBlock], isDone: Bool? = nil) { (self.blocks, self.isDone) = (blocks, isDone) }
}

/// A table of a note. Its rows have as many cells as it has columns.
package struct NoteTable: Hashable, Sendable {
  package enum Alignment: Hashable, Sendable { case left, center, right }

  /// For each column; nil where the table doesn't say.
  package var alignments: [Alignment?]
  package var head: [[NoteInline]]
  package var rows: [[[NoteInline]]]

  package init(alignments: [Alignment?], head: [[NoteInline]], rows: [[[NoteInline]]]) {
    (self.alignments, self.head, self.rows) = (alignments, head, rows)
  }
}

/// A piece of a block's text (GitHub Flavored Markdown 0.29, chapter 6).
package indirect enum NoteInline: Hashable, Sendable {
  case text(String)
  case code(String)
  case emphasis([NoteInline])
  case strong([NoteInline])
  case strikethrough([NoteInline])
  /// - Parameter destination: as written, with escapes undone. It may be anything; the code that displays it decides
  ///   whether it becomes a link.
  case link(destination: String, line: Int, [NoteInline])
  /// A picture beside the note; one elsewhere is a link.
  ///
  /// - Parameters:
  ///   - destination: as written, with escapes undone.
  ///   - text: what it shows, in words; may be empty.
  case picture(destination: String, line: Int, text: String)
  case lineBreak
}

extension NoteInline {
  /// The text without formatting.
  package var plainText: String {
    switch self {
    case .text(let text), .code(let text): text
    case .emphasis(let parts), .strong(let parts), .strikethrough(let parts), .link(_, _, let parts): parts.plainText
    case .picture(_, _, let text): text
    case .lineBreak: " "
    }
  }
}

extension [NoteInline] {
  package var plainText: String { reduce(into: "") { $0 += $1.plainText } }

  /// Visits the links, including those nested in other pieces.
  package func forEachLink(_ body: (_ destination: String, _ line: Int) -> Void) {
    for inline in self {
      switch inline {
      case .link(let destination, let line, _): body(destination, line)
      case .emphasis(let parts), .strong(let parts), .strikethrough(let parts): parts.forEachLink(body)
      case .text, .code, .picture, .lineBreak: continue
      }
    }
  }

  /// Visits the pictures, including those nested in other pieces.
  package func forEachPicture(_ body: (_ destination: String, _ line: Int) -> Void) {
    for inline in self {
      switch inline {
      case .picture(let destination, let line, _): body(destination, line)
      case .emphasis(let parts), .strong(let parts), .strikethrough(let parts), .link(_, _, let parts):
        parts.forEachPicture(body)
      case .text, .code, .lineBreak: continue
      }
    }
  }
}

extension [NoteBlock] {
  /// Visits the text of each heading, paragraph and cell, in the order of the note.
  package func forEachText(_ body: (_ text: [NoteInline], _ isHeading: Bool) -> Void) {
    for block in self {
      switch block {
      case .paragraph(let text): body(text, false)
      case .heading(_, let text): body(text, true)
      case .quote(let blocks): blocks.forEachText(body)
      case .list(_, _, let items): for item in items { item.blocks.forEachText(body) }
      case .table(let table): for cell in table.head + table.rows.joined() { body(cell, false) }
      case .code, .separator: continue
      }
    }
  }
}
