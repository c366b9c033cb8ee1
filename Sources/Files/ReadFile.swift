import Glibc

/// The bytes of a file that a path leads to, over links too; of a pipe, all that comes.
package func contents(of path: SystemPath) throws(FileError) -> [UInt8] {
  try Descriptor { path.withCString { open($0, O_RDONLY | O_CLOEXEC) } }.readAll()
}

/// What a regular file holds, and by what it is recognised when it is read again.
package struct FileContents: Sendable {
  package var bytes: [UInt8]
  /// nil where it can't be recognised: see ``FileIdentity/init(settled:)``.
  package var identity: FileIdentity?
}

/// Why the bytes of a regular file can't be had.
package enum RegularFileError: Error, Hashable, Sendable {
  case system(FileError)
  /// A link, a folder, a pipe, a socket or a device has the path.
  case notRegular
  /// - Parameter size: in bytes.
  case tooLarge(size: Int)
  /// Something is written to it while it is read.
  case growing
}

/// Reads a regular file, without following a link at the path's end and without waiting for a pipe.
///
/// - Parameter limit: in bytes.
package func contents(ofRegularFile path: SystemPath, limit: Int) throws(RegularFileError) -> FileContents {
  try contents(limit: limit) { () throws(FileError) in
    try Descriptor { path.withCString { open($0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) } }
  }
}

extension Folder {
  /// Reads a regular file in the folder or below it, without following a link on the way and without waiting for a pipe.
  ///
  /// - Parameter limit: in bytes.
  package func contents(ofRegularFile path: RelativePath, limit: Int) throws(RegularFileError) -> FileContents {
    try Files.contents(limit: limit) { () throws(FileError) in try open(path, O_RDONLY | O_NONBLOCK) }
  }
}

private func contents(
  limit: Int, of open: () throws(FileError) -> Descriptor
) throws(RegularFileError) -> FileContents {
  let read: (bytes: [UInt8], status: FileStatus, identity: FileIdentity?)
  do throws(FileError) {
    let file = try open()
    let status = try status(of: file.number)
    // Before reading, so that a change meanwhile gives another identity.
    let identity = FileIdentity(settled: status)
    let isWanted = status.kind == .file && status.size <= limit
    // One byte more tells a file that grows from one that ends here.
    read = (isWanted ? try file.read(upTo: status.size + 1) : [], status, identity)
  } catch {
    throw error == .isLink || error == .isSocket ? .notRegular : .system(error)
  }
  guard read.status.kind == .file else { throw .notRegular }
  guard read.status.size <= limit else { throw .tooLarge(size: read.status.size) }
  guard read.bytes.count <= read.status.size else { throw .growing }
  return FileContents(bytes: read.bytes, identity: read.identity)
}
