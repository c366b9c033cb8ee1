import Glibc

/// A name in a folder, as bytes, since names needn't be text: not empty, neither `.` nor `..`, without slash and zero byte.
package struct FileName: Hashable, Sendable {
  package let bytes: ArraySlice<UInt8>

  package init?(_ bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)[...]
    guard FileName.isValid(bytes) else { return nil }
    self.bytes = bytes
  }

  /// A name of ours.
  package init(_ name: StaticString) {
    bytes = name.withUTF8Buffer { Array($0)[...] }
    precondition(FileName.isValid(bytes), "it is written in the source")
  }

  /// For what was looked at before: a part of a path, or what a folder holds.
  init(valid bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  /// A prefix and letters that nobody can foresee.
  package init(randomAfter prefix: FileName) {
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
    let random = (0..<12).map { _ in letters[Int.random(in: letters.indices)] }
    // A name has at most 255 bytes.
    bytes = (prefix.bytes.prefix(255 - random.count) + random)[...]
  }

  /// As it is shown; what isn't UTF-8 is replaced.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
    let dot = UInt8(ascii: ".")
    switch bytes.count {
    case 0: return false
    case 1 where bytes.first == dot: return false
    case 2 where bytes.first == dot && bytes.last == dot: return false
    default: return !bytes.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
    }
  }

  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    Files.withCString(bytes, body)
  }
}

/// Bytes with the zero at their end that the system's calls want.
func withCString<Result>(_ bytes: ArraySlice<UInt8>, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { buffer in
    var end = 0
    for byte in bytes {
      buffer.initializeElement(at: end, to: CChar(bitPattern: byte))
      end += 1
    }
    buffer.initializeElement(at: end, to: 0)
    return body(UnsafePointer(buffer.baseAddress!))  // it has one element at least
  }
}
