import CEmbedded

/// The files that the binary carries below a folder.
public func embeddedFiles(below folder: String) -> [(path: String, bytes: [UInt8])] {
  UnsafeBufferPointer(start: ruledex_embedded_files(), count: ruledex_embedded_file_count()).compactMap { file in
    let path = String(cString: file.path)
    guard path.hasPrefix(folder) else { return nil }
    return (path, Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
  }
}
