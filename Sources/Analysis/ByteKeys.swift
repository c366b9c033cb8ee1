/// Distinct byte strings in the order in which they were added, each with its hash.
struct ByteKeys: Sendable {
  private(set) var hashes: [UInt64] = []
  private var text: [UInt8] = []
  /// The end of each string in ``text``.
  private var ends: [Int32] = []
  /// The numbers of the strings with each hash, if there are more than a few strings.
  private var numbers: [UInt64: [Int]] = [:]

  /// Up to this many strings are searched one by one.
  private static let few = 16

  var count: Int { hashes.count }

  /// - Returns: whether it is new.
  mutating func insert(_ key: [UInt8]) -> Bool { numberOrInsert(key).isNew }

  /// The number of a string, which is added if it is new.
  mutating func numberOrInsert(_ key: [UInt8]) -> (number: Int, isNew: Bool) {
    let hash = key.withUnsafeBufferPointer { hashOfBytes($0) }
    let known =
      numbers.isEmpty
      ? hashes.indices.first { hashes[$0] == hash && isSame($0, key) } : numbers[hash]?.first { isSame($0, key) }
    if let known { return (known, false) }
    hashes.append(hash)
    text += key
    ends.append(Int32(truncatingIfNeeded: text.count))
    if !numbers.isEmpty {
      numbers[hash, default: []].append(count - 1)
    } else if count > ByteKeys.few {
      for number in hashes.indices { numbers[hashes[number], default: []].append(number) }
    }
    return (count - 1, true)
  }

  /// Frees what is only needed for adding.
  mutating func finish() { numbers = [:] }

  private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number]) }

  private func isSame(_ number: Int, _ key: [UInt8]) -> Bool { text[range(number)].elementsEqual(key) }

  func withBytes<Result>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    text.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range(number)])) }
  }
}

/// FNV-1a with a final mixing step, since the low bits choose a table's slot.
func hashOfBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return hash ^ (hash >> 32)
}
