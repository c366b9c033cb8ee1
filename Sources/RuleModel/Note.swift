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

/// A block of a note (CommonMark 0.30, chapters 4 and 5). There is no case for raw markup, which is read as text.
package indirect enum NoteBlock: Hashable, Sendable {
  case paragraph([NoteInline])
  /// - Parameter level: 1 to 6, as written.
  case heading(level: Int, [NoteInline])
  case quote([NoteBlock])
  /// - Parameters:
  ///   - start: the first item's number; nil for bullets.
  ///   - isTight: whether paragraphs in items are shown without space between them.
  case list(start: Int?, isTight: Bool, items: [[NoteBlock]])
  case code(String)
  case separator
}

/// A piece of a block's text (CommonMark 0.30, chapter 6).
package indirect enum NoteInline: Hashable, Sendable {
  case text(String)
  case code(String)
  case emphasis([NoteInline])
  case strong([NoteInline])
  /// - Parameter destination: as written, with escapes undone. It may be anything; the code that displays it decides
  ///   whether it becomes a link.
  case link(destination: String, line: Int, [NoteInline])
  case lineBreak
}

extension NoteInline {
  /// The text without formatting.
  package var plainText: String {
    switch self {
    case .text(let text), .code(let text): text
    case .emphasis(let parts), .strong(let parts), .link(_, _, let parts): parts.plainText
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
      case .emphasis(let parts), .strong(let parts): parts.forEachLink(body)
      case .text, .code, .lineBreak: continue
      }
    }
  }
}

extension [NoteBlock] {
  /// Visits the text of each heading and paragraph, in the order of the note.
  package func forEachText(_ body: (_ text: [NoteInline], _ isHeading: Bool) -> Void) {
    for block in self {
      switch block {
      case .paragraph(let text): body(text, false)
      case .heading(_, let text): body(text, true)
      case .quote(let blocks): blocks.forEachText(body)
      case .list(_, _, let items): for item in items { item.forEachText(body) }
      case .code, .separator: continue
      }
    }
  }
}
