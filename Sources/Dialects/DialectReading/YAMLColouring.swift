/// Splits YAML into lines, and lines into the parts to colour: keys, the names of search identifiers, comments. It
/// reads line by line and knows just enough YAML not to mistake text for a key; the parts joined together are exactly
/// the text.
package struct YAMLColouring {
  /// Which keys name the parts that a rule is composed of.
  package struct Definitions: Sendable {
    /// Keys of a document whose child keys are such names.
    package var sections: Set<String>
    /// Child keys that aren't.
    package var exceptions: Set<String>

    package init(in sections: Set<String> = [], except exceptions: Set<String> = []) {
      (self.sections, self.exceptions) = (sections, exceptions)
    }
  }

  private enum Quote: Character {
    case single = "'"
    case double = "\""
  }

  /// The indentation of the key whose block text the current line belongs to.
  private var blockIndent: Int?
  /// The quote that an earlier line left open.
  private var openQuote: Quote?
  private let definitions: Definitions
  /// In a section of definitions: the indentation of its keys, once known.
  private var section: (isOpen: Bool, indent: Int?) = (false, nil)

  private init(_ definitions: Definitions) { self.definitions = definitions }

  /// - Parameter first: the number of the text's first line.
  package static func lines(
    of text: String, from first: Int = 1, definitions: Definitions = Definitions()
  ) -> [BodyLine] {
    var colouring = YAMLColouring(definitions)
    return BodyLine.lines(of: text).enumerated().map { colouring.line(Array($1.utf8), number: first + $0) }
  }

  private mutating func line(_ bytes: [UInt8], number: Int) -> BodyLine {
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    var line = BodyLine(number: number)
    var at = bytes.prefix { $0 == UInt8(ascii: " ") }.count
    if let indent = blockIndent {
      let isBlank = bytes[at...].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
      if isBlank || at > indent {
        line.lead = text(0..<bytes.count)
        return line
      }
      blockIndent = nil
    }
    if openQuote == nil {
      while at + 1 < bytes.count, bytes[at] == UInt8(ascii: "-"), bytes[at + 1] == UInt8(ascii: " ") {
        at += 1
        while at < bytes.count, bytes[at] == UInt8(ascii: " ") { at += 1 }
      }
      if let end = endOfKey(bytes, from: at) {
        line.lead = text(0..<at)
        line.key = text(at..<end)
        line.keyKind = kindOfKey(bytes[at..<end], indent: at)
        noteBlock(after: bytes[end...], indent: at)
        at = end
      }
    }
    let start = line.key.isEmpty ? 0 : at
    guard let comment = startOfComment(bytes, from: at) else {
      if line.key.isEmpty { line.lead = text(start..<bytes.count) } else { line.rest = text(start..<bytes.count) }
      return line
    }
    if line.key.isEmpty { line.lead = text(start..<comment) } else { line.rest = text(start..<comment) }
    let end = bytes.count - bytes.reversed().prefix { $0 == 0x0A || $0 == 0x0D }.count
    line.comment = text(comment..<end)
    line.end = text(end..<bytes.count)
    return line
  }

  /// The index after a key's colon; nil if the line has no key.
  private func endOfKey(_ bytes: [UInt8], from start: Int) -> Int? {
    guard start < bytes.count, bytes[start] != UInt8(ascii: "#") else { return nil }
    var at = start
    if bytes[at] == UInt8(ascii: "'") || bytes[at] == UInt8(ascii: "\"") {
      guard let close = bytes[(at + 1)...].firstIndex(of: bytes[at]) else { return nil }
      at = close + 1
      return isColon(bytes, at) ? at + 1 : nil
    }
    guard !"[{|>&*!%@`".utf8.contains(bytes[at]) else { return nil }
    while at < bytes.count {
      if isColon(bytes, at) { return at + 1 }
      if bytes[at] == UInt8(ascii: "#"), bytes[at - 1] == UInt8(ascii: " ") { return nil }
      at += 1
    }
    return nil
  }

  private func isColon(_ bytes: [UInt8], _ at: Int) -> Bool {
    guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { return false }
    return at + 1 == bytes.count || bytes[at + 1] <= UInt8(ascii: " ")
  }

  private mutating func kindOfKey(_ key: ArraySlice<UInt8>, indent: Int) -> BodyLine.KeyKind {
    let name = String(decoding: key.dropLast(), as: UTF8.self)
    if indent == 0 {
      section = (definitions.sections.contains(name), nil)
      return .key
    }
    guard section.isOpen else { return .key }
    if section.indent == nil { section.indent = indent }
    return section.indent == indent && !definitions.exceptions.contains(name) ? .definition : .key
  }

  /// A value that starts with `|` or `>` continues on the more deeply indented lines below.
  private mutating func noteBlock(after rest: ArraySlice<UInt8>, indent: Int) {
    let value = rest.drop { $0 == UInt8(ascii: " ") }
    if value.first == UInt8(ascii: "|") || value.first == UInt8(ascii: ">") { blockIndent = indent }
  }

  /// Where a comment starts: at a `#` after white space, outside quotes. Remembers a quote that stays open.
  private mutating func startOfComment(_ bytes: [UInt8], from start: Int) -> Int? {
    var at = start
    var isValueStart = openQuote == nil
    var isFlow = false
    while at < bytes.count {
      let character = Character(Unicode.Scalar(bytes[at]))
      if let quote = openQuote {
        if quote == .double, character == "\\" {
          at += 1
        } else if character == quote.rawValue {
          openQuote = nil
        }
      } else if isValueStart, let quote = Quote(rawValue: character) {
        openQuote = quote
      } else if character == "#", at == 0 || bytes[at - 1] <= UInt8(ascii: " ") {
        return at
      }
      if isValueStart, character == "[" || character == "{" { isFlow = true }
      if bytes[at] > UInt8(ascii: " ") { isValueStart = isFlow && ",[{:".contains(character) }
      at += 1
    }
    return nil
  }
}
