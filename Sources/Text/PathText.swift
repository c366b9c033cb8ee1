// Paths as they are written, with `/`. They are split by bytes: a slash and an accent that follows it are one character.

/// A path's last part: `b.yml` of `a/b.yml`.
package func lastPart(of path: String) -> String {
  path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) } ?? path
}

/// All before a path's last part, with the slash at its end; empty where there is nothing before it.
package func folder(of path: String) -> String {
  path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(decoding: path.utf8[...$0], as: UTF8.self) } ?? ""
}

/// A path without the parts `.` and `..`: `a/c` for `./a/b/../c`; nil where it leads out of the folder that it counts from.
package func pathWithoutDots(_ path: String) -> String? {
  var parts: [Substring.UTF8View] = []
  for part in path[...].utf8.split(separator: UInt8(ascii: "/")) where !part.elementsEqual(".".utf8) {
    if !part.elementsEqual("..".utf8) {
      parts.append(part)
    } else if parts.popLast() == nil {
      return nil
    }
  }
  return String(decoding: Array(parts.joined(separator: "/".utf8)), as: UTF8.self)
}

/// Whether the last part ends in one of these extensions, whatever their case.
///
/// - Parameter extensions: in lower case, without the dot.
package func hasExtension(_ path: String, _ extensions: some Collection<String>) -> Bool {
  let bytes = path.utf8
  guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")), !bytes[dot...].contains(UInt8(ascii: "/")) else {
    return false
  }
  return extensions.contains(path[bytes.index(after: dot)...].lowercased())
}

/// The last part's extension in lower case, without the dot; empty where there is none.
package func pathExtension(of path: String) -> String {
  let name = lastPart(of: path)
  return name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
}

/// A path without its last part's extension.
package func withoutExtension(_ path: String) -> String {
  let name = lastPart(of: path)
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return path }
  return String(decoding: path.utf8.dropLast(name[dot...].utf8.count), as: UTF8.self)
}
