import Checks
import Diagnostics
import Files

/// A file that a command writes where the user says.
enum OutputFile {
  /// Writes in one step, so that the old file is there or the whole new one. A link is replaced, not followed; what isn't a file, such
  /// as `/dev/stdout`, is written to.
  static func write(_ bytes: [UInt8], to path: String) throws(InputError) {
    let place = SystemPath(path)
    do throws(FileError) {
      if isDevice(place) { try writeAll(bytes, toDevice: place) } else { try writeFile(bytes, at: place) }
    } catch {
      throw failure(path, error)
    }
  }

  /// Writes a file again that the user wrote, with its permissions and, where we may, its owner; a link isn't followed.
  ///
  /// - Parameter known: what it is expected to hold.
  /// - Throws: also where it holds anything else by now, and is left alone.
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
