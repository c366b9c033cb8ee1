/// Reads JSON (RFC 8259). YAML reads it too, but for characters that JSON's texts may hold as they are and YAML forbids or takes for
/// line ends, and for the surrogate pairs of JSON's escapes (section 7): these are written as YAML's escapes first. In a line that
/// has any, later columns are those of the line so written.
///
/// - Throws: the first fault, with its place.
package func parseJSON(_ source: [UInt8], limits: DocumentLimits) throws(DocumentError) -> Node? {
  try parse(escapedForYAML(source), limits: limits, language: "JSON").first
}

private func escapedForYAML(_ source: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  var copied = 0
  var index = 0
  while index < source.count {
    let byte = source[index]
    if byte < 0x7F && byte != UInt8(ascii: "\\") {
      index += 1
      continue
    }
    let found = byte == UInt8(ascii: "\\") ? surrogatePair(in: source, at: index) : unfitScalar(in: source, at: index)
    guard let (scalar, length) = found else {
      // What follows a backslash belongs to it.
      index += byte == UInt8(ascii: "\\") ? 2 : 1
      continue
    }
    let digits = String(scalar, radix: 16)
    result += source[copied..<index]
    result += ("\\U" + String(repeating: "0", count: 8 - digits.utf8.count) + digits).utf8
    index += length
    copied = index
  }
  return copied == 0 ? source : result + source[copied...]
}

/// `\ud83d\ude00`, two halves of one character. Half a pair is none, and is left for the parser to refuse.
private func surrogatePair(in source: [UInt8], at index: Int) -> (scalar: UInt32, length: Int)? {
  func unit(at index: Int) -> UInt32? {
    guard index + 6 <= source.count, source[index] == UInt8(ascii: "\\"), source[index + 1] == UInt8(ascii: "u") else {
      return nil
    }
    return UInt32(String(decoding: source[index + 2..<index + 6], as: UTF8.self), radix: 16)
  }
  guard let high = unit(at: index), (0xD800..<0xDC00).contains(high), let low = unit(at: index + 6),
    (0xDC00..<0xE000).contains(low)
  else { return nil }
  return (0x10000 + (high - 0xD800) << 10 + (low - 0xDC00), 12)
}

/// A character that YAML forbids (DEL, C1 controls, U+FFFE, U+FFFF) or breaks lines at (U+0085, U+2028, U+2029; YAML 1.1, section 4.2).
private func unfitScalar(in source: [UInt8], at index: Int) -> (scalar: UInt32, length: Int)? {
  func byte(_ offset: Int) -> UInt8 { index + offset < source.count ? source[index + offset] : 0 }
  switch (source[index], byte(1), byte(2)) {
  case (0x7F, _, _): return (0x7F, 1)
  case (0xC2, let low, _) where (0x80...0x9F).contains(low): return (UInt32(low), 2)
  case (0xE2, 0x80, let low) where low == 0xA8 || low == 0xA9: return (0x2000 | UInt32(low & 0x3F), 3)
  // As everywhere: what XML forbids, too, becomes the replacement character.
  case (0xEF, 0xBF, let low) where low == 0xBE || low == 0xBF: return (0xFFFD, 3)
  default: return nil
  }
}
