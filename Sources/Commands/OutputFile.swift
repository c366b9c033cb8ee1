import Diagnostics
import Glibc

/// A file that a command writes where the user says.
enum OutputFile {
  /// Writes beside the file and renames, so that what stands there is the old file or the whole new one.
  static func write(_ bytes: [UInt8], to path: String) throws(InputError) { try write(bytes, to: path, like: nil) }

  /// Writes a file anew that the user wrote, with its permissions and, where we may, its owner; a link isn't followed.
  ///
  /// - Parameter known: what it is taken to hold. Where it holds anything else by now, it is left alone.
  /// - Throws: also where it changed.
  static func replace(_ path: String, holding known: [UInt8], with bytes: [UInt8]) throws(InputError) {
    let status = try status(of: path, holding: known)
    try write(bytes, to: path, like: status) { () throws(InputError) in
      // Once more, so that what was saved meanwhile isn't lost.
      let now = try self.status(of: path, holding: known)
      guard now.st_ino == status.st_ino, now.st_dev == status.st_dev else { throw changed(path) }
    }
  }

  private static func write(
    _ bytes: [UInt8], to path: String, like status: stat?,
    check: () throws(InputError) -> Void = { () throws(InputError) in }
  ) throws(InputError) {
    let draft = "\(path).\(getpid()).part"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, status.map { $0.st_mode & 0o777 } ?? 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    do throws(InputError) {
      var isOpen = true
      defer { if isOpen { close(descriptor) } }
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw failure(path) }
        rest = rest.dropFirst(count)
      }
      if let status {
        // Only a superuser may give a file away, and needs to; changing the owner takes bits from the mode.
        _ = fchown(descriptor, status.st_uid, status.st_gid)
        guard fchmod(descriptor, status.st_mode & 0o7777) == 0, fsync(descriptor) == 0 else { throw failure(path) }
      }
      isOpen = false
      guard close(descriptor) == 0 else { throw failure(path) }
      try check()
      guard rename(draft, path) == 0 else { throw failure(path) }
    } catch {
      unlink(draft)
      throw error
    }
  }

  /// - Throws: where it is no regular file that holds just these bytes.
  private static func status(of path: String, holding known: [UInt8]) throws(InputError) -> stat {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size == known.count else {
      throw changed(path)
    }
    // One byte more than is known tells a file that grew.
    let size = known.count + 1
    let content = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
        if got < 0 && errno == EINTR { continue }
        if got <= 0 { return }
        count += got
      }
    }
    guard content == known else { throw changed(path) }
    return status
  }

  private static func changed(_ path: String) -> InputError {
    InputError(.output, at: path, "the file changed since it was read, and is left alone; try again")
  }

  private static func failure(_ path: String) -> InputError {
    InputError(
      .output, at: path, "\(String(cString: strerror(errno)).lowercased()); check the folder and its permissions")
  }
}
