import CEmbedded

/// The files that the binary carries: templates, knowledge, and a schema.
enum Embedded {
  /// The one at a path, whose absence would be a mistake of ours.
  static func file(_ path: String) -> [UInt8] {
    guard let file = files(in: path).first else { preconditionFailure("\(path) is missing in embedded.c") }
    return file.bytes
  }

  /// Those in a folder, by path: `catalog/knowledge/events/`.
  static func files(in folder: String) -> [(path: String, bytes: [UInt8])] {
    (0..<ruledex_embedded_file_count()).compactMap { index in
      let file = ruledex_embedded_files()[index]
      let path = String(cString: file.path)
      guard path.hasPrefix(folder) else { return nil }
      return (path, Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
    }
  }
}
