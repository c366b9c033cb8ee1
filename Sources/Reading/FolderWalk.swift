import Diagnostics
import DialectReading
import Documents
import Files
import Text

/// A file found by the walk.
struct FoundFile: Sendable {
  /// The path to open it by.
  var place: SystemPath
  /// The path as the user would write it.
  var path: String
  /// The path relative to the given path.
  var relativePath: String
  /// The path as it is published.
  var source: String
  /// Why it isn't opened; nil for a file that is read.
  var skipped: String?
  /// Whether it rarely holds rules, so that nothing is said about it unless it does.
  var isRare = false
  /// Whether it isn't read as a file of rules, but rules may need it.
  var mayAccompany = false

  /// The file as findings refer to it.
  func holding(_ bytes: [UInt8]?) -> SourceFile { SourceFile(path: path, source: source, bytes: bytes) }
}

/// Finds all files below a path, sorted by the bytes of their paths. Links are reported and never followed: their
/// target is either read at its own place or lies outside.
///
/// Hidden files and folders (`.git`) are ignored, and so is a site that Ruledex made, which holds copies of the rules.
struct FolderWalk {
  private let root: String
  /// The prefix of its files' sources.
  private let prefix: String
  private let rootRealPath: String
  private let filter: PathFilter
  private let readers: DialectReaders
  private(set) var files: [FoundFile] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// A note for each site found.
  private(set) var sites: [Diagnostic] = []
  /// The folders that were searched.
  private(set) var folders: [SystemPath] = []
  /// Markdown files by their paths without extension, whether they are included or not: a note belongs to its rule
  /// wherever the rule goes.
  private var markdown: [String: FoundFile] = [:]
  /// The places of all Markdown files: two names may differ only in the case of their extension.
  private var notePlaces: [SystemPath] = []

  init(of root: String, prefix: String, filter: PathFilter, readers: DialectReaders) {
    self.readers = readers
    self.root = root
    self.prefix = prefix
    self.filter = filter
    let place = SystemPath(root)
    rootRealPath = resolvedPath(root)
    do throws(FileError) {
      let kind = try FileStatus(of: place).kind
      if kind == .folder {
        walk(try Folder(at: place), place, display: root, relative: "")
      } else {
        let name = lastPart(of: root)
        // The user named it, so if it is a link it is followed.
        add(try realPath(of: place), display: root, relative: name, kind)
        meetNote(besideFile: root, name: name)
      }
    } catch {
      report(.fileUnreadable, root, lastPart(of: root), "\(error.reason); check the path")
    }
    markNotes()
    files.sort { inByteOrder($0.relativePath, $1.relativePath) }
  }

  /// - Parameter relative: the folder's path relative to the root; empty for the root itself.
  private mutating func walk(
    _ folder: borrowing Folder, _ place: SystemPath, display: String, relative: String
  ) {
    folders.append(place)
    if isSite(folder) {
      sites.append(
        Diagnostic(
          .siteFolder, at: location(display, relative.isEmpty ? lastPart(of: root) : relative),
          "the folder is a site that ruledex made, and isn't read; remove its \(FolderManifest.name.text) if it holds rules of "
            + "your own"))
      return
    }
    do throws(FileError) {
      // In the order of full paths, where a folder's name is followed by a slash.
      let entries = try folder.entries().filter { $0.name.bytes.first != UInt8(ascii: ".") }
        .map { entry in (entry: entry, order: entry.name.bytes + (entry.kind == .folder ? [UInt8(ascii: "/")] : [])) }
        .sorted { $0.order.lexicographicallyPrecedes($1.order) }
      for (entry, _) in entries {
        let text = entry.name.text
        let shown = display.hasSuffix("/") ? display + text : display + "/" + text
        meet(entry, in: folder, place.appending(entry.name), shown, relative.isEmpty ? text : relative + "/" + text)
      }
    } catch {
      report(
        .fileUnreadable, display, relative.isEmpty ? lastPart(of: root) : relative,
        "\(error.reason); allow reading it or exclude it")
    }
  }

  private mutating func meet(
    _ entry: Folder.Entry, in folder: borrowing Folder, _ place: SystemPath, _ display: String, _ relative: String
  ) {
    if filter.excludes(relative) { return }
    guard entry.kind != .folder else {
      do throws(FileError) {
        return walk(try folder.folder(entry.name), place, display: display, relative: relative)
      } catch {
        folders.append(place)
        return report(.fileUnreadable, display, relative, "\(error.reason); allow reading it or exclude it")
      }
    }
    if entry.kind == .file, hasExtension(relative, ["md"]) {
      markdown[withoutExtension(relative)] = found(place, display, relative)
      notePlaces.append(place)
    }
    if filter.includes(relative) { add(place, display: display, relative: relative, entry.kind) }
  }

  /// Whether a folder has a manifest that Ruledex wrote. Any other file of that name doesn't hide the folder.
  private func isSite(_ folder: borrowing Folder) -> Bool {
    let manifest = try? folder.contents(of: FolderManifest.name)
    return (manifest ?? nil).flatMap(FolderManifest.init(parsing:)) != nil
  }

  private mutating func add(_ place: SystemPath, display: String, relative: String, _ kind: FileStatus.Kind) {
    var file = found(place, display, relative)
    switch kind {
    case .link:
      file.skipped = "a link"
      reportLink(place, display, relative)
    case .other, .folder:
      file.skipped = "a pipe, a socket or a device"
      report(
        .fileNotRegular, display, relative, "a pipe, a socket or a device, and never opened; remove or exclude it")
    case .file:
      if readers.mayRarelyRead(relative) {
        file.isRare = true
      } else if !readers.mayRead(relative) {
        file.skipped = FolderWalk.ofOtherFormat(than: readers)
        file.mayAccompany = readers.mayAccompany(relative)
      }
    }
    files.append(file)
  }

