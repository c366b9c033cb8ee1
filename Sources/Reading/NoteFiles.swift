package import Diagnostics
import DialectReading
import Documents
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
      if let fault = directionFault(in: text) { faults.append(fault) }
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
  /// By their paths in the folder, without their extensions.
  package var notes: [String: Note] = [:]
  package var diagnostics: [Diagnostic] = []
  /// Those that were looked into.
  package var folders: [SystemPath] = []
  /// As in ``RuleCollection/sites``.
  package var sites: [Diagnostic] = []

  /// Reads folders of notes, which may be in each other or among rules.
  ///
  /// A file is a note of the innermost folder that it is in, and of none where rules are read nearer to it. It is published as its path
  /// below the outermost folder of rules or notes, whatever their order.
  ///
  /// - Parameter paths: as the user gave them.
  /// - Returns: a folder for each path.
  package static func reading(_ paths: [String], beside request: CatalogRequest) -> [NoteFolder] {
    let given = paths.map { GivenFolder($0, prefix: lastPart(of: $0) + "/") }
    let all = request.roots.map { GivenFolder($0.path, prefix: request.prefix(of: $0)) } + given
    return given.map { folder in
      let outer = all.compactMap { other in folder.path(below: other).map { (other.prefix + $0, $0.utf8.count) } }
      // The folder itself is among them.
      let prefix = outer.max { $0.1 < $1.1 }!.0
      let inner = Set(all.compactMap { $0.path(below: folder)?.dropLast() }.map(String.init))
      return NoteFolder(reading: folder.path, prefix: prefix, without: inner, request)
    }
  }

  /// Reads the Markdown files below a folder; a README is none of them.
  ///
  /// - Parameter inner: the folders below it that others read.
  private init(reading path: String, prefix: String, without inner: Set<String>, _ request: CatalogRequest) {
    let filter = PathFilter(include: [], exclude: [], without: inner)
    let walk = FolderWalk(of: path, prefix: prefix, filter: filter, readers: request.readers)
    (diagnostics, folders, sites) = (walk.diagnostics, walk.folders, walk.sites)
    for file in walk.files where hasExtension(file.relativePath, ["md"]) && file.skipped == walk.ofOtherFormat {
      let name = withoutExtension(file.relativePath)
      if lastPart(of: name).uppercased() == "README" { continue }
      let reading = NoteReading(of: file, limits: request.limits)
      diagnostics += reading.findings
      if let note = reading.note { notes[name] = note }
    }
  }
}

/// A folder that the user named, and what paths below it start with where they are published.
private struct GivenFolder {
  let path: String
  let prefix: String
  private let realPath: String

  init(_ path: String, prefix: String) {
    self.path = path
    self.prefix = prefix
    realPath = resolvedPath(path)
  }

  /// With a slash at its end; empty for the same folder, nil where it isn't below.
  func path(below other: GivenFolder) -> String? {
    if realPath == other.realPath { return "" }
    return relativePath(of: realPath, below: other.realPath).map { $0 + "/" }
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
