/// Names in the order of their bytes, so that those that begin alike are found without a look at the others.
struct NameOrder {
  private let names: [[UInt8]]
  /// The place of each in what it was made of.
  private let places: [Int]

  init(_ names: [[UInt8]]) {
    places = names.indices.sorted { names[$0].lexicographicallyPrecedes(names[$1]) }
    self.names = places.map { names[$0] }
  }

  /// How many steps it takes at most to make one of so many names, which are so long together.
  static func work(count: Int, length: Int) -> Int { (count * 16 + length) * (count + 1).logarithm }

  /// How many steps it takes at most to look for a beginning.
  func work(prefixLength: Int) -> Int { (32 + 2 * prefixLength) * (names.count + 1).logarithm }

  /// The places of the names that begin so.
  func places(of prefix: [UInt8]) -> ArraySlice<Int> {
    let start = firstIndex(from: 0) { !$0.lexicographicallyPrecedes(prefix) }
    return places[start..<firstIndex(from: start) { !$0.starts(with: prefix) }]
  }

  /// The first name for which something is so that is so for all that follow.
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
  /// The number's bits: one more than the whole part of its binary logarithm.
  fileprivate var logarithm: Int { Int.bitWidth - leadingZeroBitCount }
}
