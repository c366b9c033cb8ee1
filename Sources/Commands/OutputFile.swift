import Checks
import Diagnostics
import Files

/// A file that a command writes to a path given by the user.
enum OutputFile {
  /// Writes atomically, so that there is always either the old file or the whole new one. A link is replaced, not
  /// followed; anything that isn't a file, such as `/dev/stdout`, is written to directly.
  static func write(_ bytes: [UInt8], to path: String) throws(InputError) {
    let place = SystemPath(path)
    do throws(FileError) {
      if isDevice(place) { try writeAll(bytes, toDevice: place) } else { try writeFile(bytes, at: place) }
    } catch {
      throw failure(path, error)
    }
  }

  /// Rewrites a file of the user's, keeping its permissions and, if allowed, its owner; a link isn't followed.
  ///
  /// - Parameter known: the expected content.
  /// - Throws: also if the content is different by now; the file is then left unchanged.
  static func replace(_ path: String, holding known: [UInt8], with bytes: [UInt8]) throws(InputError) {
    let isReplaced: Bool
    do throws(FileError) {
      isReplaced = try replaceFile(at: SystemPath(path), holding: known, with: bytes)
    } catch {
      throw failure(path, error)
    }
    if !isReplaced {
      throw InputError(.output, at: path, "the file changed since it was read, so it isn't overwritten; try again")
    }
  }

  private static func failure(_ path: String, _ error: FileError) -> InputError {
    InputError(.output, at: path, "\(error.reason); check the folder and its permissions")
  }
}
