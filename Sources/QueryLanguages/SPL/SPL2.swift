import Diagnostics

/// The successor of Splunk's language (Splunk's SPL2 Search Manual). Its statements aren't read; they are recognised, so
/// that their words aren't taken for terms of a search.
enum SPL2 {
  /// The words after the data set of `from`.
  private static let clauses: Set = [
    "where", "select", "group", "groupby", "having", "order", "orderby", "limit", "offset", "join", "inner", "left",
    "outer", "as", "union",
  ]

  /// Whether a text begins like SPL2: with a named statement, `$logins = from main`; with `from` or `select` without a
  /// pipe before it; or with what a module imports or defines.
  static func isWritten(in bytes: [UInt8]) -> Bool {
    let start = bytes.firstIndex { $0 > UInt8(ascii: " ") } ?? bytes.count
    if ["//", "/*"].contains(where: { bytes[start...].starts(with: $0.utf8) }) { return true }
    var lexer = Lexer(bytes, in: start..<bytes.count, rules: SPL.grammar.tokens)
    var words: [String] = []
    while words.count < 16, let token = lexer.next() {
      if token.kind != .comment { words.append(String(decoding: bytes[token.span], as: UTF8.self)) }
    }
    return isStatement(words.map { $0.lowercased() })
  }

  private static func isStatement(_ words: [String]) -> Bool {
    guard let first = words.first, words.count > 1 else { return false }
    if first.hasPrefix("$"), first.count > 1, !first.hasSuffix("$") {
      return words[1] == "=" && words.count > 2 && ["from", "search", "select", "|", "union"].contains(words[2])
    }
    switch first {
    case "from":
      // `from main where`, `from [{…}]`, `from $logins`; anything else are terms of a search.
      if words[1] == "[" || words[1].hasPrefix("$") && !words[1].hasSuffix("$") { return true }
      return words.count > 2 && (clauses.contains(words[2]) || ["|", ","].contains(words[2]))
    case "select", "import": return words.contains("from")
    case "export": return ["$", "import", "function", "type"].contains { words[1].hasPrefix($0) }
    case "function": return words.count > 2 && words[2] == "("
    default: return false
    }
  }

  /// Keeps a text as one part that isn't read.
  static func reading(_ bytes: [UInt8], place: (Int) -> SourcePosition) -> QueryReading {
    .unread(
      bytes, in: .spl, form: .source,
      "SPL2 isn't read; the search is shown as text and counts as no test; write it in SPL", place: place)
  }
}
