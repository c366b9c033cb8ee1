/// Parses a condition: `or` binds least, then `and`, `not`, `1 of`/`all of`, parentheses
/// (Sigma Specification 2.1.0, “Condition”, operator precedence).
///
/// - Parameter text: without what follows a pipe; see ``Aggregation``.
func parseCondition(_ text: String) throws(ConditionError) -> Condition {
  var parser = ConditionParser(text)
  return try parser.parse()
}

struct ConditionParser {
  /// Deeper than any rule is, and shallow enough for the stack.
  static let maximalDepth = 64

  struct Token {
    var text: String
    var offset: Int

    /// Operators are read in any case; the specification writes them in lower case.
    func isWord(_ word: String) -> Bool { text.utf8.count == word.utf8.count && text.lowercased() == word }
  }

  private let tokens: [Token]
  private let end: Int
  private var next = 0

  init(_ text: String) {
    tokens = ConditionParser.tokens(of: text)
    end = text.utf8.count
  }

  mutating func parse() throws(ConditionError) -> Condition {
    guard !tokens.isEmpty else { throw .empty }
    for token in tokens {
      guard let instead = token.instead else { continue }
      throw .foreignOperator(token.text, instead: instead, offset: token.offset)
    }
    let condition = try disjunction(depth: 0)
    if let rest = peek {
      if rest.text == ")" { throw .unbalancedParenthesis(offset: rest.offset) }
      let last = tokens[next - 1]
      if last.isQuantifier { throw .badQuantifier("\(last.text) \(rest.text)", offset: last.offset) }
      throw .missingOperator(before: rest.text, offset: rest.offset)
    }
    return condition
  }

  private var peek: Token? { next < tokens.count ? tokens[next] : nil }

  private mutating func disjunction(depth: Int) throws(ConditionError) -> Condition {
    var parts = [try conjunction(depth: depth)]
    while let token = peek, token.isWord("or") {
      next += 1
      parts.append(try conjunction(depth: depth))
    }
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  private mutating func conjunction(depth: Int) throws(ConditionError) -> Condition {
    var parts = [try negation(depth: depth)]
    while let token = peek, token.isWord("and") {
      next += 1
      parts.append(try negation(depth: depth))
    }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  private mutating func negation(depth: Int) throws(ConditionError) -> Condition {
    guard let token = peek, token.isWord("not") else { return try operand(depth: depth) }
    guard depth < ConditionParser.maximalDepth else { throw .tooDeep(offset: token.offset) }
    next += 1
    return .not(try negation(depth: depth + 1))
  }

  private mutating func operand(depth: Int) throws(ConditionError) -> Condition {
    guard let token = peek else { throw missingOperand() }
    switch token.text {
    case "(":
      guard depth < ConditionParser.maximalDepth else { throw .tooDeep(offset: token.offset) }
      next += 1
      let inner = try disjunction(depth: depth + 1)
      guard let close = peek else { throw .unbalancedParenthesis(offset: token.offset) }
      guard close.text == ")" else { throw .missingOperator(before: close.text, offset: close.offset) }
      next += 1
      return inner
    case ")": throw next == 0 ? .unbalancedParenthesis(offset: token.offset) : missingOperand()
    default:
      if token.isWord("and") || token.isWord("or") { throw missingOperand() }
      if next + 1 < tokens.count, tokens[next + 1].isWord("of") { return try quantified(token) }
      next += 1
      return .identifier(token.text, offset: token.offset)
    }
  }

  private mutating func quantified(_ token: Token) throws(ConditionError) -> Condition {
    let quantifier: Condition.Quantifier
    switch token.text.lowercased() {
    case "1", "any": quantifier = .any
    case "all": quantifier = .all
    default: throw .badQuantifier(token.text + " of", offset: token.offset)
    }
    next += 2
    guard let name = peek, name.text != "(", name.text != ")", !["and", "or", "not"].contains(where: name.isWord) else {
      throw .badQuantifier(token.text + " of", offset: token.offset)
    }
    next += 1
    return .quantified(quantifier, pattern: name.isWord("them") ? nil : name.text, offset: name.offset)
  }

  private func missingOperand() -> ConditionError {
    guard next > 0 else { return .missingOperand(after: tokens[0].text, offset: tokens[0].offset) }
    return .missingOperand(after: tokens[next - 1].text, offset: tokens[next - 1].offset)
  }

  /// Names, operators, parentheses and commas; what stands between white space and these is one name, whatever it holds.
  static func tokens(of text: String) -> [Token] {
    let bytes = Array(text.utf8)
    var tokens: [Token] = []
    var at = 0
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): at += 1
      case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","):
        tokens.append(Token(text: String(Unicode.Scalar(bytes[at])), offset: at))
        at += 1
      default:
        let start = at
        while at < bytes.count, !" \t\n\r(),".utf8.contains(bytes[at]) { at += 1 }
        tokens.append(Token(text: String(decoding: bytes[start..<at], as: UTF8.self), offset: start))
      }
    }
    return tokens
  }
}

extension ConditionParser.Token {
  /// A word of conditions, and so no name.
  var isReserved: Bool {
    ["(", ")", ","].contains(text) || ["and", "or", "not", "of"].contains(where: isWord)
  }

  var isQuantifier: Bool { ["1", "any", "all"].contains(where: isWord) }

  /// What to write instead, where other languages have an operator.
  var instead: String? {
    switch text {
    case "&&", "&": "'and'"
    case "||", "|": "'or'"
    case ",": "'and' or 'or'"
    default: text.utf8.first == UInt8(ascii: "!") ? "'not'" : nil
    }
  }
}
