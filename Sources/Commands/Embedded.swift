import CEmbedded

/// The files embedded in the binary: templates, knowledge, and a schema.
enum Embedded {
  /// The file at a path; only a mistake of ours could make it missing.
  static func file(_ path: String) -> [UInt8] {
    guard let file = files(in: path).first else { preconditionFailure("\(path) is missing in embedded.c") }
    return file.bytes
  }

  /// The files in a folder, by path: `catalog/knowledge/events/`.
  static func files(in folder: String) -> [(path: String, bytes: [UInt8])] {
    (0..<ruledex_embedded_file_count()).compactMap { index in
      let file = ruledex_embedded_files()[index]
      let path = String(cString: file.path)
      guard path.hasPrefix(folder) else { return nil }
      return (path, Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
    }
  }
}
