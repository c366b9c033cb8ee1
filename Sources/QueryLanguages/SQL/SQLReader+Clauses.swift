import Diagnostics

/// The division of a query into clauses.
extension SQLReader {
  /// A clause with its initial keyword, in lower case: `left join` is `join`.
  struct Clause: Hashable {
    var name: String
    var span: Range<Int>
    var body: Range<Int>
    /// The words that begin a join, in lower case; empty for another clause.
    var joinWords: Set<String> = []

    /// Whether rows of the tables before it stay that no row of its table matches.
    var keepsEarlierRows: Bool { joinWords.contains("left") || joinWords.contains("full") }

    /// Whether rows of its table stay that match none before it.
    var keepsOwnRows: Bool { joinWords.contains("right") || joinWords.contains("full") }

    var isSelection: Bool { name == "select" || isSetOperator }

    var isSetOperator: Bool { ["union", "except", "minus", "intersect"].contains(name) }
  }

  private static let starts: Set = [
    "select", "from", "where", "group", "having", "order", "limit", "union", "except", "minus", "intersect", "window",
    "with", "qualify",
  ]
  private static let joins: Set = ["left", "right", "inner", "outer", "cross", "full", "natural", "join"]

  func clauses(in range: Range<Int>) -> [Clause] {
    var lexer = Lexer(bytes, in: range, rules: sql.grammar.tokens)
    var found: [Clause] = []
    var level = 0
    /// Whether the preceding words begin a join.
    var isJoining = false
    var previous = ""
    var next = lexer.next()
    while let token = next {
      next = lexer.next()
      guard token.kind != .comment else { continue }
      if token.kind == .symbol {
        let byte = bytes[token.span.lowerBound]
        if byte == UInt8(ascii: "(") { level += 1 }
        if byte == UInt8(ascii: ")") { level = max(0, level - 1) }
      }
      let word = level == 0 && token.kind == .word ? source(token.span).lowercased() : ""
      defer { previous = word }
      let isFunction = (word == "left" || word == "right") && next.map { source($0.span) == "(" } ?? false
      let isJoin = SQLReader.joins.contains(word) && !isFunction
      let isOperator = word == "from" && previous == "distinct" || word == "group" && previous == "within"
      if SQLReader.starts.contains(word) && !isOperator || isJoin && !isJoining || found.isEmpty {
        // `union all select` is one clause up to and including `select`.
        found.append(
          Clause(
            name: isJoin ? "join" : shortened(word.isEmpty ? "query" : word), span: token.span,
            body: token.span.upperBound..<token.span.upperBound))
      } else {
        found[found.count - 1].span = found[found.count - 1].span.lowerBound..<token.span.upperBound
        let start = isJoin && isJoining ? token.span.upperBound : found[found.count - 1].body.lowerBound
        found[found.count - 1].body = start..<token.span.upperBound
      }
      if isJoin { found[found.count - 1].joinWords.insert(word) }
      isJoining = isJoin
    }
    return found
  }
}
