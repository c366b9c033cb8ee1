import Diagnostics

/// Parses one JSON value (RFC 8259); nil for a file without content. Comments, `// …` and `/* … */`, count as white space:
/// templates for Azure and editors' own files have them.
///
/// Texts have their escapes undone; numbers, booleans and null keep their text. Unescaped U+FFFE and U+FFFF, which XML
/// forbids, become the replacement character.
///
/// - Throws: the first error, with its position.
package func parseJSON(
  _ source: [UInt8], replaced: [Replacement] = [], limits: DocumentLimits
) throws(DocumentError) -> Node? {
  var parser = try JSONParser(source, replaced, limits: limits)
  guard try parser.takeValue() else { return nil }
  if !parser.isAtEnd { throw parser.fault("something follows the value") }
  return parser.builder.finish().first
}

/// Parses a sequence of JSON values, such as one on each line (NDJSON).
///
/// - Throws: the first error, with its position.
package func parseJSONLines(
  _ source: [UInt8], replaced: [Replacement] = [], limits: DocumentLimits = .standard
) throws(DocumentError) -> [Node] {
  var parser = try JSONParser(source, replaced, limits: limits)
  while try parser.takeValue() {}
  return parser.builder.finish()
}

/// Parses a text byte by byte, without recursion.
private struct JSONParser {
  private let source: [UInt8]
  private let limits: DocumentLimits
  private(set) var builder: ArenaBuilder
  private var at = 0

  init(_ source: [UInt8], _ replaced: [Replacement], limits: DocumentLimits) throws(DocumentError) {
    self.source = try parsedText(source, limits: limits)
    self.limits = limits
    builder = ArenaBuilder(.json, source: self.source, replaced: replaced)
  }

  private var byte: UInt8 { at < source.count ? source[at] : 0 }

  var isAtEnd: Bool {
    mutating get {
      skipWhiteSpace()
      return at == source.count
    }
  }

