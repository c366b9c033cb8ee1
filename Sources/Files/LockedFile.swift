import Glibc

/// An open file that others who ask for it find locked (flock(2)), in all processes and containers that share the file system, until
/// the value or the process ends, however that ends.
package struct LockedFile: ~Copyable, Sendable {
  private let descriptor: Descriptor

  private init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

  /// Makes and locks a file that isn't there yet. Whoever has opened it meanwhile to look at it is waited for.
  ///
  /// - Throws: what ``FileError/isUnsupported`` where the file system has no locks.
  package static func created(_ name: FileName, in folder: borrowing Folder) throws(FileError) -> LockedFile {
    let file = try folder.open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
    _ = try checked { flock(file.number, LOCK_EX) }
    return LockedFile(file)
  }

  /// Opens and locks a regular file, without waiting.
  ///
  /// - Returns: nil where nothing has the name, something else has, or another holds the lock.
  /// - Throws: as above.
  package static func taken(_ name: FileName, in folder: borrowing Folder) throws(FileError) -> LockedFile? {
    do throws(FileError) {
      let file = try open(name, in: folder)
      guard try status(of: file.number).kind == .file else { return nil }
      _ = try checked { flock(file.number, LOCK_EX | LOCK_NB) }
      return LockedFile(file)
    } catch  where [.missing, .isLink, .isFolder, .isSocket, .wouldBlock].contains(error) {
      return nil
    }
  }

  /// File systems of networks lock only what may be written.
  private static func open(_ name: FileName, in folder: borrowing Folder) throws(FileError) -> Descriptor {
    do throws(FileError) {
      return try folder.open(name, O_RDWR | O_NONBLOCK)
    } catch  where [EACCES, EPERM, EROFS].contains(error.code) {
      return try folder.open(name, O_RDONLY | O_NONBLOCK)
    }
  }

  package func contents() throws(FileError) -> [UInt8] { try descriptor.readAll() }

  /// Writes at its end.
  package func write(_ bytes: [UInt8]) throws(FileError) { try descriptor.writeAll(bytes) }

  package func isEmpty() throws(FileError) -> Bool { try status(of: descriptor.number).size == 0 }

  package func clear() throws(FileError) { _ = try checked { ftruncate(descriptor.number, 0) } }
}
