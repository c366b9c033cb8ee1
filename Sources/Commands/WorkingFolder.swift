import Files

/// The folder in which the program was started: for a pipeline, the root of the repository.
enum WorkingFolder {
  /// A function that gives the path by which a file is known there: without `./`, and relative where it is below.
  static func relativePaths() -> @Sendable (String) -> String {
    let slash = UInt8(ascii: "/")
    let prefix = workingFolder().map { $0.bytes + ($0.bytes == [slash] ? [] : [slash]) }
    return { path in
      var rest = path.utf8[...]
      if let prefix, rest.starts(with: prefix) { rest = rest.dropFirst(prefix.count) }
      while rest.starts(with: "./".utf8) {
        rest = rest.dropFirst(2).drop { $0 == slash }
      }
      return rest.isEmpty ? path : String(decoding: rest, as: UTF8.self)
    }
  }
}
