import Diagnostics
import Files
import Glibc

/// A file that was met on the walk.
struct FoundFile: Sendable {
  /// Where it can be opened, as bytes: file names needn't be UTF-8.
  var osPath: [CChar]
  /// As the user would open it.
  var path: String
  /// Below the given path.
  var relativePath: String
  /// Why it isn't opened; nil for what is read.
  var skipped: String?
}

/// Finds all files below a path, sorted by the bytes of their paths. Links are told and never followed: what they lead to is
/// read at its own place, or lies outside.
///
/// Hidden files and folders (`.git`) aren't met at all, nor is a site that we made, which holds copies of the rules.
struct FolderWalk {
  private let root: String
  private let rootRealPath: String
  private let filter: PathFilter
  private(set) var files: [FoundFile] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// A note for each site that was met.
  private(set) var sites: [Diagnostic] = []
  /// The folders that were looked into, as the system names them.
  private(set) var folders: [[CChar]] = []
  /// Markdown files by their paths without extension, whether they are included or not: a note goes where its rule goes.
  private var markdown: [String: FoundFile] = [:]

  init(of root: String, filter: PathFilter) {
    self.root = root
    self.filter = filter
    rootRealPath = realPath(root) ?? root
    var status = stat()
    guard stat(root, &status) == 0 else {
      report(.fileUnreadable, root, "\(reason(errno)); check the path")
      return
    }
    if isFolder(status.st_mode) {
      walk(Array(root.utf8CString.dropLast()), display: root, relative: "")
    } else {
      let name = lastPart(of: root)
      add(Array(root.utf8CString.dropLast()), display: root, relative: name, mode: status.st_mode)
      meetNote(besideFile: root, name: name)
    }
    tellNotes()
    files.sort { inByteOrder($0.relativePath, $1.relativePath) }
  }

  private mutating func walk(_ folder: [CChar], display: String, relative: String) {
    folders.append(folder + [0])
    if isSite(folder) {
      sites.append(
        Diagnostic(
          .siteFolder, at: SourceLocation(path: display),
          "the folder is a site that ruledex made, and isn't read; remove its \(FolderManifest.name.text) if it holds rules of "
            + "your own"))
      return
    }
    guard let stream = opendir(folder + [0]) else {
      report(.fileUnreadable, display, "\(reason(errno)); allow reading it or exclude it")
      return
    }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          Array(UnsafeBufferPointer(start: $0, count: strlen($0)))
        }
      }
      // The hidden ones, `.` and `..` among them.
      if name.first == CChar(UInt8(ascii: ".")) { continue }
      let text = String(decoding: name.map(UInt8.init(bitPattern:)), as: UTF8.self)
      let separator = folder.last == CChar(UInt8(ascii: "/")) ? [] : [CChar(UInt8(ascii: "/"))]
      let osPath = folder + separator + name
      let shown = display.hasSuffix("/") ? display + text : display + "/" + text
      let below = relative.isEmpty ? text : relative + "/" + text
      if filter.excludes(below) { continue }
      guard let mode = mode(of: osPath, type: entry.pointee.d_type) else {
        report(.fileUnreadable, shown, "\(reason(errno)); allow reading it or exclude it")
        continue
      }
      if isFolder(mode) {
        walk(osPath, display: shown, relative: below)
        continue
      }
      if isRegular(mode), hasExtension(below, ["md"]) {
        markdown[withoutExtension(below)] = FoundFile(osPath: osPath + [0], path: shown, relativePath: below)
      }
      if filter.includes(below) {
        add(osPath, display: shown, relative: below, mode: mode)
      }
    }
  }

  /// Whether a folder has a manifest of ours. Any other file of that name hides nothing.
  private func isSite(_ folder: [CChar]) -> Bool {
    let manifest = try? contents(ofFile: folder + Array("/\(FolderManifest.name.text)".utf8CString))
    return (manifest ?? nil).flatMap(FolderManifest.init(parsing:)) != nil
  }

  private mutating func add(_ osPath: [CChar], display: String, relative: String, mode: mode_t) {
    var file = FoundFile(osPath: osPath + [0], path: display, relativePath: relative)
    if isLink(mode) {
      file.skipped = "a link"
      tellLink(osPath, display)
    } else if !isRegular(mode) {
      file.skipped = "a pipe, a socket or a device"
      report(.fileNotRegular, display, "a pipe, a socket or a device, and never opened; remove or exclude it")
    } else if !hasExtension(relative, ["yml", "yaml"]) {
      file.skipped = "not YAML"
    }
    files.append(file)
  }

  // MARK: Notes

  /// The Markdown file beside a file of rules that has its stem; nil for other files.
  func note(of file: FoundFile) -> FoundFile? {
    file.skipped == nil ? markdown[withoutExtension(file.relativePath)] : nil
  }

  /// Of a single file that was given the folder isn't walked.
  private mutating func meetNote(besideFile path: String, name: String) {
    guard let note = noteFile(beside: path) else { return }
    var status = stat()
    guard lstat(note, &status) == 0, isRegular(status.st_mode) else { return }
    markdown[withoutExtension(name)] = FoundFile(
      osPath: Array(note.utf8CString), path: note, relativePath: lastPart(of: note))
  }

  /// Tells notes from other files that aren't YAML.
  private mutating func tellNotes() {
    guard !markdown.isEmpty else { return }
    let stems = Set(files.lazy.filter { $0.skipped == nil }.map { withoutExtension($0.relativePath) })
    for index in files.indices where files[index].skipped != nil {
      let stem = withoutExtension(files[index].relativePath)
      if stems.contains(stem), markdown[stem]?.relativePath == files[index].relativePath {
        files[index].skipped = "of notes"
      }
    }
  }

  // MARK: Faults

  /// Says where a link leads, but not of one to what is read anyway.
  private mutating func tellLink(_ osPath: [CChar], _ display: String) {
    guard let target = realPath(String(decoding: osPath.map(UInt8.init(bitPattern:)), as: UTF8.self)) else {
      report(.linkDangling, display, "the link leads nowhere; remove it or restore its target")
      return
    }
    if target == rootRealPath || rootRealPath.hasPrefix(target + "/") {
      report(.folderCycle, display, "the link leads back to a folder that it lies in, and is not followed; remove it")
    } else if !target.hasPrefix(rootRealPath + "/") {
      report(
        .linkOutside, display,
        "the link leads out of the given folder and is not followed; give its target as a path of its own")
    }
  }

  private mutating func report(_ id: DiagnosticID, _ path: String, _ message: String) {
    diagnostics.append(Diagnostic(id, at: SourceLocation(path: path), message))
  }

  /// The kind of a directory's entry, which some file systems don't tell by themselves.
  private func mode(of path: [CChar], type: UInt8) -> mode_t? {
    switch Int(type) {
    case DT_REG: return S_IFREG
    case DT_DIR: return S_IFDIR
    case DT_LNK: return S_IFLNK
    default:
      var status = stat()
      return lstat(path + [0], &status) == 0 ? status.st_mode : nil
    }
  }
}

