/// A text for people to read in another program: each control that turns the direction of the text, and so what it seems to say, as
/// `[U+202E]` (Unicode Technical Report 36, section 2.10), as on our pages.
package func shownText(_ text: String) -> String {
  guard mayTurnDirection(text), text.unicodeScalars.contains(where: turnsDirection) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    if turnsDirection(scalar) {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      result += "[U+\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)]"
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Whether it has one of the bytes with which these controls begin: nearly no text has.
func mayTurnDirection(_ text: String) -> Bool { text.utf8.contains { $0 == 0xD8 || $0 == 0xE2 } }

func turnsDirection(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "\u{61C}", "\u{200E}", "\u{200F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": true
  default: false
  }
}
