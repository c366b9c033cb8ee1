import Glibc

/// What the system knows of this program while it runs.
package enum RunningProgram {
  /// How many processors are there to work on.
  package static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Lets writing to a pipe that its reader closed fail instead of ending the program.
  package static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

  /// Lets ctrl-c and a request to terminate end the program at once and without a fault, since nothing is half done at any time.
  package static func endWhenAsked() { for number in [SIGINT, SIGTERM] { signal(number) { _ in _exit(0) } } }

  /// Ends it at once.
  package static func end(code: Int32) -> Never { _exit(code) }
}

/// nil where it isn't set.
package func environmentVariable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
