import Diagnostics
import Files
import Glibc

/// What keeps a command from its work: usage or input that must be mended first. Exit code 2.
struct InputError: Error {
  /// One at least is an error, and says why.
  var diagnostics: [Diagnostic]

  init(_ diagnostics: [Diagnostic]) {
    assert(diagnostics.contains { $0.severity == .error }, "a warning stops nothing")
    self.diagnostics = diagnostics
  }

  init(_ id: DiagnosticID, at path: String, _ message: String) {
    self.init([Diagnostic(id, at: SourceLocation(path: path), message)])
  }
}

extension Result where Failure == InputError {
  /// What comes of a body, for tasks, whose errors have no type.
  static func of(_ body: () async throws(InputError) -> Success) async -> Result {
    do throws(InputError) { return .success(try await body()) } catch { return .failure(error) }
  }
}

/// Files that the user names on the command line or in the configuration.
enum InputFile {
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The folder of a path, with a slash at its end; empty for the working folder.
  static func folder(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
  }

  static func bytes(of path: String) throws(InputError) -> [UInt8] {
    do throws(FileError) {
      return try contents(of: path)
    } catch .isFolder {
      throw InputError(.fileUnreadable, at: path, "it is a folder; name a file")
    } catch {
      throw unreadable(path, error)
    }
  }

  /// The names of the files in a folder, sorted; hidden ones and folders left out.
  static func names(in folder: String) throws(InputError) -> [String] {
    guard let stream = opendir(folder) else { throw unreadable(folder, FileError(code: errno)) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      var status = stat()
      guard !name.hasPrefix("."), stat(folder + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        continue
      }
      names.append(name)
    }
    return names.sorted(by: inByteOrder)
  }

  private static func unreadable(_ path: String, _ error: FileError) -> InputError {
    InputError(.fileUnreadable, at: path, "\(error.reason); check the path")
  }
}