  /// Adds everything that reading the files found depends on.
  func add(to digest: inout StatusDigest) {
    for folder in folders { digest.add(folder.text) }
    for diagnostic in diagnostics + sites { digest.add(diagnostic.description) }
    for file in files {
      digest.add(file.skipped ?? "")
      if file.skipped == nil || file.mayAccompany { digest.add(file.place) } else { digest.add(file.relativePath) }
    }
    for place in notePlaces.sorted(by: { inByteOrder($0.text, $1.text) }) { digest.add(place) }
  }

  // MARK: Notes

  /// The Markdown file that lies beside a file of rules and has its stem; nil for other files.
  func note(of file: FoundFile) -> FoundFile? {
    file.skipped == nil && !markdown.isEmpty ? markdown[withoutExtension(file.relativePath)] : nil
  }

  /// If a single file was given, its folder isn't walked.
  private mutating func meetNote(besideFile path: String, name: String) {
    guard let note = readers.noteFile(beside: path) else { return }
    let place = SystemPath(note)
    guard (try? FileStatus(of: place, followsLink: false))?.kind == .file else { return }
    markdown[withoutExtension(name)] = found(place, note, lastPart(of: note))
    notePlaces.append(place)
  }

  /// Why a file isn't opened when no reader has its extension.
  var ofOtherFormat: String { FolderWalk.ofOtherFormat(than: readers) }

  static func ofOtherFormat(than readers: DialectReaders) -> String { "not \(readers.formats)" }

  /// Tells notes apart from other files that aren't read.
  private mutating func markNotes() {
    guard !markdown.isEmpty else { return }
    let stems = Set(files.lazy.filter { $0.skipped == nil && !$0.isRare }.map { withoutExtension($0.relativePath) })
    for index in files.indices where files[index].skipped != nil {
      let stem = withoutExtension(files[index].relativePath)
      if stems.contains(stem), markdown[stem]?.relativePath == files[index].relativePath {
        files[index].skipped = "of notes"
      }
    }
  }

  // MARK: Faults

  /// Reports where a link leads, unless it leads to something that is read anyway.
  private mutating func reportLink(_ place: SystemPath, _ display: String, _ relative: String) {
    guard let target = try? realPath(of: place).text else {
      report(.linkDangling, display, relative, "the link leads nowhere; remove it or restore its target")
      return
    }
    if target == rootRealPath || relativePath(of: rootRealPath, below: target) != nil {
      report(
        .folderCycle, display, relative, "the link leads back to a folder that it is in, and is not followed; remove it"
      )
    } else if relativePath(of: target, below: rootRealPath) == nil {
      report(
        .linkOutside, display, relative,
        "the link leads out of the given folder and is not followed; give its target as a path of its own")
    }
  }

  private mutating func report(_ id: CheckID, _ display: String, _ relative: String, _ message: String) {
    diagnostics.append(Diagnostic(id, at: location(display, relative), message))
  }

  private func location(_ display: String, _ relative: String) -> SourceLocation {
    SourceLocation(SourceFile(path: display, source: prefix + relative))
  }

  private func found(_ place: SystemPath, _ display: String, _ relative: String) -> FoundFile {
    FoundFile(place: place, path: display, relativePath: relative, source: prefix + relative)
  }
}

/// A path with its links resolved; unchanged if it leads nowhere.
func resolvedPath(_ path: String) -> String { (try? realPath(of: SystemPath(path)).text) ?? path }

/// A path relative to a folder that contains it; nil if the folder doesn't contain it or is the same.
///
/// - Parameters: paths without links.
func relativePath(of path: String, below folder: String) -> String? {
  let start = folder.hasSuffix("/") ? folder : folder + "/"
  guard path.utf8.starts(with: start.utf8) else { return nil }
  let rest = path.utf8.dropFirst(start.utf8.count)
  return rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
}

/// Which paths are included, by the globs of the configuration.
struct PathFilter: Sendable {
  var include: [Glob]
  var exclude: [Glob]
  /// Exact paths that are excluded as well.
  var without: Set<String> = []

  func excludes(_ path: String) -> Bool { without.contains(path) || exclude.contains { $0.matches(path) } }
  func includes(_ path: String) -> Bool { include.isEmpty || include.contains { $0.matches(path) } }
}

/// Reads a file, which must be regular and within the limit.
///
/// - Parameter limit: in bytes.
/// - Throws: why it can't be read, as a fault of the whole file.
func contents(of file: FoundFile, limit: Int) throws(DocumentError) -> FileContents {
  do throws(RegularFileError) {
    return try contents(ofRegularFile: file.place, limit: limit)
  } catch {
    let (id, message): (CheckID, String) =
      switch error {
      case .system(let error): (.fileUnreadable, "\(error.reason); allow reading it or exclude it")
      case .notRegular: (.fileUnreadable, "it is no longer a regular file; check what replaced it")
      case .tooLarge(let size):
        (
          .fileTooLarge,
          "the file has \(size) bytes, more than the \(limit) that are read; split it or exclude it"
        )
      case .growing: (.fileUnreadable, "the file grows while it is read; try again")
      }
    throw DocumentError(id, at: nil, message)
  }
}
