import Diagnostics
import Files
import Text

/// Why a command can't run: its usage or input must be fixed first. Exit code 2.
struct InputError: Error {
  /// At least one is an error that gives the reason.
  var diagnostics: [Diagnostic]

  init(_ diagnostics: [Diagnostic]) {
    assert(diagnostics.contains { $0.severity == .error }, "a warning stops nothing")
    self.diagnostics = diagnostics
  }

  init(_ id: CheckID, at path: String, _ message: String) {
    self.init([Diagnostic(id, at: SourceLocation(path: path), message)])
  }
}

extension Result where Failure == InputError {
  /// The result of a body, for use in tasks, whose errors are untyped.
  static func of(_ body: () async throws(InputError) -> Success) async -> Result {
    do throws(InputError) { return .success(try await body()) } catch { return .failure(error) }
  }
}

/// Files that the user names on the command line or in the configuration.
enum InputFile {
  static func bytes(of path: String) throws(InputError) -> [UInt8] {
    do throws(FileError) {
      return try contents(of: SystemPath(path))
    } catch .isFolder {
      throw InputError(.fileUnreadable, at: path, "it is a folder; name a file")
    } catch {
      throw unreadable(path, error)
    }
  }

  /// The names of the files in a folder and of links to files, sorted, without hidden ones.
  static func names(in path: String) throws(InputError) -> [String] {
    do throws(FileError) {
      let entries = try Folder(at: SystemPath(path)).entries().filter { entry in
        guard entry.name.bytes.first != UInt8(ascii: ".") else { return false }
        let place = SystemPath(path).appending(entry.name)
        return entry.kind == .file || entry.kind == .link && (try? FileStatus(of: place))?.kind == .file
      }
      return entries.map(\.name.text).sorted(by: inByteOrder)
    } catch {
      throw unreadable(path, error)
    }
  }

  private static func unreadable(_ path: String, _ error: FileError) -> InputError {
    InputError(.fileUnreadable, at: path, "\(error.reason); check the path")
  }
}
