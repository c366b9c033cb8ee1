import Glibc

/// Tells a file from what it was before and from another one that took its name, without looking into it.
///
/// A change leaves a new time of change (`st_ctime`), which programs can't set, on a file system that this machine writes itself.
struct FileIdentity: Hashable, Sendable {
  private let device: UInt
  private let number: UInt
  private let size: Int
  private let changed: Instant

  private struct Instant: Hashable, Comparable, Sendable {
    var seconds: Int
    var nanoseconds: Int

    static func < (left: Instant, right: Instant) -> Bool {
      (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
  }

  private init(_ status: stat) {
    (device, number, size) = (UInt(status.st_dev), UInt(status.st_ino), Int(status.st_size))
    changed = Instant(seconds: status.st_ctim.tv_sec, nanoseconds: status.st_ctim.tv_nsec)
  }

  /// The identity of what stands at a path now; nil where nothing does.
  init?(of path: [CChar]) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// The identity by which an open file can be known again; nil where it changed so lately that another change would leave no other
  /// time: file systems take their times from the coarse clock.
  init?(settled status: stat) {
    self.init(status)
    var now = timespec()
    clock_gettime(CLOCK_REALTIME_COARSE, &now)
    guard changed < Instant(seconds: now.tv_sec, nanoseconds: now.tv_nsec) else { return nil }
  }
}
