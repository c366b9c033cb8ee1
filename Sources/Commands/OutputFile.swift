import Diagnostics
import Files
import Glibc

/// A file that a command writes where the user says.
enum OutputFile {
  /// Writes beside the file and renames, so that the old file is there or the whole new one. A link is replaced, not followed; what
  /// isn't a file, such as `/dev/stdout`, is written to.
  static func write(_ bytes: [UInt8], to path: String) throws(InputError) {
    guard isDevice(path) else { return try write(bytes, to: path, like: nil) }
    do throws(FileError) {
      try writeAll(bytes, toDevice: path)
    } catch {
      throw failure(path, error)
    }
  }

  /// Pipes and devices, and what links in `/dev` lead to, such as that of standard output, whatever that is. Other links may have
  /// been written by somebody else than who named the file.
  private static func isDevice(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    switch status.st_mode & S_IFMT {
    case S_IFREG, S_IFDIR: return false
    case S_IFLNK: return path.hasPrefix("/dev/")
    default: return true
    }
  }

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
    // Not the process's number: another container may have the same one and the same folder.
    let draft = "\(path).\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).part"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, status.map { $0.st_mode & 0o777 } ?? 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    do throws(InputError) {
      var isOpen = true
      defer { if isOpen { close(descriptor) } }
      do throws(FileError) { try writeAll(bytes, to: descriptor) } catch { throw failure(path, error) }
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

  private static func failure(_ path: String, _ error: FileError = FileError(code: errno)) -> InputError {
    InputError(.output, at: path, "\(error.reason); check the folder and its permissions")
  }
}
