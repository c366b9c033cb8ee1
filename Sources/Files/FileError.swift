import Glibc

/// Why a call on the disk failed: what the system says (`errno`).
package struct FileError: Error, Hashable, Sendable {
  package let code: Int32

  package init(code: Int32) { self.code = code }

  /// In the middle of a sentence: `no such file or directory`.
  package var reason: String { String(cString: strerror(code)).lowercased() }

  /// Nothing has that name.
  package static let missing = FileError(code: ENOENT)
  /// Something has that name already.
  package static let exists = FileError(code: EEXIST)
  package static let notEmpty = FileError(code: ENOTEMPTY)
  package static let isFolder = FileError(code: EISDIR)
  package static let notFolder = FileError(code: ENOTDIR)
  /// A link is where a folder or a file is expected.
  package static let isLink = FileError(code: ELOOP)
  package static let isSocket = FileError(code: ENXIO)
  /// What the call refers to is in use, such as a folder on which a file system is mounted.
  package static let busy = FileError(code: EBUSY)
  /// There is no room for more of what is asked for: on a disk, or in a table of the system.
  package static let noSpace = FileError(code: ENOSPC)
  package static let noMemory = FileError(code: ENOMEM)
  /// It isn't open.
  package static let notOpen = FileError(code: EBADF)
  package static let noPermission = FileError(code: EACCES)
  package static let addressInUse = FileError(code: EADDRINUSE)
  /// Another process has what is asked for.
  package static let wouldBlock = FileError(code: EWOULDBLOCK)
  /// The reader of a pipe has closed it.
  package static let brokenPipe = FileError(code: EPIPE)

  /// Whether the file system doesn't offer the operation at all.
  package var isUnsupported: Bool { [EINVAL, ENOSYS, EOPNOTSUPP, ENOLCK].contains(code) }
}

/// Calls again where a signal interrupted the call, and throws where it failed.
func checked<Result: SignedInteger>(_ call: () -> Result) throws(FileError) -> Result {
  while true {
    let result = call()
    if result >= 0 { return result }
    let code = errno
    if code != EINTR { throw FileError(code: code) }
  }
}
