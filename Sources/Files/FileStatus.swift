import Glibc

/// What the system knows of a file or a folder besides its content.
package struct FileStatus: Sendable {
  package enum Kind: Sendable {
    case file, folder, link
    /// A pipe, a socket or a device.
    case other

    init(mode: mode_t) {
      self =
        switch mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFLNK: .link
        default: .other
        }
    }
  }

  /// Tells a file or a folder from another one that took its name.
  package struct Identity: Hashable, Sendable {
    private let device: UInt
    private let number: UInt

    init(_ status: stat) { (device, number) = (UInt(status.st_dev), UInt(status.st_ino)) }
  }

  let status: stat

  init(_ status: stat) { self.status = status }

  /// What a path leads to.
  ///
  /// - Parameter followsLink: whether a link at the path's end is followed. Others always are.
  package init(of path: SystemPath, followsLink: Bool = true) throws(FileError) {
    var status = stat()
    _ = try checked { path.withCString { fstatat(AT_FDCWD, $0, &status, followsLink ? 0 : AT_SYMLINK_NOFOLLOW) } }
    self.status = status
  }

  package var kind: Kind { Kind(mode: status.st_mode) }
  package var identity: Identity { Identity(status) }
  /// No two files of a file system have the same at a time.
  package var number: UInt64 { UInt64(status.st_ino) }
  package var size: Int { Int(status.st_size) }
  package var isOurs: Bool { status.st_uid == geteuid() }
  /// Who may do what, with the bits for the set-user-id and the like.
  var permissions: mode_t { status.st_mode & 0o7777 }

  func hasOwners(of other: FileStatus) -> Bool {
    status.st_uid == other.status.st_uid && status.st_gid == other.status.st_gid
  }
}

/// An open descriptor's.
func status(of descriptor: Int32) throws(FileError) -> FileStatus {
  var status = stat()
  _ = try checked { fstat(descriptor, &status) }
  return FileStatus(status)
}
