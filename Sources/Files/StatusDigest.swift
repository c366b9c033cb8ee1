import Glibc
import Text

/// A digest of what the system says of files and folders, without looking into them. As long as it stays the same, none of them changed:
/// a change leaves another time (`st_ctime`), which programs can't set, or another number.
package struct StatusDigest: Sendable {
  private var digest = StableDigest()
  private let start: FileIdentity.Instant
  /// Whether any change from now on gives another digest. Not where something changed so recently that another change would leave the
  /// same time: file systems take their times from a coarse clock.
  package private(set) var isSettled = true

  package init() { start = FileIdentity.Instant.coarseNow }

  package var value: UInt64 { digest.value }

  package mutating func add(_ text: String) { digest.add(text) }

  /// Adds what has a path and, where that is a link, what it leads to; or that nothing has it.
  package mutating func add(_ path: SystemPath) {
    digest.add(path.bytes.count)
    digest.add(bytes: path.bytes)
    let status = try? FileStatus(of: path, followsLink: false)
    add(status)
    if status?.kind == .link { add(try? FileStatus(of: path)) }
  }

  /// Adds what has a path in a folder, links not followed; or that nothing has it.
  package mutating func add(_ path: RelativePath, in folder: borrowing Folder) { add(folder.statusAsFound(path)) }

  private mutating func add(_ status: FileStatus?) {
    guard let status else { return digest.add(byte: 0) }
    let (own, changed) = (status.status, FileIdentity.Instant(status.status.st_ctim))
    digest.add(byte: 1)
    digest.add(Int(own.st_dev))
    digest.add(Int(own.st_ino))
    digest.add(Int(own.st_mode))
    digest.add(status.size)
    for time in [own.st_mtim, own.st_ctim] {
      digest.add(time.tv_sec)
      digest.add(time.tv_nsec)
    }
    if changed >= start { isSettled = false }
  }

  /// Waits until what has changed by now is settled: until the coarse clock, which lags, has come to the time that it is now.
  package static func waitUntilSettled() {
    let now = FileIdentity.Instant.now
    repeat { usleep(1000) } while FileIdentity.Instant.coarseNow <= now
  }
}
