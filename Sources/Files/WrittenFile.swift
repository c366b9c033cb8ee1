import Glibc

/// Writes a file in one step: the old one is there, or the whole new one. A link is replaced, not followed.
package func writeFile(_ bytes: [UInt8], at path: SystemPath) throws(FileError) {
  var draft = Draft(of: path)
  try draft.write(bytes, like: nil)
  try draft.takePlace()
}

/// Writes a file again that the user wrote, with its permissions and, where we may, its owner; a link isn't followed.
///
/// - Parameter known: what it is expected to hold.
/// - Returns: whether it was replaced. Where it holds anything else by now, or isn't a regular file, it is left alone.
package func replaceFile(
  at path: SystemPath, holding known: [UInt8], with bytes: [UInt8]
) throws(FileError) -> Bool {
  guard let before = try status(of: path, holding: known) else { return false }
  var draft = Draft(of: path)
  try draft.write(bytes, like: before)
  // Once more, so that what was saved meanwhile isn't lost.
  guard let now = try status(of: path, holding: known), now.identity == before.identity else { return false }
  try draft.takePlace()
  return true
}

/// nil where it isn't a regular file that holds just these bytes.
private func status(of path: SystemPath, holding known: [UInt8]) throws(FileError) -> FileStatus? {
  let file = try Descriptor { path.withCString { open($0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) } }
  let status = try status(of: file.number)
  guard status.kind == .file, status.size == known.count else { return nil }
  // One byte more shows that it grew.
  return try file.read(upTo: known.count + 1) == known ? status : nil
}

/// A file that is written beside the place that it will take; removed where it doesn't take it.
private struct Draft: ~Copyable {
  private let place: SystemPath
  private let path: SystemPath
  /// Whether the file is there and ours to remove.
  private var isThere = false

  init(of place: SystemPath) {
    self.place = place
    // Not the process's number: another container may have the same one and the same folder.
    path = SystemPath(place.bytes + ".\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).part".utf8)
  }

  deinit { if isThere { try? removeFile(path) } }

  /// - Parameter model: whose permissions and owner it gets.
  mutating func write(_ bytes: [UInt8], like model: FileStatus?) throws(FileError) {
    let permissions = model.map { $0.permissions & 0o777 } ?? 0o666
    let file = try Descriptor {
      path.withCString { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions) }
    }
    isThere = true
    try file.writeAll(bytes)
    if let model {
      // Only a superuser may give a file away, and needs to; changing the owner takes bits from the mode.
      _ = fchown(file.number, model.status.st_uid, model.status.st_gid)
      _ = try checked { fchmod(file.number, model.permissions) }
      _ = try checked { fsync(file.number) }
    }
    try file.closeAfterWriting()
  }

  mutating func takePlace() throws(FileError) {
    try move(path, to: place)
    isThere = false
  }
}

// MARK: What isn't a file

/// Whether a path leads to a pipe or a device, or is a link in `/dev`, such as that of standard output, whatever that leads to.
/// Other links may have been written by somebody else than who named the file.
package func isDevice(_ path: SystemPath) -> Bool {
  switch (try? FileStatus(of: path, followsLink: false))?.kind {
  case .other: true
  case .link: path.bytes.starts(with: "/dev/".utf8)
  case .file, .folder, nil: false
  }
}

/// Writes to what is there, at its end where it has one: a pipe or a device, or what a link in `/dev` leads to.
package func writeAll(_ bytes: [UInt8], toDevice path: SystemPath) throws(FileError) {
  let device = try Descriptor { path.withCString { open($0, O_WRONLY | O_APPEND | O_CLOEXEC) } }
  try device.writeAll(bytes)
  try device.closeAfterWriting()
}
