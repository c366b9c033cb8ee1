/// Gives each distinct byte string a dense number, in the order in which they are first seen.
struct ByteInterner {
  private var text: [UInt8] = []
  /// Where each string ends in ``text``.
  private var ends: [Int] = []
  /// Open addressing: 0 is free, else the number plus one. Its size is a power of two, at most two thirds full.
  private var slots = [UInt32](repeating: 0, count: 1024)

  var count: Int { ends.count }

  subscript(number: Int) -> ArraySlice<UInt8> { text[(number == 0 ? 0 : ends[number - 1])..<ends[number]] }

  mutating func intern(_ bytes: [UInt8]) -> Int {
    if (ends.count + 1) * 3 > slots.count * 2 { grow() }
    var slot = hash(bytes[...]) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if self[number].elementsEqual(bytes) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    text += bytes
    ends.append(text.count)
    slots[slot] = UInt32(ends.count)
    return ends.count - 1
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for number in ends.indices {
      var slot = hash(self[number]) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }

  /// FNV-1a with a last mix, since the low bits choose the slot.
  private func hash(_ bytes: ArraySlice<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    bytes.withUnsafeBufferPointer { bytes in
      for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    hash ^= hash >> 32
    return Int(truncatingIfNeeded: hash & 0x7FFF_FFFF_FFFF_FFFF)
  }
}
