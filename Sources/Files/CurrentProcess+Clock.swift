import Glibc

extension CurrentProcess {
  /// Seconds since the beginning of 1970, by the system's clock.
  ///
  /// What a command writes must not depend on it, unless its user asks what holds today.
  package static var secondsNow: Int { time(nil) }
}