/// Which paths count, by the globs of the configuration.
struct PathFilter: Sendable {
  var include: [Glob]
  var exclude: [Glob]

  func excludes(_ path: String) -> Bool { exclude.contains { $0.matches(path) } }
  func includes(_ path: String) -> Bool { include.isEmpty || include.contains { $0.matches(path) } }
}

private func isFolder(_ mode: mode_t) -> Bool { mode & S_IFMT == S_IFDIR }
private func isLink(_ mode: mode_t) -> Bool { mode & S_IFMT == S_IFLNK }
private func isRegular(_ mode: mode_t) -> Bool { mode & S_IFMT == S_IFREG }

/// A path's last part. Paths are split by bytes: a slash and an accent that follows it are one character.
func lastPart(of path: String) -> String {
  path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? path
}

func hasExtension(_ path: String, _ extensions: [String]) -> Bool {
  let bytes = path.utf8
  guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")), !bytes[dot...].contains(UInt8(ascii: "/")) else {
    return false
  }
  return extensions.contains(path[bytes.index(after: dot)...].lowercased())
}

/// Where the notes on a file of rules stand: beside it, under its stem; nil for another file.
///
/// - Parameter path: of a file, whether it is there or not.
package func noteFile(beside path: String) -> String? {
  hasExtension(path, ["yml", "yaml"]) ? withoutExtension(path) + ".md" : nil
}

/// A path without its last part's extension.
func withoutExtension(_ path: String) -> String {
  let name = lastPart(of: path)
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return path }
  return String(decoding: path.utf8.dropLast(name[dot...].utf8.count), as: UTF8.self)
}

/// Without links, absolute; nil where it doesn't exist.
func realPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}

/// What the system says of an error: `No such file or directory`, in the middle of a sentence.
func reason(_ code: Int32) -> String {
  let text = String(cString: strerror(code))
  return text.prefix(1).lowercased() + text.dropFirst()
}
