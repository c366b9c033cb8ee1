import Analysis
package import Diagnostics
import RuleModel

extension CheckID {
  package static let noteUnplaced = CheckID(
    "note-unplaced", .warning,
    "The note's file isn't named after anything in the catalog. Name it after a technique, such as `T1059.001.md`, or after a provider and an event, such as `Okta-user/user.session.start.md`."
  )
}

/// Reports notes about things that the catalog doesn't have.
func placeFindings(on notes: PlacedNotes) -> [Diagnostic] {
  notes.unplaced.map { note, subject in
    let meant =
      switch subject {
      case .technique(let version): "a technique of ATT&CK \(version), such as T1059.001.md"
      case .event: "a provider and an event that rules read, such as Microsoft-Windows-Sysmon/1.md"
      }
    return Diagnostic(
      .noteUnplaced, at: SourceLocation(note.file),
      "the note is on nothing in the catalog; name it after \(meant)")
  }
}
