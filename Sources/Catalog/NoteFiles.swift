package import Diagnostics
import Documents
import Markdown
package import RuleModel

/// What was read of a Markdown file.
struct NoteReading: Hashable, Sendable {
  /// nil where it couldn't be read.
  private var body: [UInt8]?
  /// nil where there is nothing to show.
  private(set) var note: Note?
  private(set) var findings: [Diagnostic]

  /// - Parameters:
  ///   - path: as in ``Note/path``.
  ///   - kept: from the last time, by which the work is saved where the file is the same.
  init(of file: FoundFile, path: String, unchangedSince kept: NoteReading? = nil) {
    do throws(DocumentError) {
      let body = try contents(of: file).bytes
      if let kept, kept.body == body {
        self = kept
        return
      }
      self.body = body
      let text = try repairedText(body)
      var faults = text.faults
      if let fault = directionFault(in: text.bytes) { faults.append(fault) }
      let (note, findings) = readNote(text.bytes, origin: .file, path: path, file: file.path)
      self.note = note.blocks.isEmpty ? nil : note
      self.findings = faults.map { $0.diagnostic(in: file.path) } + findings
    } catch {
      findings = [error.diagnostic(in: file.path)]
    }
  }
}

/// Notes that stand in a folder of their own, named after what they are on.
package struct NoteFolder<Name: Hashable & Sendable>: Hashable, Sendable {
  /// As it was given.
  package var path: String
  package var notes: [Name: Note] = [:]
  package var diagnostics: [Diagnostic] = []
  /// Those that were looked into, as the system names them.
  package var folders: [[CChar]] = []

  /// No notes.
  package init(path: String) { self.path = path }
}

extension RuleCollection {
  /// Takes what was found in a folder of notes, so that reports know its paths.
  package mutating func add<Name>(_ folder: NoteFolder<Name>) {
    if folder.path.isEmpty { return }
    diagnostics += folder.diagnostics
    roots.append((folder.path, lastPart(of: folder.path) + "/"))
  }
}

/// Reads the Markdown files below a folder; a README is none of them.
///
/// - Parameters:
///   - folder: as the user gave it. Paths of notes start with its last part.
///   - name: what the note of a path below the folder, without its extension, is on; nil where there is no such thing.
///   - meant: what a file should be named after, for the message.
package func readNotes<Name>(
  in folder: String, named name: (String) -> Name?, meant: String
) -> NoteFolder<Name> {
  var result = NoteFolder<Name>(path: folder)
  let walk = FolderWalk(of: folder, filter: PathFilter(include: [], exclude: []))
  result.diagnostics = walk.diagnostics
  result.folders = walk.folders
  for file in walk.files where hasExtension(file.relativePath, ["md"]) && file.skipped == "not YAML" {
    let stem = withoutExtension(file.relativePath)
    if lastPart(of: stem).uppercased() == "README" { continue }
    guard let name = name(stem) else {
      result.diagnostics.append(
        Diagnostic(
          .noteUnplaced, at: SourceLocation(path: file.path),
          "the note is on nothing in the catalogue; name it after \(meant)"))
      continue
    }
    let reading = NoteReading(of: file, path: lastPart(of: folder) + "/" + file.relativePath)
    result.diagnostics += reading.findings
    if let note = reading.note { result.notes[name] = note }
  }
  return result
}
