extension String {
  /// Appends the lower-case mapping of each scalar (Unicode Standard, section 4.2), without normalising. Values that
  /// are compared case-insensitively are equal if these bytes are.
  package func appendLowercased(to bytes: inout [UInt8]) {
    var copy = self
    let isASCII = copy.withUTF8 { text in
      for byte in text where byte >= 0x80 { return false }
      for byte in text {
        bytes.append((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte)
      }
      return true
    }
    guard !isASCII else { return }
    for scalar in unicodeScalars { bytes += scalar.properties.lowercaseMapping.utf8 }
  }
}

extension Test {
  /// Whether values are compared as they are, rather than after converting each scalar to lower case.
  package var isCaseSensitive: Bool { kind == .regex || modifiers.contains(.cased) }
}
