/// Splits a section into its conditions or assignments: each is on a line of its own, or on several that belong
/// together.
struct YARALStatements {
  let bytes: [UInt8]
  let tokens: [Token]

  init(_ bytes: [UInt8], in range: Range<Int>, endsTextsWithLine: Bool) {
    self.bytes = bytes
    tokens = (endsTextsWithLine ? YARAL.lineTokens : YARAL.grammar.tokens).withoutComments(bytes, in: range)
  }

  /// The places of each one's tokens.
  var all: [Range<Int>] {
    var statements: [Range<Int>] = []
    var start = 0
    var level = 0
    for place in tokens.indices {
      let byte = bytes[tokens[place].span.lowerBound]
      if place > start, level == 0, startsLine(place), !expectsMore(place - 1), !continues(place) {
        statements.append(start..<place)
        start = place
      }
      if tokens[place].kind == .symbol {
        if ByteSet.openers.contains(byte) {
          level += 1
        } else if ByteSet.closers.contains(byte) {
          level = max(0, level - 1)
        }
      }
    }
    if start < tokens.count { statements.append(start..<tokens.count) }
    return statements
  }

  func parser(of statement: Range<Int>) -> PrattParser {
    PrattParser(
      bytes, tokens: Array(tokens[statement]), end: tokens[statement.upperBound - 1].span.upperBound,
      grammar: YARAL.grammar)
  }

  func span(of statement: Range<Int>) -> Range<Int> {
    tokens[statement.lowerBound].span.lowerBound..<tokens[statement.upperBound - 1].span.upperBound
  }

  private func startsLine(_ place: Int) -> Bool {
    bytes[tokens[place - 1].span.upperBound..<tokens[place].span.lowerBound].contains(UInt8(ascii: "\n"))
  }

  /// Whether a token needs something after it.
  private func expectsMore(_ place: Int) -> Bool {
    let token = tokens[place]
    switch token.kind {
    case .symbol: return !ByteSet.closers.contains(bytes[token.span.lowerBound])
    case .word: return YARALStatements.openWords.contains(token.span, of: bytes)
    default: return false
    }
  }

  /// Whether a token needs something before it.
  private func continues(_ place: Int) -> Bool {
    let token = tokens[place]
    switch token.kind {
    case .symbol: return !"(!-".utf8.contains(bytes[token.span.lowerBound]) || token.span.count > 1
    case .word:
      if YARALStatements.not.contains(token.span, of: bytes), place + 1 < tokens.count {
        return YARALStatements.member.contains(tokens[place + 1].span, of: bytes)
      }
      return YARALStatements.joiningWords.contains(token.span, of: bytes)
    default: return false
    }
  }

  private static let openWords = WordTable(["and", "or", "not", "in", "regex", "cidr", "any", "all", "of", "is"])
  private static let joiningWords = WordTable(["and", "or", "in", "nocase", "of", "is"])
  private static let not = WordTable(["not"])
  private static let member = WordTable(["in"])
}
