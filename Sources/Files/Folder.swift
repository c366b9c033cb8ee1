internal import CFiles
import Glibc

/// An open folder. What is done in it is done by names, never by a path from elsewhere: nothing that takes a folder's place
/// meanwhile is met, and no link is followed.
package struct Folder: ~Copyable, Sendable {
  /// What a folder holds.
  package struct Entry: Sendable {
    package var name: FileName
    package var kind: FileStatus.Kind
  }

  let descriptor: Descriptor

  private init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

  /// Opens the folder of an absolute path without links (``realPath(of:)``), to look up names in it.
  ///
  /// - Throws: also where a link has taken the place of one of its parts.
  package init(resolved path: SystemPath) throws(FileError) {
    var current = try Descriptor { ruledex_open_for_lookup(AT_FDCWD, "/") }
    for name in path.bytes.split(separator: UInt8(ascii: "/")) {
      let next = try Descriptor { withCString(name) { ruledex_open_for_lookup(current.number, $0) } }
      current = next
    }
    descriptor = current
  }

  /// Opens the folder that a path leads to, over links too.
  package init(at path: SystemPath) throws(FileError) {
    descriptor = try Descriptor { path.withCString { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) } }
  }

  // MARK: Folders in it

  package func folder(_ name: FileName) throws(FileError) -> Folder {
    Folder(try open(name, O_RDONLY | O_DIRECTORY))
  }

  /// - Throws: ``FileError/notFolder`` or ``FileError/isLink`` where a part of the path is something else.
  package func folder(_ path: RelativePath?) throws(FileError) -> Folder {
    guard let path else { return Folder(try open(".", O_RDONLY | O_DIRECTORY)) }
    return Folder(try open(path, O_RDONLY | O_DIRECTORY))
  }

  /// - Throws: ``FileError/exists`` where something has the name.
  package func makeFolder(_ name: FileName, permissions: UInt32 = 0o777) throws(FileError) {
    _ = try checked { name.withCString { mkdirat(descriptor.number, $0, permissions) } }
  }

  /// Opens a folder, and makes it and those above it where they aren't there.
  package func madeFolder(_ path: RelativePath?) throws(FileError) -> Folder {
    do throws(FileError) {
      return try folder(path)
    } catch .missing {
      guard let path else { throw .missing }
      let above = try madeFolder(path.folder)
      do throws(FileError) { try above.makeFolder(path.name) } catch .exists {}
      return try above.folder(path.name)
    }
  }

  /// All that it holds, in no order.
  package func entries() throws(FileError) -> [Entry] {
    // A descriptor of its own, since the stream takes it over and moves its place.
    let number = try checked { openat(descriptor.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard let stream = fdopendir(number) else {
      let error = FileError(code: errno)
      close(number)
      throw error
    }
    defer { closedir(stream) }
    var entries: [Entry] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw FileError(code: errno) }
        return entries
      }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 })[...] }
      // `.` and `..` aren't valid.
      guard FileName.isValid(name) else { continue }
      if let entry = try self.entry(FileName(valid: name), type: Int(entry.pointee.d_type)) { entries.append(entry) }
    }
  }

  /// - Parameter type: some file systems don't tell it.
  private func entry(_ name: FileName, type: Int) throws(FileError) -> Entry? {
    switch type {
    case DT_REG: return Entry(name: name, kind: .file)
    case DT_DIR: return Entry(name: name, kind: .folder)
    case DT_LNK: return Entry(name: name, kind: .link)
    case DT_UNKNOWN: return try status(of: name).map { Entry(name: name, kind: $0.kind) }
    default: return Entry(name: name, kind: .other)
    }
  }

  // MARK: What the system knows

  package func status() throws(FileError) -> FileStatus { try Files.status(of: descriptor.number) }

  /// nil where there is nothing; of a link, its own.
  package func status(of name: FileName) throws(FileError) -> FileStatus? {
    var status = stat()
    do throws(FileError) {
      _ = try checked { name.withCString { fstatat(descriptor.number, $0, &status, AT_SYMLINK_NOFOLLOW) } }
      return FileStatus(status)
    } catch .missing {
      return nil
    }
  }

  /// nil where nothing has the path, or a part of it is no folder.
  package func status(of path: RelativePath) throws(FileError) -> FileStatus? {
    do throws(FileError) {
      return try folder(path.folder).status(of: path.name)
    } catch  where [.missing, .notFolder, .isLink].contains(error) {
      return nil
    }
  }

  /// The same in one call, without a look at whether a link is on the way; nil also where that can't be said.
  func statusAsFound(_ path: RelativePath) -> FileStatus? {
    var status = stat()
    let result = withCString(path.bytes[...]) { fstatat(descriptor.number, $0, &status, AT_SYMLINK_NOFOLLOW) }
    return result == 0 ? FileStatus(status) : nil
  }

  /// Whether a file system is mounted on it; not where the system can't tell.
  package var isMountPoint: Bool { ruledex_is_mount_point(descriptor.number) == 1 }

  /// Whether names in it can be made and removed: now, or when we, its owner, allow it ourselves.
  package func isChangeable() throws(FileError) -> Bool {
    do throws(FileError) {
      _ = try checked { faccessat(descriptor.number, ".", W_OK | X_OK, AT_EACCESS) }
      return true
    } catch  where error.code == EACCES {
      return try status().isOurs
    } catch  where [EPERM, EROFS].contains(error.code) {
      // It can't be changed at all (chattr(1)), or is on a file system that can't.
      return false
    }
  }

  /// Lets its owner do everything in it.
  package func openToOwner() throws(FileError) {
    let status = try status()
    if status.isOurs, status.permissions & 0o700 != 0o700 {
      _ = try checked { fchmod(descriptor.number, status.permissions | 0o700) }
    }
  }

  /// Gives it the owner, the group and the mode of another folder.
  ///
  /// - Parameter writable: whether its owner may write, even where the other's may not.
  /// - Throws: also where the system changes them to something else in silence.
  package func takeAttributes(of other: FileStatus, writable: Bool = false) throws(FileError) {
    let own = try status()
    let permissions = other.permissions | (writable ? 0o700 : 0)
    if own.permissions == permissions, own.hasOwners(of: other) { return }
    if own.status.st_uid != other.status.st_uid || own.status.st_gid != other.status.st_gid {
      // Who the owner is stays unsaid where it's the same: only a superuser may say so.
      let owner = own.status.st_uid == other.status.st_uid ? uid_t.max : other.status.st_uid
      let group = own.status.st_gid == other.status.st_gid ? gid_t.max : other.status.st_gid
      _ = try checked { fchown(descriptor.number, owner, group) }
    }
    // Last, since a change of the owner takes bits from it.
    if try status().permissions != permissions { _ = try checked { fchmod(descriptor.number, permissions) } }
    if try status().permissions != permissions { throw FileError(code: EPERM) }
  }

  /// Gives it the times of another folder: when it was read and changed last.
  package func takeTimes(of other: FileStatus) throws(FileError) {
    let times = [other.status.st_atim, other.status.st_mtim]
    _ = try checked { futimens(descriptor.number, times) }
  }

  // MARK: Files in it

  /// The bytes of a regular file; nil where nothing has the name, or something else has.
  package func contents(of name: FileName) throws(FileError) -> [UInt8]? {
    do throws(FileError) {
      let file = try open(name, O_RDONLY | O_NONBLOCK)
      guard try Files.status(of: file.number).kind == .file else { return nil }
      return try file.readAll()
    } catch  where [.missing, .isLink, .isSocket].contains(error) {
      return nil
    }
  }

  /// Whether a regular file holds just these bytes.
  package func holds(_ bytes: [UInt8], at path: RelativePath) throws(FileError) -> Bool {
    do throws(FileError) {
      let file = try open(path, O_RDONLY | O_NONBLOCK)
      let status = try Files.status(of: file.number)
      guard status.kind == .file, status.size == bytes.count else { return false }
      return try file.holds(bytes)
    } catch  where [.missing, .notFolder, .isLink, .isSocket].contains(error) {
      return false
    }
  }

  /// Writes a file that isn't there yet.
  package func create(_ name: FileName, holding bytes: [UInt8]) throws(FileError) {
    try write(bytes, to: open(name, O_WRONLY | O_CREAT | O_EXCL, 0o666))
  }

  /// Writes a file that isn't there yet, and the folders above it.
  package func create(_ path: RelativePath, holding bytes: [UInt8]) throws(FileError) {
    do throws(FileError) {
      try write(bytes, to: open(path, O_WRONLY | O_CREAT | O_EXCL, 0o666))
    } catch .missing {
      try madeFolder(path.folder).create(path.name, holding: bytes)
    }
  }

  private func write(_ bytes: [UInt8], to file: consuming Descriptor) throws(FileError) {
    try file.writeAll(bytes)
    try file.closeAfterWriting()
  }

  /// Gives a file, whatever it is, the same name in another folder too.
  package func link(_ name: FileName, into other: borrowing Folder) throws(FileError) {
    let target = other.descriptor.number
    _ = try checked { name.withCString { linkat(descriptor.number, $0, target, $0, 0) } }
  }

  /// Copies a regular file to the same name in another folder, with its times.
  package func copy(_ name: FileName, into other: borrowing Folder) throws(FileError) {
    let source = try open(name, O_RDONLY | O_NONBLOCK)
    let status = try Files.status(of: source.number)
    guard status.kind == .file else { throw FileError(code: EINVAL) }
    let copy = try other.open(name, O_WRONLY | O_CREAT | O_EXCL, 0o666)
    try copy.writeAll(try source.readAll())
    let times = [status.status.st_atim, status.status.st_mtim]
    _ = try checked { futimens(copy.number, times) }
    try copy.closeAfterWriting()
  }

  // MARK: Moving and removing

  /// Moves a file or a folder into another folder, over a file, or over a folder that is empty.
  package func move(_ name: FileName, into other: borrowing Folder, as new: FileName) throws(FileError) {
    let target = other.descriptor.number
    _ = try checked { name.withCString { old in new.withCString { renameat(descriptor.number, old, target, $0) } } }
  }

  /// Lets what has two names change places, in one step.
  ///
  /// - Throws: what ``FileError/isUnsupported`` where the file system can't.
  package func exchange(_ name: FileName, with other: FileName, in folder: borrowing Folder) throws(FileError) {
    let target = folder.descriptor.number
    _ = try checked {
      name.withCString { own in other.withCString { ruledex_exchange(descriptor.number, own, target, $0) } }
    }
  }

  /// Removes what isn't a folder; what has a second name stays under that.
  package func removeFile(_ name: FileName) throws(FileError) {
    _ = try checked { name.withCString { unlinkat(descriptor.number, $0, 0) } }
  }

  /// Removes a folder that is empty.
  package func removeFolder(_ name: FileName) throws(FileError) {
    _ = try checked { name.withCString { unlinkat(descriptor.number, $0, AT_REMOVEDIR) } }
  }

  /// Removes all that it holds but what has a name that is to be kept.
  package func removeAll(but kept: FileName? = nil) throws(FileError) {
    // Nothing on another file system is ours.
    if isMountPoint { throw .busy }
    try openToOwner()
    for entry in try entries() where entry.name != kept {
      if entry.kind == .folder {
        try folder(entry.name).removeAll()
        try removeFolder(entry.name)
      } else {
        try removeFile(entry.name)
      }
    }
  }

  // MARK: Opening

  func open(_ name: FileName, _ flags: Int32, _ permissions: mode_t = 0) throws(FileError) -> Descriptor {
    try Descriptor {
      name.withCString { openat(descriptor.number, $0, flags | O_NOFOLLOW | O_CLOEXEC, permissions) }
    }
  }

  /// At one go where the system can, or else part by part.
  func open(
    _ path: RelativePath, _ flags: Int32, _ permissions: mode_t = 0
  ) throws(FileError) -> Descriptor {
    do throws(FileError) {
      return try Descriptor {
        withCString(path.bytes[...]) { ruledex_open_below(descriptor.number, $0, flags, permissions) }
      }
    } catch  where [ENOSYS, EPERM].contains(error.code) {
      // EPERM, too, where containers forbid the call that they don't know.
      return try openPartByPart(path, flags, permissions)
    }
  }

  func openPartByPart(
    _ path: RelativePath, _ flags: Int32, _ permissions: mode_t = 0
  ) throws(FileError) -> Descriptor {
    var current = Folder(try open(".", O_RDONLY | O_DIRECTORY))
    for name in path.folder?.names ?? [] { current = try current.folder(name) }
    return try current.open(path.name, flags, permissions)
  }

  private func open(_ name: String, _ flags: Int32) throws(FileError) -> Descriptor {
    try Descriptor { openat(descriptor.number, name, flags | O_CLOEXEC) }
  }
}
