package import Diagnostics
package import DialectReading
package import Documents
package import Files
import Markdown
package import RuleModel
import Text

/// What was read of a Markdown file.
struct NoteReading: Hashable, Sendable {
  /// nil where it couldn't be read.
  private var body: [UInt8]?
  /// nil where there is nothing to show.
  private(set) var note: Note?
  private(set) var findings: [Diagnostic]

  /// - Parameters:
  ///   - kept: from the last time, by which the work is saved where the file is the same.
  init(of file: FoundFile, limits: ReadingLimits, unchangedSince kept: NoteReading? = nil) {
    do throws(DocumentError) {
      let body = try contents(of: file, limit: limits.fileBytes).bytes
      if let kept, kept.body == body {
        self = kept
        return
      }
      self.body = body
      let source = file.holding(body)
      let text = try repairedText(body)
      var faults = text.faults
      if let fault = directionFault(in: text.bytes) { faults.append(fault) }
      let (note, findings) = readNote(
        text.bytes, origin: .file, in: source, limit: limits.noteBytes)
      self.note = note.blocks.isEmpty ? nil : note
      self.findings = faults.map { $0.diagnostic(in: source) } + findings
    } catch {
      findings = [error.diagnostic(in: file.holding(body))]
    }
  }
}

/// Notes that are in a folder of their own, named after what they are on.
package struct NoteFolder: Hashable, Sendable {
  /// As it was given.
  package var path: String
  /// By their paths in the folder, without their extensions.
  package var notes: [String: Note] = [:]
  package var diagnostics: [Diagnostic] = []
  /// Those that were looked into.
  package var folders: [SystemPath] = []
  /// As in ``RuleCollection/sites``.
  package var sites: [Diagnostic] = []

  /// Reads the Markdown files below a folder; a README is none of them.
  ///
  /// - Parameter path: as the user gave it. Paths of notes start with its last part.
  package init(reading path: String, limits: ReadingLimits = .standard, readers: DialectReaders = .standard) {
    self.path = path
    let walk = FolderWalk(
      of: path, prefix: lastPart(of: path) + "/", filter: PathFilter(include: [], exclude: []), readers: readers)
    (diagnostics, folders, sites) = (walk.diagnostics, walk.folders, walk.sites)
    for file in walk.files where hasExtension(file.relativePath, ["md"]) && file.skipped == walk.ofOtherFormat {
      let name = withoutExtension(file.relativePath)
      if lastPart(of: name).uppercased() == "README" { continue }
      let reading = NoteReading(of: file, limits: limits)
      diagnostics += reading.findings
      if let note = reading.note { notes[name] = note }
    }
  }
}

extension RuleCollection {
  /// Takes what was found in a folder of notes.
  package mutating func add(_ folder: NoteFolder) {
    diagnostics += folder.diagnostics
    folders += folder.folders
    sites += folder.sites
  }
}
