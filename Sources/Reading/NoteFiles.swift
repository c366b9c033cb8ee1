package import Diagnostics
import DialectReading
import Documents
package import Files
import Markdown
package import RuleModel
import Text

/// What was read from a Markdown file.
struct NoteReading: Hashable, Sendable {
  /// nil if it couldn't be read.
  private var body: [UInt8]?
  /// nil if there is nothing to show.
  private(set) var note: Note?
  private(set) var findings: [Diagnostic]

  /// - Parameters:
  ///   - kept: the previous reading, which is reused if the file hasn't changed.
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

/// A folder of notes, each named after its subject.
package struct NoteFolder: Hashable, Sendable {
  /// By path in the folder, without the extension.
  package var notes: [String: Note] = [:]
  package var diagnostics: [Diagnostic] = []
  /// The folders that were searched.
  package var folders: [SystemPath] = []
  /// See ``RuleCollection/sites``.
  package var sites: [Diagnostic] = []

  /// Reads folders of notes, which may be nested in each other or lie among rules.
  ///
  /// A file belongs to the innermost folder that contains it, and to none if an inner folder is one of rules. It is
  /// published under its path below the outermost folder of rules or notes, whatever their order.
  ///
  /// - Parameter paths: as the user gave them.
  /// - Returns: a folder for each path.
  package static func reading(_ paths: [String], beside request: CatalogRequest) -> [NoteFolder] {
    let given = paths.map { GivenFolder($0, prefix: lastPart(of: $0) + "/") }
    let all = request.roots.map { GivenFolder($0.path, prefix: request.prefix(of: $0)) } + given
    return given.map { folder in
      let outer = all.compactMap { other in folder.path(below: other).map { (other.prefix + $0, $0.utf8.count) } }
      // The list includes the folder itself.
      let prefix = outer.max { $0.1 < $1.1 }!.0
      let inner = Set(all.compactMap { $0.path(below: folder)?.dropLast() }.map(String.init))
      return NoteFolder(reading: folder.path, prefix: prefix, without: inner, request)
    }
  }

  /// Reads the Markdown files below a folder; a README isn't a note.
  ///
  /// - Parameter inner: the folders below it that are read separately.
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

/// A folder that the user named, and the prefix under which paths below it are published.
private struct GivenFolder {
  let path: String
  let prefix: String
  private let realPath: String

  init(_ path: String, prefix: String) {
    self.path = path
    self.prefix = prefix
    realPath = resolvedPath(path)
  }

  /// With a trailing slash; empty for the same folder, nil if it isn't below.
  func path(below other: GivenFolder) -> String? {
    if realPath == other.realPath { return "" }
    return relativePath(of: realPath, below: other.realPath).map { $0 + "/" }
  }
}

extension RuleCollection {
  /// Adds what was found in a folder of notes.
  package mutating func add(_ folder: NoteFolder) {
    diagnostics += folder.diagnostics
    folders += folder.folders
    sites += folder.sites
  }
}
