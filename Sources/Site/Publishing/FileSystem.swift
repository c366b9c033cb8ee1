import CRename
import Diagnostics
import Glibc

/// The few calls on the disk that publishing needs. Each throws what the system said, with the path.
enum FileSystem {
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Tells a folder or file from another one that took its name.
  struct Identity: Hashable {
    var device: UInt
    var number: UInt
  }

  /// nil where there is nothing.
  static func identity(of path: String) -> Identity? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Identity(device: UInt(status.st_dev), number: UInt(status.st_ino))
  }

  /// The path without links; the path itself where it doesn't exist yet.
  static func resolved(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  static func makeFolders(_ path: String) throws(PublishError) {
    if mkdir(path, 0o777) == 0 || (errno == EEXIST && isFolder(path)) { return }
    guard errno == ENOENT, let slash = lastSlash(path), slash != path.startIndex else { throw failure(path) }
    try makeFolders(String(path[..<slash]))
    if mkdir(path, 0o777) != 0 && errno != EEXIST { throw failure(path) }
  }

  /// Writes a file that doesn't exist yet, and the folders above it.
  static func write(_ bytes: [UInt8], to path: String) throws(PublishError) {
    let descriptor = try create(path)
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        buffer.baseAddress.map { Glibc.write(descriptor, $0 + written, bytes.count - written) } ?? 0
      }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { throw failure(path) }
      written += count
    }
  }

  private static func create(_ path: String) throws(PublishError) -> Int32 {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    var descriptor = open(path, flags, 0o666)
    if descriptor < 0, errno == ENOENT {
      try makeParent(of: path)
      descriptor = open(path, flags, 0o666)
    }
    guard descriptor >= 0 else { throw failure(path) }
    return descriptor
  }

  /// Whether a regular file holds just these bytes.
  static func holds(_ bytes: [UInt8], at path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size == bytes.count else {
      return false
    }
    return withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      bytes.withUnsafeBytes { bytes in
        var rest = bytes
        while let expected = rest.baseAddress, !rest.isEmpty {
          let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
          // Whole runs at once: byte by byte, comparing was a good part of a build that changes nothing.
          guard count > 0, count <= rest.count, let found = buffer.baseAddress, memcmp(found, expected, count) == 0
          else { return false }
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        return true
      }
    }
  }

  /// The bytes of a file; nil where there is none that can be read.
  static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while true {
      let chunk = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        count = max(0, Glibc.read(descriptor, buffer.baseAddress, 1 << 16))
      }
      if chunk.isEmpty { return bytes }
      bytes += chunk
    }
  }

  /// Gives a file a second name; false where the file system knows no such thing.
  static func link(_ path: String, as new: String) throws(PublishError) -> Bool {
    if linkat(AT_FDCWD, path, AT_FDCWD, new, 0) == 0 { return true }
    if errno == ENOENT {
      try makeParent(of: new)
      if linkat(AT_FDCWD, path, AT_FDCWD, new, 0) == 0 { return true }
    }
    return false
  }

  /// Moves a folder to a name that is free; false where it isn't, because a folder with something in it has it.
  static func move(_ path: String, to new: String) throws(PublishError) -> Bool {
    if rename(path, new) == 0 { return true }
    if errno == ENOTEMPTY || errno == EEXIST { return false }
    throw failure(new)
  }

  /// Lets two names change places in one step; false where the file system can't.
  static func exchange(_ path: String, _ other: String) throws(PublishError) -> Bool {
    if ruledex_exchange(path, other) == 0 { return true }
    if errno == EINVAL || errno == ENOSYS { return false }
    throw failure(other)
  }

  /// All below a folder but folders: relative paths, sorted; links and other things count as they are.
  static func files(below folder: String) -> [String] {
    var found: [String] = []
    walk(folder, relative: "", into: &found)
    return found.sorted(by: inByteOrder)
  }

  private static func walk(_ folder: String, relative: String, into found: inout [String]) {
    for name in names(in: folder) {
      let path = folder + "/" + name
      let below = relative.isEmpty ? name : relative + "/" + name
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR { walk(path, relative: below, into: &found) } else { found.append(below) }
    }
  }

  /// What a folder holds, without `.` and `..`, in no order.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  static func removeFile(_ path: String) { unlink(path) }

  /// Removes a folder and the folders in it, as far as no files are left in them.
  static func removeEmptyFolders(_ folder: String) {
    for name in names(in: folder) where !isLink(folder + "/" + name) && isFolder(folder + "/" + name) {
      removeEmptyFolders(folder + "/" + name)
    }
    rmdir(folder)
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// By bytes: a slash and an accent that follows it are one character.
  static func lastSlash(_ path: String) -> String.Index? { path.utf8.lastIndex(of: UInt8(ascii: "/")) }

  static func makeParent(of path: String) throws(PublishError) {
    if let slash = lastSlash(path), slash != path.startIndex { try makeFolders(String(path[..<slash])) }
  }

  private static func failure(_ path: String) -> PublishError {
    PublishError(
      path: path, message: "\(String(cString: strerror(errno)).lowercased()); check the folder and its permissions")
  }
}
