import Analysis
package import Diagnostics
import RuleModel

extension CheckID {
  package static let noteLink = CheckID(
    "note-link", .note,
    "The link leads to no page of the site and is shown as text. Link to the file of a rule or of another note, or give a whole address."
  )
}

extension RuleCheck {
  /// Links in a rule's own notes.
  static let noteLinks = RuleCheck { rule, catalog in
    catalog.index.rules[rule].notes.flatMap { linkFindings(on: $0, catalog.index.noteLinks) }
  }
}

/// Reports a note's links that lead nowhere.
func linkFindings(on note: Note, _ links: NoteLinks) -> [Diagnostic] {
  var findings: [Diagnostic] = []
  note.blocks.forEachText { text, _ in
    text.forEachLink { destination, line in
      if isWebAddress(destination) || links.target(of: destination, in: note) != nil { return }
      findings.append(
        Diagnostic(
          .noteLink, at: SourceLocation(note.file, at: SourcePosition(line: line, column: 1)),
          "the link to '\(shortened(destination))' leads to no page of the site and is shown as text; correct it"))
    }
  }
  return findings
}

/// Whether a destination has one of the schemes that pages may link to.
private func isWebAddress(_ destination: String) -> Bool {
  let lowered = destination.lowercased()
  return ["https://", "http://", "mailto:"].contains { lowered.hasPrefix($0) }
}
