import Glibc

/// A text normalised for comparison: each scalar in lower case (Unicode Standard, section 4.2), without Unicode
/// normalisation, and control characters as spaces.
package struct FoldedText: Hashable, Sendable {
  /// UTF-8.
  package let bytes: [UInt8]

  package init(_ text: String) {
    // Most texts are ASCII, and Unicode's properties are expensive.
    bytes =
      if text.utf8.allSatisfy({ $0 < 0x80 }) {
        text.utf8.map { byte in
          switch byte {
          case 0..<0x20: 0x20
          case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
          default: byte
          }
        }
      } else {
        text.unicodeScalars.flatMap { scalar in
          scalar.value < 0x20 ? [0x20] : Array(scalar.properties.lowercaseMapping.utf8)
        }
      }
  }

  package func contains(_ part: FoldedText) -> Bool {
    guard let first = part.bytes.first else { return true }
    return bytes.withUnsafeBytes { whole in
      part.bytes.withUnsafeBytes { part in
        guard var start = whole.baseAddress, let sought = part.baseAddress else { return false }
        // Swift doesn't expose glibc's memmem.
        let end = start + whole.count
        while end - start >= part.count, let found = memchr(start, Int32(first), end - start - part.count + 1) {
          if memcmp(found, sought, part.count) == 0 { return true }
          start = UnsafeRawPointer(found) + 1
        }
        return false
      }
    }
  }
}
