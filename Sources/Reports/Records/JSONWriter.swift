/// Writes JSON incrementally (RFC 8259), with each member of the outermost lists on a line.
///
/// Characters that XML forbids become U+FFFD, as in everything Ruledex writes.
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false
  /// How many objects and arrays are open.
  private var depth = 0

  package init() {}

  package mutating func object(_ key: String? = nil, _ members: (inout JSONWriter) -> Void) {
    enclose(key, UInt8(ascii: "{"), UInt8(ascii: "}"), members)
  }

  package mutating func array(_ key: String? = nil, _ items: (inout JSONWriter) -> Void) {
    enclose(key, UInt8(ascii: "["), UInt8(ascii: "]"), items)
  }

  package mutating func string(_ key: String, _ value: String) {
    begin(key)
    quote(value)
  }

  /// An item of an array.
  package mutating func string(_ value: String) {
    begin(nil)
    quote(value)
  }

  /// Omits the member if there is no value.
  package mutating func optionalString(_ key: String, _ value: String?) {
    if let value { string(key, value) }
  }

  package mutating func strings(_ key: String, _ values: some Sequence<String>) {
    array(key) { json in for value in values { json.string(value) } }
  }

  package mutating func number(_ key: String? = nil, _ value: Int) {
    begin(key)
    bytes += String(value).utf8
  }

  /// Omits the member if there is no value.
  package mutating func optionalNumber(_ key: String, _ value: Int?) {
    if let value { number(key, value) }
  }

  /// A non-negative number with two decimals: `0.42` for 42.
  package mutating func hundredths(_ key: String, _ value: Int) {
    begin(key)
    bytes += Reports.hundredths(value).utf8
  }

  package mutating func bool(_ key: String? = nil, _ value: Bool) {
    begin(key)
    bytes += (value ? "true" : "false").utf8
  }

  /// Starts a new line before the next member, or ends the last one.
  package mutating func newLine() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func enclose(_ key: String?, _ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
    begin(key)
    bytes.append(open)
    needsComma = false
    depth += 1
    body(&self)
    depth -= 1
    bytes.append(close)
    // Nothing follows the outermost value.
    needsComma = depth > 0
  }

  private mutating func begin(_ key: String?) {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
    if let key {
      quote(key)
      bytes.append(UInt8(ascii: ":"))
    }
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    let isPlain = text.withUTF8 { utf8 in
      guard utf8.allSatisfy(isPlainInJSON) else { return false }
      bytes.append(contentsOf: utf8)
      return true
    }
    if !isPlain { for scalar in text.unicodeScalars { escape(scalar) } }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": bytes += "\\\"".utf8
    case "\\": bytes += "\\\\".utf8
    case "\n": bytes += "\\n".utf8
    case "\t": bytes += "\\t".utf8
    case "\r": bytes += "\\r".utf8
    case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": bytes += "\u{FFFD}".utf8
    default: bytes += scalar.utf8
    }
  }
}

/// ASCII that JSON text holds unescaped.
private func isPlainInJSON(_ byte: UInt8) -> Bool {
  byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
}

/// Hundredths as a number with two decimals: `0.42` for 42.
func hundredths(_ value: Int) -> String { "\(value / 100).\(value % 100 < 10 ? "0" : "")\(value % 100)" }
