extension Node {
  /// The type of a scalar that follows from its form alone (YAML 1.1, as the tools that run rules read it): a quoted or
  /// block scalar is always text.
  package enum ScalarKind: Hashable, Sendable {
    case text, number, boolean, null
  }

  /// nil for a sequence or a mapping.
  package var scalarKind: ScalarKind? {
    guard kind == .scalar else { return nil }
    guard style == .plain else { return .text }
    if isNull { return .null }
    if boolean != nil { return .boolean }
    return isNumber(text ?? "") ? .number : .text
  }
}

/// Whether a text is an integer or a float: decimal, octal, hexadecimal or binary, with `_` between digits.
private func isNumber(_ text: String) -> Bool {
  var rest = text.utf8[...]
  if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
  let unsigned = String(decoding: rest, as: UTF8.self).lowercased()
  if [".inf", ".nan"].contains(unsigned) { return true }
  guard let first = unsigned.utf8.first, isDigit(first) || first == UInt8(ascii: ".") else { return false }
  let digits = unsigned.replacing("_", with: "")
  for (prefix, radix) in [("0x", 16), ("0b", 2), ("0o", 8)] where digits.hasPrefix(prefix) {
    return UInt64(digits.dropFirst(2), radix: radix) != nil
  }
  return Double(digits) != nil
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
