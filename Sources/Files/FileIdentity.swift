import Glibc

/// Distinguishes a file from what it was before and from another one that took its name, without looking into it.
///
/// A change leaves a new time of change (`st_ctime`), which programs can't set, on a file system that this machine writes itself.
package struct FileIdentity: Hashable, Sendable {
  private let file: FileStatus.Identity
  private let size: Int
  private let changed: Instant

  struct Instant: Hashable, Comparable, Sendable {
    var seconds: Int
    var nanoseconds: Int

    init(_ time: timespec) { (seconds, nanoseconds) = (time.tv_sec, time.tv_nsec) }

    /// By the clock that file systems take their times from, unless they need finer ones.
    static var coarseNow: Instant { Instant(clock: CLOCK_REALTIME_COARSE) }

    static var now: Instant { Instant(clock: CLOCK_REALTIME) }

    private init(clock: clockid_t) {
      var now = timespec()
      clock_gettime(clock, &now)
      self.init(now)
    }

    static func < (left: Instant, right: Instant) -> Bool {
      (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
  }

  private init(_ status: FileStatus) {
    (file, size) = (status.identity, status.size)
    changed = Instant(status.status.st_ctim)
  }

  /// The identity of what has a path now, links not followed; nil where nothing has it, or that can't be said.
  package init?(of path: SystemPath) {
    guard let status = try? FileStatus(of: path, followsLink: false) else { return nil }
    self.init(status)
  }

  /// The identity by which an open file can be recognised later; nil where it changed so recently that another change would leave
  /// the same time: file systems take their times from the coarse clock.
  init?(settled status: FileStatus) {
    self.init(status)
    guard changed < Instant.coarseNow else { return nil }
  }
}
