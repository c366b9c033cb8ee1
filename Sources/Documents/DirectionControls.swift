/// The finding on the first bidirectional control in a text that isn't YAML; nil if there is none.
package func directionFault(in text: RepairedText) -> DocumentError? {
  firstDirectionControl(in: text.bytes).map { offset in
    DocumentError(
      .bidirectionalControl, at: TextLines(of: text.bytes, replaced: text.replaced).position(ofOffset: offset),
      "the text has a bidirectional control, which is shown as an escape; remove it unless it belongs there")
  }
}

/// The index of the first bidirectional control, which can make a text look different from what it is: U+061C, U+200E,
/// U+200F, U+202A to U+202E, U+2066 to U+2069 (Unicode Technical Report 36, section 2.10). nil if there is none.
func firstDirectionControl(in text: some RandomAccessCollection<UInt8>) -> Int? {
  text.withContiguousStorageIfAvailable { bytes in
    bytes.indices.first { bytes[$0] >= 0xD8 && isDirectionControl(bytes, $0) }
  } ?? nil
}

private func isDirectionControl(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
  func byte(_ offset: Int) -> UInt8 { at + offset < bytes.count ? bytes[at + offset] : 0 }
  switch (byte(0), byte(1), byte(2)) {
  case (0xD8, 0x9C, _), (0xE2, 0x80, 0x8E), (0xE2, 0x80, 0x8F), (0xE2, 0x80, 0xAA...0xAE), (0xE2, 0x81, 0xA6...0xA9):
    return true
  default: return false
  }
}
