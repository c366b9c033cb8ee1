/// The list of what we wrote into a folder: `.ruledex-manifest.json`. Without it, a folder isn't ours to change.
package struct FolderManifest: Equatable, Sendable {
  package static let name = FileName(".ruledex-manifest.json")

  private static let start = Array("{\"format\": 1, \"files\": [".utf8)
  private static let end = Array("]}".utf8)

  /// Sorted, unique, the manifest itself left out.
  package let paths: [RelativePath]

  package init(paths: some Sequence<RelativePath>) {
    self.paths = Set(paths).subtracting([RelativePath(FolderManifest.name, in: nil)]).sorted()
  }

  /// One path a line, so that its own differences are readable.
  package func serialized() -> [UInt8] {
    let lines = paths.map { quoted($0.bytes) }.joined(separator: Array(",\n".utf8))
    return FolderManifest.start + [0x0A] + lines + [0x0A] + FolderManifest.end + [0x0A]
  }

  /// - Returns: nil where the bytes aren't a manifest, or one that lists what can't be below its folder.
  package init?(parsing bytes: [UInt8]) {
    var lines = bytes.split(separator: 0x0A)
    guard lines.count >= 2, lines.removeFirst().elementsEqual(FolderManifest.start),
      lines.removeLast().elementsEqual(FolderManifest.end)
    else { return nil }
    var paths: [RelativePath] = []
    paths.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated() {
      let isLast = index == lines.count - 1
      guard isLast || line.last == UInt8(ascii: ","), let path = unquoted(isLast ? line : line.dropLast()),
        let path = RelativePath(path)
      else { return nil }
      paths.append(path)
    }
    self.init(paths: paths)
  }
}

/// With JSON's escapes. The names of rules' files can hold any character, line ends too.
private func quoted(_ path: [UInt8]) -> [UInt8] {
  let quote = UInt8(ascii: "\"")
  var text = [quote]
  text.reserveCapacity(path.count + 2)
  for byte in path {
    switch byte {
    case UInt8(ascii: "\\"), quote: text += [UInt8(ascii: "\\"), byte]
    case ..<0x20: text += Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
    default: text.append(byte)
    }
  }
  return text + [quote]
}

/// What is between quotation marks, without JSON's escapes; nil where it isn't written as ``quoted(_:)`` does.
private func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8]? {
  let quote = UInt8(ascii: "\"")
  guard text.count >= 2, text.first == quote, text.last == quote else { return nil }
  var (bytes, rest): ([UInt8], ArraySlice<UInt8>) = ([], text.dropFirst().dropLast())
  bytes.reserveCapacity(rest.count)
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "\\") else {
      if byte == quote { return nil }
      bytes.append(byte)
      continue
    }
    switch rest.popFirst() {
    case quote: bytes.append(quote)
    case UInt8(ascii: "\\"): bytes.append(byte)
    case UInt8(ascii: "u"):
      guard rest.count >= 4, let control = UInt8(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(control)
      rest = rest.dropFirst(4)
    default: return nil
    }
  }
  return bytes
}
