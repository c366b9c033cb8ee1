import Diagnostics
import Glibc

/// A file that a command writes where the user says.
enum OutputFile {
  /// Writes beside the file and renames, so that what stands there is the old file or the whole new one.
  static func write(_ bytes: [UInt8], to path: String) throws(InputError) {
    let draft = "\(path).\(getpid()).part"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        let error = failure(path)
        close(descriptor)
        unlink(draft)
        throw error
      }
      rest = rest.dropFirst(count)
    }
    guard close(descriptor) == 0, rename(draft, path) == 0 else {
      let error = failure(path)
      unlink(draft)
      throw error
    }
  }

  private static func failure(_ path: String) -> InputError {
    InputError(
      .output, at: path, "\(String(cString: strerror(errno)).lowercased()); check the folder and its permissions")
  }
}
