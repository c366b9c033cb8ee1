/// Assigns each distinct byte string a sequential number, in the order in which they are first seen.
struct ByteInterner {
  private var text: [UInt8] = []
  /// The end of each string in ``text``, and its hash.
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  /// Open addressing: 0 if free, otherwise the number plus one. The size is a power of two, at most two thirds full.
  private var slots = [UInt32](repeating: 0, count: 1024)

  var count: Int { ends.count }

  mutating func intern(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBufferPointer { intern($0, hash: hashOfBytes($0)) }
  }

  /// - Parameter hash: the hash of the bytes, from ``hashOfBytes(_:)``.
  mutating func intern(_ bytes: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
    if (ends.count + 1) * 3 > slots.count * 2 { grow() }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash, isSame(number, bytes) { return number }
      slot = (slot + 1) & mask
    }
    text += bytes
    ends.append(text.count)
    hashes.append(hash)
    slots[slot] = UInt32(ends.count)
    return ends.count - 1
  }

  private func isSame(_ number: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = number == 0 ? 0 : ends[number - 1]
    guard ends[number] - start == bytes.count else { return false }
    return text.withUnsafeBufferPointer { text in
      bytes.indices.allSatisfy { text[start + $0] == bytes[$0] }
    }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for number in ends.indices {
      var slot = Int(truncatingIfNeeded: hashes[number]) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number + 1)
    }
  }
}
