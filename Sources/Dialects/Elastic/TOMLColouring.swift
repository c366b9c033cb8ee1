import DialectReading
import QueryLanguages
import RuleModel

/// Splits TOML into lines, and lines into the parts to colour: keys, table headers, comments, and the rule's queries.
/// It reads line by line and knows just enough TOML not to mistake text for a key; the parts joined together are
/// exactly the text.
struct TOMLColouring {
  /// The triple quotes that are open: `'''` or `"""`.
  private var openQuote: [UInt8]?
  /// Whether the text between them is a query, and the index of its first line.
  private var query: (isOpen: Bool, start: Int) = (false, 0)
  /// The last key: an item of a list over several lines belongs to its value.
  private var key = ""
  private var lines: [BodyLine] = []
  private let language: DeclaredLanguage
  private static let quotes = [Array("'''".utf8), Array("\"\"\"".utf8)]

  /// - Parameter first: the number of the text's first line.
  static func lines(of text: String, from first: Int) -> [BodyLine] {
    let lines = BodyLine.lines(of: text)
    var colouring = TOMLColouring(DeclaredLanguage(in: lines))
    for (index, line) in lines.enumerated() { colouring.read(Array(line.utf8), number: first + index) }
    return colouring.lines
  }

  private init(_ language: DeclaredLanguage) { self.language = language }

  private mutating func read(_ bytes: [UInt8], number: Int) {
    var line = BodyLine(number: number)
    defer { lines.append(line) }
    var at = 0
    if let quote = openQuote {
      guard let end = place(of: quote, in: bytes[...]) else {
        line.lead = text(bytes[...])
        return
      }
      line.lead = text(bytes[..<end])
      closeQuery(with: line)
      if query.isOpen { line = lines.removeLast() }
      query.isOpen = false
      openQuote = nil
      line.rest = text(bytes[end..<(end + quote.count)])
      at = end + quote.count
    } else {
      let start = bytes.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
      let end = endOfKey(bytes, from: start)
      line.lead = text(bytes[..<start])
      line.key = text(bytes[start..<end])
      if !line.key.isEmpty { key = line.key }
      at = end
    }
    finish(&line, bytes, from: at)
    if !line.query.isEmpty {
      // The query's closing quotes come after it.
      line.query.append(ColouredRun(.plain, line.rest))
      line.rest = ""
    }
  }

  /// Remembers a text that continues below, and splits off a comment.
  private mutating func finish(_ line: inout BodyLine, _ bytes: [UInt8], from start: Int) {
    var at = start
    while at < bytes.count, bytes[at] != UInt8(ascii: "#") {
      if let quote = Self.quotes.first(where: { bytes[at...].starts(with: $0) }) {
        guard let end = place(of: quote, in: bytes[(at + 3)...]) else {
          openQuote = quote
          query = (key == "query" && bytes[(at + 3)...].allSatisfy { $0 <= UInt8(ascii: " ") }, lines.count + 1)
          at = bytes.count
          break
        }
        at = end + 3
      } else if bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") {
        at = endOfText(bytes, from: at)
      } else {
        at += 1
      }
    }
    line.rest += text(bytes[start..<at])
    guard at < bytes.count else { return }
    let end = bytes.count - bytes.reversed().prefix { $0 == 0x0A || $0 == 0x0D }.count
    line.comment = text(bytes[at..<end])
    line.end = text(bytes[end...])
  }

  private mutating func closeQuery(with last: BodyLine) {
    guard query.isOpen else { return }
    lines.append(last)
    let text = lines[query.start...].map(\.lead).joined()
    if let language = language.language(of: text) {
      lines.colourQuery(at: query.start..<lines.count, language.grammar)
    }
  }

  /// The index after a key or a table header; the start if there is none.
  private func endOfKey(_ bytes: [UInt8], from start: Int) -> Int {
    guard start < bytes.count else { return start }
    if bytes[start] == UInt8(ascii: "["), start == 0 {
      return bytes[start...].lastIndex(of: UInt8(ascii: "]")).map { $0 + 1 } ?? start
    }
    var at = start
    while at < bytes.count, bytes[at] != UInt8(ascii: "=") {
      if bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") {
        at = endOfText(bytes, from: at)
      } else if bytes[at] > 0x7F || "#[]{},".utf8.contains(bytes[at]) {
        return start
      } else {
        at += 1
      }
    }
    guard at < bytes.count else { return start }
    return at - bytes[start..<at].reversed().prefix { $0 <= UInt8(ascii: " ") }.count
  }

  /// The index after a text in single-line quotes, or the line's end.
  private func endOfText(_ bytes: [UInt8], from start: Int) -> Int {
    var at = start + 1
    while at < bytes.count, bytes[at] != bytes[start] {
      at += bytes[at] == UInt8(ascii: "\\") && bytes[start] == UInt8(ascii: "\"") ? 2 : 1
    }
    return min(at + 1, bytes.count)
  }

  private func place(of quote: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= quote.count else { return nil }
    return (bytes.startIndex...bytes.endIndex - quote.count).first { bytes[$0...].starts(with: quote) }
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// What a file says about the language of its queries.
private struct DeclaredLanguage {
  private var names: [QueryLanguage] = []
  private var isHunt = false
  private var isDeclared = false

  init(in lines: [Substring]) {
    for line in lines {
      if line.hasPrefix("[hunt]") { isHunt = true }
      guard line.hasPrefix("language") || line.hasPrefix("type") else { continue }
      // The quoted texts: `language = ["ES|QL", "EQL"]`.
      let values = line.split { $0 == "\"" || $0 == "'" }.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
      let known = values.compactMap { QueryLanguage(elasticName: String($0)) }
      if line.hasPrefix("language") { isDeclared = true }
      names += known.filter { !names.contains($0) }
    }
  }

  /// A rule that names none uses Kibana's, and an endpoint rule EQL.
  func language(of query: String) -> QueryLanguage? {
    if isHunt { return HuntQuery(Array(query.utf8)[...], among: names).language }
    return names.first ?? (isDeclared ? .kql : .eql)
  }
}
