/// A 64-bit digest of values added one by one: the same in every run and on every machine, unlike Swift's own hashes.
///
/// It is FNV-1a with the last step of MurmurHash3, so that each bit of a value affects each bit of the digest. A text
/// ends with the byte 0xFF, which never occurs in UTF-8, so two different lists of texts never yield the same bytes.
package struct StableDigest: Sendable {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  package init() {}

  package mutating func add(byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }

  package mutating func add(bytes: some Sequence<UInt8>) {
    for byte in bytes { add(byte: byte) }
  }

  package mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte: byte) }
    add(byte: 0xFF)
  }

  package mutating func add(_ texts: some Collection<String>) {
    add(UInt64(texts.count))
    for text in texts { add(text) }
  }

  package mutating func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }

  package mutating func add(_ number: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) { add(byte: UInt8(truncatingIfNeeded: number >> shift)) }
  }

  package var value: UInt64 {
    var value = state
    value = (value ^ (value >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    value = (value ^ (value >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return value ^ (value >> 33)
  }
}
