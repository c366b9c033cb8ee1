/// The list of what we wrote into a folder: `.ruledex-manifest.json`. Without it, a folder isn't ours to change.
struct Manifest {
  static let name = ".ruledex-manifest.json"

  /// Sorted by UTF-8 bytes, the manifest itself left out.
  var paths: [String]

  init(paths: some Sequence<String>) {
    self.paths = paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// One path a line, so that its own differences are readable.
  func serialized() -> [UInt8] {
    var text = "{\"format\": 1, \"files\": [\n"
    text += paths.map { "\"\(escaped($0))\"" }.joined(separator: ",\n")
    return Array((text + "\n]}\n").utf8)
  }

  /// - Returns: nil where the bytes are no manifest.
  init?(parsing bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first == "{\"format\": 1, \"files\": [" else { return nil }
    paths = lines.dropFirst().compactMap { line in
      let entry = line.hasSuffix(",") ? line.dropLast() : line
      guard entry.utf8.count > 2, entry.hasPrefix("\""), entry.hasSuffix("\"") else { return nil }
      return unescaped(entry.dropFirst().dropLast())
    }
    // A path out of the folder can't be ours.
    guard paths.allSatisfy({ !$0.hasPrefix("/") && !$0.split(separator: "/").contains("..") }) else { return nil }
  }
}

/// JSON's two escapes that a path can need; control characters don't stand in our paths.
private func escaped(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") }) else { return text }
  return text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
}

private func unescaped(_ text: Substring) -> String {
  var result = ""
  var isEscaped = false
  for character in text {
    if character == "\\", !isEscaped {
      isEscaped = true
    } else {
      result.append(character)
      isEscaped = false
    }
  }
  return result
}
