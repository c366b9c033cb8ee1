import Glibc

/// The folder in which the program was started: for a pipeline, the root of the repository.
enum WorkingFolder {
  /// A function that gives the path by which a file is known there: without `./`, and relative where it lies below.
  static func relativePaths() -> @Sendable (String) -> String {
    let folder = getcwd(nil, 0).map { pointer in
      defer { free(pointer) }
      return String(cString: pointer)
    }
    let prefix = folder.map { Array(($0 == "/" ? "/" : $0 + "/").utf8) }
    return { path in
      var rest = path.utf8[...]
      if let prefix, rest.starts(with: prefix) { rest = rest.dropFirst(prefix.count) }
      while rest.starts(with: "./".utf8) {
        rest = rest.dropFirst(2).drop { $0 == UInt8(ascii: "/") }
      }
      return rest.isEmpty ? path : String(decoding: rest, as: UTF8.self)
    }
  }
}
