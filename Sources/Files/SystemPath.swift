import Glibc

/// A path as the system takes it, relative to the working folder or absolute: bytes, since names needn't be text.
///
/// One that contains a zero byte leads to nothing.
package struct SystemPath: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  package init(_ text: String) { bytes = Array(text.utf8) }

  /// As it is shown; what isn't UTF-8 is replaced.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The path of what has a name in this folder.
  package func appending(_ name: FileName) -> SystemPath {
    let slash = UInt8(ascii: "/")
    return SystemPath(bytes + (bytes.last == slash ? [] : [slash]) + name.bytes)
  }

  /// The folder and the name of what has the path, where it is absolute and without relative parts; nil for the root itself.
  package var parts: (folder: SystemPath, name: FileName)? {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")), let name = FileName(bytes[(slash + 1)...]) else {
      return nil
    }
    return (SystemPath(slash == 0 ? bytes[...0] : bytes[..<slash]), name)
  }

  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    // The system would take the part before a zero byte for the whole.
    Files.withCString(bytes.contains(0) ? [] : bytes[...], body)
  }
}

// MARK: What has a path

/// Whether something has the path. What can't be looked at counts as being there, so that opening it says why.
package func exists(_ path: String) -> Bool {
  do throws(FileError) {
    _ = try FileStatus(of: SystemPath(path))
    return true
  } catch {
    return ![.missing, .notFolder].contains(error)
  }
}

/// Whether the path leads to a folder, over links too.
package func isFolder(_ path: String) -> Bool { (try? FileStatus(of: SystemPath(path)))?.kind == .folder }

/// The path without links and relative parts, absolute.
package func realPath(of path: SystemPath) throws(FileError) -> SystemPath {
  guard let resolved = path.withCString({ realpath($0, nil) }) else { throw FileError(code: errno) }
  defer { free(resolved) }
  return SystemPath(UnsafeBufferPointer(start: resolved, count: strlen(resolved)).map(UInt8.init(bitPattern:)))
}

/// The folder in which the program was started; nil where it no longer has a path.
package func workingFolder() -> SystemPath? {
  guard let path = getcwd(nil, 0) else { return nil }
  defer { free(path) }
  return SystemPath(UnsafeBufferPointer(start: path, count: strlen(path)).map(UInt8.init(bitPattern:)))
}

// MARK: Making, moving and removing

/// Moves a file over another one, or to where nothing is.
package func move(_ path: SystemPath, to place: SystemPath) throws(FileError) {
  _ = try checked { path.withCString { old in place.withCString { rename(old, $0) } } }
}

/// Makes a folder that isn't there yet; the one above it is.
package func makeFolder(_ path: SystemPath, permissions: UInt32 = 0o777) throws(FileError) {
  _ = try checked { path.withCString { mkdir($0, permissions) } }
}

/// Makes a folder and those above it, where they aren't there; a path may lead over links.
package func makeFolders(_ path: SystemPath) throws(FileError) {
  do throws(FileError) {
    try makeFolder(path)
  } catch .missing {
    var above = path.bytes
    while above.last == UInt8(ascii: "/") { above.removeLast() }
    guard let slash = above.lastIndex(of: UInt8(ascii: "/")), slash > 0 else { throw .missing }
    try makeFolders(SystemPath(above[..<slash]))
    try makeFolder(path)
  } catch  where error == .exists || error == .isFolder {
    guard try FileStatus(of: path).kind == .folder else { throw .notFolder }
  }
}

/// Removes what isn't a folder.
package func removeFile(_ path: SystemPath) throws(FileError) { _ = try checked { path.withCString { unlink($0) } } }

/// Removes a folder with all that it holds.
package func removeTree(_ path: SystemPath) throws(FileError) {
  guard let (folder, name) = try realPath(of: path).parts else { throw .busy }
  let parent = try Folder(resolved: folder)
  try parent.folder(name).removeAll()
  try parent.removeFolder(name)
}