  /// - Returns: whether there was a value.
  mutating func takeValue() throws(DocumentError) -> Bool {
    if isAtEnd { return false }
    // The brackets that are open.
    var open: [UInt8] = []
    repeat {
      skipWhiteSpace()
      // A value is expected here, or a key in an object; after an opening bracket, possibly its closing one.
      if let bracket = open.last {
        let isFirst = builder.isFirst
        if isFirst, byte == bracket + 2 {
          close(&open)
          try takeEnds(&open)
          continue
        }
        if bracket == UInt8(ascii: "{") { try takeKey() }
      }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard open.count < limits.depth else {
          throw error(.jsonDepth, "nested more than \(limits.depth) deep; flatten it")
        }
        open.append(byte)
        builder.begin(byte == UInt8(ascii: "{") ? .mapping : .sequence, at: at)
        at += 1
      case UInt8(ascii: "\""):
        try takeText()
        try takeEnds(&open)
      default:
        try takeWord()
        try takeEnds(&open)
      }
    } while !open.isEmpty
    return true
  }

  // MARK: Lists and objects

  /// What may follow a value: closing brackets, then a comma.
  private mutating func takeEnds(_ open: inout [UInt8]) throws(DocumentError) {
    while let bracket = open.last {
      skipWhiteSpace()
      if byte == UInt8(ascii: ","), at < source.count {
        at += 1
        return
      }
      // In ASCII, `]` and `}` are two after `[` and `{`.
      guard at < source.count, byte == bracket + 2 else {
        throw fault("expected ',' or '\(Character(Unicode.Scalar(bracket + 2)))'")
      }
      close(&open)
    }
  }

  private mutating func close(_ open: inout [UInt8]) {
    open.removeLast()
    builder.end()
    at += 1
  }

  private mutating func takeKey() throws(DocumentError) {
    guard byte == UInt8(ascii: "\"") else { throw fault("expected a key in double quotes") }
    try takeText()
    skipWhiteSpace()
    guard byte == UInt8(ascii: ":") else { throw fault("expected ':' after the key") }
    at += 1
    skipWhiteSpace()
  }

  // MARK: Scalars

  /// A number, `true`, `false` or `null`.
  private mutating func takeWord() throws(DocumentError) {
    let start = at
    while at < source.count, isLetterOrDigit(byte) || "+-.".utf8.contains(byte) { at += 1 }
    let word = source[start..<at]
    let isKnown = ["true", "false", "null"].contains { word.elementsEqual($0.utf8) }
    guard isKnown || isNumber(word) else {
      at = start
      if source[at...].starts(with: "/*".utf8) { throw fault("the comment that starts here isn't closed") }
      throw fault(
        word.isEmpty ? "expected a value" : "'\(shortened(String(decoding: word, as: UTF8.self)))' isn't a value")
    }
    builder.add(word, style: .plain, at: start)
  }

  /// RFC 8259, section 6.
  private func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
    var rest = word
    func digits() -> Int {
      let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let startsWithZero = rest.first == UInt8(ascii: "0")
    let whole = digits()
    if whole == 0 || startsWithZero && whole > 1 { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      if digits() == 0 { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
      if digits() == 0 { return false }
    }
    return rest.isEmpty
  }

  private mutating func takeText() throws(DocumentError) {
    let start = at
    at += 1
    // Most texts need no changes.
    var end = at
    while end < source.count, source[end] >= 0x20, source[end] < 0x80, source[end] != UInt8(ascii: "\""),
      source[end] != UInt8(ascii: "\\")
    { end += 1 }
    if end < source.count, source[end] == UInt8(ascii: "\"") {
      builder.add(source[at..<end], style: .doubleQuoted, at: start)
      at = end + 1
      return
    }
    var text: [UInt8] = []
    while at < source.count, byte != UInt8(ascii: "\"") {
      switch byte {
      case UInt8(ascii: "\\"): text += try takeEscape()
      case 0..<0x20: throw fault("a text has a control character; write it as an escape")
      case 0..<0x80:
        text.append(byte)
        at += 1
      default:
        let (scalar, length) = decodeScalar(source, at: at)
        guard let scalar else { throw fault("a byte of the text isn't UTF-8") }
        text += (scalar.value & 0xFFFE == 0xFFFE && scalar.value < 0x10000 ? "\u{FFFD}" : scalar).utf8Bytes
        at += length
      }
    }
    guard at < source.count else {
      at = start
      throw fault("the text that starts here isn't closed")
    }
    builder.add(text, style: .doubleQuoted, at: start)
    at += 1
  }

  /// RFC 8259, section 7.
  private mutating func takeEscape() throws(DocumentError) -> [UInt8] {
    let escape = at + 1 < source.count ? source[at + 1] : 0
    if let byte = JSONParser.escapes[escape] {
      at += 2
      return [byte]
    }
    guard escape == UInt8(ascii: "u"), let unit = unit(at: at) else { throw fault("the escape isn't JSON's") }
    if let scalar = Unicode.Scalar(UInt32(unit)) {
      at += 6
      return scalar.utf8Bytes
    }
    // `\ud83d\ude00`: a surrogate pair for one character.
    guard UTF16.isLeadSurrogate(unit), let low = self.unit(at: at + 6), UTF16.isTrailSurrogate(low) else {
      throw fault("the escape is half a character")
    }
    let value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
    guard let scalar = Unicode.Scalar(value) else { throw fault("the escape is half a character") }
    at += 12
    return scalar.utf8Bytes
  }

  private func unit(at index: Int) -> UInt16? {
    guard index + 6 <= source.count, source[index] == UInt8(ascii: "\\"), source[index + 1] == UInt8(ascii: "u"),
      source[index + 2..<index + 6].allSatisfy(isLetterOrDigit)
    else { return nil }
    return UInt16(String(decoding: source[index + 2..<index + 6], as: UTF8.self), radix: 16)
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    UInt8(ascii: "/"): UInt8(ascii: "/"),
    UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D,
    UInt8(ascii: "t"): 0x09,
  ]

  private mutating func skipWhiteSpace() {
    repeat {
      while at < source.count, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    } while skipComment()
  }

  /// - Returns: whether there was one. One that isn't closed isn't a comment, so that it is reported where it begins.
  private mutating func skipComment() -> Bool {
    guard byte == UInt8(ascii: "/"), at + 1 < source.count else { return false }
    switch source[at + 1] {
    case UInt8(ascii: "/"):
      at = source[at...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? source.count
      return true
    case UInt8(ascii: "*"):
      guard let end = source[(at + 2)...].firstRange(of: "*/".utf8) else { return false }
      at = end.upperBound
      return true
    default: return false
    }
  }

  // MARK: Faults

  func fault(_ what: String) -> DocumentError { error(.jsonSyntax, "\(what); correct the JSON here") }

  private func error(_ id: CheckID, _ message: String) -> DocumentError {
    DocumentError(id, at: builder.lines.position(ofOffset: at), message)
  }
}

extension Unicode.Scalar {
  fileprivate var utf8Bytes: [UInt8] { Array(UTF8.encode(self)!) }  // each scalar has an encoding
}
