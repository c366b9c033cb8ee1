import Glibc

/// The order of two texts by their UTF-8 bytes, which doesn't depend on the locale and distinguishes texts that Swift
/// considers equal.
///
/// - Returns: negative if `left` comes first, 0 if the bytes are the same, positive if `right` comes first.
package func byteOrder(_ left: String, _ right: String) -> Int {
  // Contiguous bytes, which all but bridged strings have, are compared at once.
  let order = left.utf8.withContiguousStorageIfAvailable { first in
    right.utf8.withContiguousStorageIfAvailable { second in
      guard let one = first.baseAddress, let other = second.baseAddress else { return first.count - second.count }
      let order = Int(memcmp(one, other, min(first.count, second.count)))
      return order != 0 ? order : first.count - second.count
    }
  }
  if let order = order?.flatMap({ $0 }) { return order }
  return left.utf8.elementsEqual(right.utf8) ? 0 : left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
}

/// Whether a text comes before another in UTF-8 byte order: `names.sorted(by: inByteOrder)`.
package func inByteOrder(_ left: String, _ right: String) -> Bool { byteOrder(left, right) < 0 }
