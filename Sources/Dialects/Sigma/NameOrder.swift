/// Names in byte order, so that those with the same beginning are found without looking at the others.
struct NameOrder {
  private let names: [[UInt8]]
  /// Each name's index in the original list.
  private let places: [Int]

  init(_ names: [[UInt8]]) {
    places = names.indices.sorted { names[$0].lexicographicallyPrecedes(names[$1]) }
    self.names = places.map { names[$0] }
  }

  /// The maximum number of steps to sort this many names of this total length.
  static func work(count: Int, length: Int) -> Int { (count * 16 + length) * (count + 1).logarithm }

  /// The maximum number of steps to look up a prefix.
  func work(prefixLength: Int) -> Int { (32 + 2 * prefixLength) * (names.count + 1).logarithm }

  /// The original indices of the names with this prefix.
  func places(of prefix: [UInt8]) -> ArraySlice<Int> {
    let start = firstIndex(from: 0) { !$0.lexicographicallyPrecedes(prefix) }
    return places[start..<firstIndex(from: start) { !$0.starts(with: prefix) }]
  }

  /// The first name that meets a condition which all names after it meet, too.
  private func firstIndex(from start: Int, where isSo: ([UInt8]) -> Bool) -> Int {
    var (low, high) = (start, names.count)
    while low < high {
      let middle = low + (high - low) / 2
      if isSo(names[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Int {
  /// The number of significant bits: one more than the whole part of the binary logarithm.
  fileprivate var logarithm: Int { Int.bitWidth - leadingZeroBitCount }
}
