import Documents

/// Tells bidirectional controls, which can make a text read otherwise than it is (Unicode Technical Report 36, section 2.10).
func directionFaults(in text: [UInt8]) -> [DocumentError] {
  var first: Int?
  text.withUnsafeBufferPointer { bytes in
    for at in bytes.indices where bytes[at] >= 0xD8 && isDirectionControl(bytes, at) {
      first = at
      return
    }
  }
  guard let first else { return [] }
  return [
    DocumentError(
      .bidirectionalControl, at: position(ofOffset: first, in: text),
      "the text has a bidirectional control, which is shown as an escape; remove it unless it is meant")
  ]
}

/// U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069.
private func isDirectionControl(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
  func byte(_ offset: Int) -> UInt8 { at + offset < bytes.count ? bytes[at + offset] : 0 }
  switch (byte(0), byte(1), byte(2)) {
  case (0xD8, 0x9C, _), (0xE2, 0x80, 0x8E), (0xE2, 0x80, 0x8F), (0xE2, 0x80, 0xAA...0xAE), (0xE2, 0x81, 0xA6...0xA9): return true
  default: return false
  }
}
