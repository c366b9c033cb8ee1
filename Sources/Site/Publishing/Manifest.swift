import Diagnostics

/// The list of what we wrote into a folder: `.ruledex-manifest.json`. Without it, a folder isn't ours to change.
struct Manifest {
  static let name = ".ruledex-manifest.json"

  /// Sorted by UTF-8 bytes, the manifest itself left out.
  var paths: [String]

  init(paths: some Sequence<String>) {
    self.paths = paths.sorted(by: inByteOrder)
  }

  /// One path a line, so that its own differences are readable.
  func serialized() -> [UInt8] {
    var text = "{\"format\": 1, \"files\": [\n"
    text += paths.map { "\"\(escaped($0))\"" }.joined(separator: ",\n")
    return Array((text + "\n]}\n").utf8)
  }

  /// - Returns: nil where the bytes are no manifest.
  init?(parsing bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard lines.first?.elementsEqual("{\"format\": 1, \"files\": [".utf8) == true else { return nil }
    paths = lines.dropFirst().compactMap(unquoted)
    // A path out of the folder can't be ours.
    guard paths.allSatisfy(staysInside) else { return nil }
  }
}

/// Whether a path leads to what is below a folder. It is read by bytes, as the system reads it.
private func staysInside(_ path: String) -> Bool {
  path.utf8.first != UInt8(ascii: "/")
    && !path.utf8.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }
}

/// With JSON's escapes. The names of rules' files can hold any character, line ends too.
private func escaped(_ text: String) -> String {
  func needsEscape(_ byte: UInt8) -> Bool { byte < 0x20 || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\"") }
  guard text.utf8.contains(where: needsEscape) else { return text }
  return text.unicodeScalars.reduce(into: "") { escaped, scalar in
    switch scalar {
    case "\\", "\"": escaped += "\\\(scalar)"
    case "\u{0}"..."\u{1F}": escaped += "\\u00\(scalar.value < 16 ? "0" : "")\(String(scalar.value, radix: 16))"
    default: escaped.unicodeScalars.append(scalar)
    }
  }
}

/// The text of a line that is a quoted path, maybe with a comma; nil for any other line.
private func unquoted(_ line: ArraySlice<UInt8>) -> String? {
  let quote = UInt8(ascii: "\"")
  let entry = line.last == UInt8(ascii: ",") ? line.dropLast() : line
  guard entry.count > 2, entry.first == quote, entry.last == quote else { return nil }
  var (text, rest): ([UInt8], ArraySlice<UInt8>) = ([], entry.dropFirst().dropLast())
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
      text.append(byte)
      continue
    }
    if escape == UInt8(ascii: "u"), let control = UInt8(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16) {
      text.append(control)
      rest = rest.dropFirst(4)
    } else {
      text.append(escape)
    }
  }
  return String(decoding: text, as: UTF8.self)
}
