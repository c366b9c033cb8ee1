/// Reads JSON (RFC 8259), which is YAML but for how it writes characters beyond the Basic Multilingual Plane: as the two halves of
/// a surrogate pair (section 7). In a line that has such a pair, later columns count two less for each.
///
/// - Throws: the first fault, with its place.
package func parseJSON(_ source: [UInt8], limits: DocumentLimits) throws(DocumentError) -> Node? {
  try parse(withJoinedSurrogates(source), limits: limits, language: "JSON").first
}

/// Writes `\ud83d\ude00` as YAML does: `\U0001F600`. Half a pair is no character, and stays for the parser to refuse.
private func withJoinedSurrogates(_ source: [UInt8]) -> [UInt8] {
  let backslash = UInt8(ascii: "\\")
  func unit(at index: Int) -> UInt32? {
    guard index + 6 <= source.count, source[index] == backslash, source[index + 1] == UInt8(ascii: "u") else {
      return nil
    }
    return UInt32(String(decoding: source[index + 2..<index + 6], as: UTF8.self), radix: 16)
  }
  var result: [UInt8] = []
  var copied = 0
  var index = 0
  while index < source.count, let escape = source[index...].firstIndex(of: backslash) {
    index = escape + 2
    guard let high = unit(at: escape), (0xD800..<0xDC00).contains(high), let low = unit(at: escape + 6),
      (0xDC00..<0xE000).contains(low)
    else { continue }
    let digits = String(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00), radix: 16)
    result += source[copied..<escape]
    result += ("\\U" + String(repeating: "0", count: 8 - digits.utf8.count) + digits).utf8
    index = escape + 12
    copied = index
  }
  return copied == 0 ? source : result + source[copied...]
}
