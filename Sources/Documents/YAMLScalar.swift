/// Formats a text as a YAML scalar on one line that reads back as the same text: plain if that is safe in block and
/// flow style, for keys and for values; otherwise in double quotes (YAML 1.2.2, sections 7.3.1 and 7.3.3).
package func yamlScalar(_ text: String) -> String {
  if isPlain(text) { return text }
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\\(scalar)"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    default:
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\U" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
  return result + "\""
}

/// Whether a text can be written without quotes. This is deliberately strict, to be clearly safe.
private func isPlain(_ text: String) -> Bool {
  guard let first = text.utf8.first, isLetterOrDigit(first), text.utf8.last != UInt8(ascii: " ") else { return false }
  let marks: Set<UInt8> = Set(" _-./()+$'=".utf8)
  guard text.utf8.allSatisfy({ isLetterOrDigit($0) || marks.contains($0) }) else { return false }
  return !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(text.lowercased())
}

func isLetterOrDigit(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  default: false
  }
}
