import XML

/// A value as data for a page's script: JSON (RFC 8259) that is also safe inside a script. A control that turns the direction of a text is
/// written as `[U+202E]`, as pages show it.
indirect enum ScriptValue: Sendable {
  case number(Int)
  case text(String)
  case list([ScriptValue])
  /// Members, in order.
  case map([(String, ScriptValue)])

  /// A classic script that assigns the value to a global name on the page.
  func script(naming name: String) -> [UInt8] {
    var bytes = Array("globalThis.\(name) = ".utf8)
    append(to: &bytes)
    bytes += ";\n".utf8
    return bytes
  }

  private func append(to bytes: inout [UInt8]) {
    switch self {
    case .number(let number): bytes += String(number).utf8
    case .text(let text): ScriptValue.quote(text, to: &bytes)
    case .list(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        item.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .map(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        ScriptValue.quote(member.0, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.1.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Escapes, in addition to what JSON requires, `<`, which could end a script element, and U+2028 and U+2029, which
  /// used to end lines in scripts.
  private static func quote(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in shownText(text).unicodeScalars {
      switch scalar {
      case "\"": bytes += "\\\"".utf8
      case "\\": bytes += "\\\\".utf8
      case "\u{0}"..."\u{1F}", "<", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        bytes += "\\u\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)".utf8
      default: bytes += scalar.utf8
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
