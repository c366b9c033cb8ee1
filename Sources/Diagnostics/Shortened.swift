/// A text shortened for use in a message: one line of at most 120 characters.
///
/// The value that a message is about may be megabytes long; the location shows where to find the rest.
package func shortened(_ text: some StringProtocol) -> String {
  let limit = 120
  // Most texts are short and on one line.
  if text.utf8.count <= limit, text.utf8.allSatisfy({ (0x20..<0x80).contains($0) }) { return String(text) }
  // A scalar has at most four bytes, so this reads only the start of the text, however long it is.
  var scalars = String.UnicodeScalarView()
  var count = 0
  for scalar in text.unicodeScalars {
    guard count < limit else {
      scalars.removeLast()
      scalars.append("…")
      break
    }
    scalars.append(isLineEnd(scalar) ? " " : scalar)
    count += 1
  }
  return String(scalars)
}

/// A character that ends a line in a terminal or an editor.
private func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "\n", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}": true
  default: false
  }
}
