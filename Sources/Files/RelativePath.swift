import Glibc

/// A path that leads to something below a folder and never out of it: names (``FileName``) with a slash between two of them.
package struct RelativePath: Hashable, Sendable {
  package let bytes: [UInt8]

  /// - Returns: nil for what is empty or absolute, or has an empty part, `.` or `..`, or a zero byte.
  package init?(_ bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.allSatisfy(FileName.isValid) else { return nil }
    self.bytes = bytes
  }

  package init?(_ text: String) { self.init(text.utf8) }

  private init(valid bytes: [UInt8]) { self.bytes = bytes }

  /// The path of what has a name in a folder; nil for that from which paths lead.
  package init(_ name: FileName, in folder: RelativePath?) {
    bytes = folder.map { $0.bytes + [UInt8(ascii: "/")] + name.bytes } ?? Array(name.bytes)
  }

  /// As it is shown; what isn't UTF-8 is replaced.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package var names: [FileName] { bytes.split(separator: UInt8(ascii: "/")).map(FileName.init(valid:)) }

  /// The last name.
  package var name: FileName {
    FileName(valid: bytes.lastIndex(of: UInt8(ascii: "/")).map { bytes[($0 + 1)...] } ?? bytes[...])
  }

  /// The folder of the last name; nil for that from which paths lead.
  package var folder: RelativePath? {
    bytes.lastIndex(of: UInt8(ascii: "/")).map { RelativePath(valid: Array(bytes[..<$0])) }
  }
}

extension RelativePath: Comparable {
  /// By bytes.
  package static func < (left: RelativePath, right: RelativePath) -> Bool {
    let order = left.bytes.withUnsafeBytes { left in
      right.bytes.withUnsafeBytes { right in
        // Neither is empty.
        memcmp(left.baseAddress!, right.baseAddress!, min(left.count, right.count))
      }
    }
    return order == 0 ? left.bytes.count < right.bytes.count : order < 0
  }
}
