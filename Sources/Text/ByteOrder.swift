import Glibc

/// The order of two texts by their UTF-8 bytes, which is the same in every locale, and for texts that Swift takes to be
/// equal as well.
///
/// - Returns: below 0 where `left` comes first, 0 where their bytes are the same, above 0 where `right` comes first.
package func byteOrder(_ left: String, _ right: String) -> Int {
  // Bytes that lie in one piece, as they do but for texts of other systems, are compared at once.
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

/// Whether a text comes before another one in the order of their UTF-8 bytes: `names.sorted(by: inByteOrder)`.
package func inByteOrder(_ left: String, _ right: String) -> Bool { byteOrder(left, right) < 0 }
