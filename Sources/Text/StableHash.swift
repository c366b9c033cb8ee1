/// A hash of a text as eight hexadecimal digits (FNV-1a, 32 bits): the same in every run and on every machine, unlike
/// Swift's own hashes.
package func stableHash(of text: String) -> String {
  var hash: UInt32 = 0x811C_9DC5
  for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 8 - digits.utf8.count) + digits
}
