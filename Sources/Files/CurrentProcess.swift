import Glibc

/// What the system knows of this program while it runs.
package enum CurrentProcess {
  /// How many processors are there to work on.
  package static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Where its own file is; nil where that can't be said.
  package static var file: SystemPath? { try? realPath(of: SystemPath("/proc/self/exe")) }

  /// The folder of the user's cache for a program (XDG Base Directory Specification); nil where there is none.
  package static func cacheFolder(of name: String) -> String? {
    func absolute(_ variable: String) -> String? {
      environmentVariable(variable).flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    return (absolute("XDG_CACHE_HOME") ?? absolute("HOME").map { $0 + "/.cache" }).map { "\($0)/\(name)" }
  }

  /// Lets writing to a pipe that its reader closed fail instead of ending the program.
  package static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

  /// Lets ctrl-c and a request to terminate end the program at once and without a fault, since nothing is half done at any time.
  package static func endWhenAsked() { for number in [SIGINT, SIGTERM] { signal(number) { _ in _exit(0) } } }

  /// Ends it at once.
  package static func end(code: Int32) -> Never { _exit(code) }
}

/// nil where it isn't set.
package func environmentVariable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
