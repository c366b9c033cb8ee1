/// A text with its ASCII letters in lower case, for comparing names of fields, events and providers.
package func lowercasedASCII(_ text: String) -> String {
  let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
  guard text.utf8.contains(where: capitals.contains) else { return text }
  return String(unsafeUninitializedCapacity: text.utf8.count) { bytes in
    let end = bytes.initialize(fromContentsOf: text.utf8)
    for place in 0..<end { bytes[place] = lowercasedASCII(bytes[place]) }
    return end
  }
}

@inlinable package func lowercasedASCII(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}
