package import RuleModel
package import Text

extension QueryLanguage {
  /// Adds the words of a text to a digest: as the language divides the text, without comments, so that its layout makes no
  /// difference, except where it has meaning.
  package func addWords(of text: String, to digest: inout StableDigest) {
    let bytes = Array(text.utf8)
    switch self {
    case .python: Self.addLines(of: bytes, to: &digest)
    case .sql where bytes.contains(UInt8(ascii: "\\")):
      // Whether a backslash escapes the quote after it depends on the database, which isn't known here. What is in a
      // string for one is a comment for the other.
      for sql in [SQL.sqlite, .dataLake] { Self.addWords(of: bytes, sql.grammar, to: &digest) }
    default: Self.addWords(of: bytes, grammar, to: &digest)
    }
    digest.add(byte: 0xFE)
  }

  private static func addWords(of bytes: [UInt8], _ grammar: Grammar, to digest: inout StableDigest) {
    for token in grammar.tokens.withoutComments(bytes) { add(bytes[token.span], to: &digest) }
  }

  private static func add(_ word: ArraySlice<UInt8>, to digest: inout StableDigest) {
    digest.add(bytes: word)
    digest.add(byte: 0xFF)
  }

  /// Of Python, also how deeply each line is nested, however wide its indentation.
  private static func addLines(of bytes: [UInt8], to digest: inout StableDigest) {
    let text = PythonLines(bytes, limit: .max)
    var indents: [Int] = []
    for line in text.lines {
      while let last = indents.last, last >= line.indent { indents.removeLast() }
      for token in text.tokens[line.tokens] { add(bytes[token.span], to: &digest) }
      digest.add(byte: 0xFD)
      digest.add(byte: UInt8(min(indents.count, 0xFF)))
      indents.append(line.indent)
    }
  }
}
