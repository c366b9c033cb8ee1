import Analysis
package import Diagnostics
import RuleModel

extension CheckID {
  package static let notePicture = CheckID(
    "note-picture", .warning,
    "The picture can't be shown; its text is shown in its place. Pictures are PNG, JPEG, GIF, WebP or SVG files of at most 4 MiB (`picture-bytes` under `limits` in `ruledex.yml`), in the note's folder or below the given folder, not reached through symbolic links; SVG files must contain no scripts and no external references."
  )
}

extension RuleCheck {
  /// Pictures in a rule's own notes.
  static let notePictures = RuleCheck { rule, catalog in
    catalog.index.rules[rule].notes.flatMap { pictureFindings(on: $0, catalog.index.notePictures) }
  }
}

/// Reports a note's pictures that can't be shown.
func pictureFindings(on note: Note, _ pictures: NotePictures) -> [Diagnostic] {
  var findings: [Diagnostic] = []
  note.blocks.forEachText { text, _ in
    text.forEachPicture { destination, line in
      guard case .fault(let reason)? = pictures.answer(to: destination, in: note) else { return }
      findings.append(
        Diagnostic(
          .notePicture, at: SourceLocation(note.file, at: SourcePosition(line: line, column: 1)),
          "the picture '\(shortened(destination))' \(reason)"))
    }
  }
  return findings
}
