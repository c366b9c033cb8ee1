import Text

/// Operators indexed by how they begin, so that the cost of a lookup doesn't depend on how many there are.
struct OperatorTable: Sendable {
  private struct Entry: Sendable {
    /// The text of its tokens, in lower case where case doesn't matter.
    var parts: [[UInt8]]
    var meaning: Operator
  }

  /// Indexed by the first byte in lower case; among operators with the same first byte, the one with the most tokens
  /// comes first.
  private var entries: [[Entry]] = Array(repeating: [], count: 256)

  init(_ operators: [Operator], rules: TokenRules) {
    for operation in operators {
      let spelling = operation.ignoresCase ? operation.spelling.lowercased() : operation.spelling
      let bytes = Array(spelling.utf8)
      var lexer = Lexer(bytes, rules: rules)
      var parts: [[UInt8]] = []
      while let token = lexer.next() { parts.append(Array(bytes[token.span])) }
      guard let first = parts.first?.first else { continue }
      entries[Int(lowercasedASCII(first))].append(Entry(parts: parts, meaning: operation))
    }
    for index in entries.indices { entries[index].sort { $0.parts.count > $1.parts.count } }
  }

  /// The operator at a place, and its number of tokens.
  func match(_ tokens: [Token], at place: Int, in bytes: [UInt8]) -> (Operator, count: Int)? {
    guard place < tokens.count else { return nil }
    let index = Int(lowercasedASCII(bytes[tokens[place].span.lowerBound]))
    for entry in entries[index].indices where matches(entries[index][entry], tokens, at: place, in: bytes) {
      return (entries[index][entry].meaning, entries[index][entry].parts.count)
    }
    return nil
  }

  private func matches(_ entry: Entry, _ tokens: [Token], at place: Int, in bytes: [UInt8]) -> Bool {
    guard place + entry.parts.count <= tokens.count else { return false }
    for part in entry.parts.indices
    where !isSame(bytes, tokens[place + part].span, as: entry.parts[part], ignoringCase: entry.meaning.ignoresCase) {
      return false
    }
    return true
  }
}

/// A small set of words.
struct WordTable: Sendable {
  private let words: [[UInt8]]
  private let ignoresCase: Bool

  init(_ words: [String], ignoringCase: Bool = true) {
    self.words = words.map { Array((ignoringCase ? $0.lowercased() : $0).utf8) }
    ignoresCase = ignoringCase
  }

  func contains(_ span: Range<Int>, of bytes: [UInt8]) -> Bool {
    words.contains { isSame(bytes, span, as: $0, ignoringCase: ignoresCase) }
  }
}

/// Whether a span contains this text, which is in lower case if case is ignored.
func isSame(_ bytes: [UInt8], _ span: Range<Int>, as text: [UInt8], ignoringCase: Bool) -> Bool {
  guard span.count == text.count else { return false }
  for place in text.indices {
    let found = bytes[span.lowerBound + place]
    if (ignoringCase ? lowercasedASCII(found) : found) != text[place] { return false }
  }
  return true
}
