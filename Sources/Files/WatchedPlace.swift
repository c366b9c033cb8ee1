/// Where changes are watched for.
package enum WatchedPlace: Hashable, Sendable {
  /// A folder and what it holds, but nothing further down.
  case folder(SystemPath)
  /// One name in a folder, whether it is there yet or not: programs that save a file put a new one in its place.
  case name(String, folder: SystemPath)

  /// A folder by its path.
  package static func folder(_ path: String) -> WatchedPlace { .folder(SystemPath(path)) }

  /// A file, or a folder as a whole, by its path.
  package static func entry(_ path: String) -> WatchedPlace {
    // By bytes: a slash and an accent that follows it are one character.
    var bytes = Array(path.utf8)
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else {
      return .name(String(decoding: bytes, as: UTF8.self), folder: SystemPath("."))
    }
    let folder = slash == 0 ? bytes[...0] : bytes[..<slash]
    return .name(String(decoding: bytes[(slash + 1)...], as: UTF8.self), folder: SystemPath(folder))
  }
}
