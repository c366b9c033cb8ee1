// Paths as written, with `/`. They are split by bytes, since a slash and a following combining accent are one
// character.

/// A path's last component: `b.yml` of `a/b.yml`.
package func lastPart(of path: String) -> String {
  path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) } ?? path
}

/// Everything before a path's last component, including the trailing slash; empty if there is nothing before it.
package func folder(of path: String) -> String {
  path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(decoding: path.utf8[...$0], as: UTF8.self) } ?? ""
}

/// A path with `.` and `..` resolved: `a/c` for `./a/b/../c`; nil if it leads out of its base folder.
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

/// Whether the last component has one of these extensions, in any case.
///
/// - Parameter extensions: in lower case, without the dot.
package func hasExtension(_ path: String, _ extensions: some Collection<String>) -> Bool {
  let bytes = path.utf8
  guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")), !bytes[dot...].contains(UInt8(ascii: "/")) else {
    return false
  }
  return extensions.contains(path[bytes.index(after: dot)...].lowercased())
}

/// The last component's extension in lower case, without the dot; empty if there is none.
package func pathExtension(of path: String) -> String {
  let name = lastPart(of: path)
  return name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
}

/// A path without its last component's extension.
package func withoutExtension(_ path: String) -> String {
  let name = lastPart(of: path)
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return path }
  return String(decoding: path.utf8.dropLast(name[dot...].utf8.count), as: UTF8.self)
}

/// A part of an address with its escapes decoded: `a b` for `a%20b`. Malformed escapes stay as they are.
package func percentDecoded(_ text: Substring) -> String {
  guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let byte = rest.popFirst() {
    if byte == UInt8(ascii: "%"), rest.count > 1,
      rest.prefix(2).allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
    {
      bytes.append(value)
      rest = rest.dropFirst(2)
    } else {
      bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
