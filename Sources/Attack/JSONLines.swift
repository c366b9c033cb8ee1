/// Writes a JSON object whose lists have a line for each record, so that versions can be compared by line.
struct JSONLines {
  private var text = "{"

  mutating func field(_ key: String, _ value: String) { begin(key, json(value)) }
  mutating func field(_ key: String, number: Int) { begin(key, "\(number)") }

  mutating func list<Element>(_ key: String, _ elements: [Element], _ record: (Element) -> String) {
    begin(key, "[" + elements.map { "\n" + record($0) }.joined(separator: ",") + "\n]")
  }

  consuming func finish() -> [UInt8] { Array((text + "\n}\n").utf8) }

  private mutating func begin(_ key: String, _ value: String) {
    text += (text.utf8.count == 1 ? "\n" : ",\n") + json(key) + ":" + value
  }
}

/// A JSON string (RFC 8259, section 7). Controls are escaped, also those that JSON allows and YAML forbids.
func json(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\\(scalar)"
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FEFF}", "\u{FFFE}"..."\u{FFFF}":
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
