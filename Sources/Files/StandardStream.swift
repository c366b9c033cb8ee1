import Glibc

/// Where a program says something: results on standard output, the rest on standard error.
package enum StandardStream: Sendable {
  case output, error

  private var number: Int32 {
    switch self {
    case .output: STDOUT_FILENO
    case .error: STDERR_FILENO
    }
  }

  package var isTerminal: Bool { isatty(number) == 1 }

  /// The columns of the terminal; nil where it isn't one, or doesn't say.
  package var columns: Int? {
    var size = winsize()
    return ioctl(number, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
  }

  package func write(_ bytes: [UInt8]) throws(FileError) { try writeAll(bytes, to: number) }

  /// Opens what a program expects to be open, where it was started without: a file opened later would otherwise get the number of
  /// standard output, and results would be written into it. Output that was closed can still not be written.
  package static func reserveNumbers() {
    for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) < 0 && errno == EBADF {
      // The lowest number that is free: just this one.
      _ = open("/dev/null", number == STDERR_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
