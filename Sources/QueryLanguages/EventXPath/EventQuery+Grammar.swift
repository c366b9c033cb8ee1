import RuleModel

extension EventQuery {
  static let childAxis = Array("child::".utf8)
  static let attributeAxis = Array("attribute::".utf8)

  /// The subset of XPath 1.0 listed in MS-EVEN6, 2.2.15, plus `OR` and `AND` in capitals, which are accepted and
  /// reported.
  package static let grammar: Grammar = {
    let nameParts = ByteSet.letters.union(.digits).union(.beyondASCII).union("_-.:")
    let numberStarts = ByteSet.digits.union("-")
    var words = TokenRules.Words(
      starts: nameParts.subtracting(numberStarts), body: nameParts, prefixes: ["child::", "attribute::"])
    words.single = "*."
    words.sigils = "@"
    func logic(_ spelling: String, _ power: Int, _ meaning: Operator.Meaning, isUnusual: Bool = false) -> Operator {
      Operator(spelling, .infix(.chain), power: power, meaning, ignoresCase: false, isUnusual: isUnusual)
    }
    func compares(_ spelling: String, _ comparison: FieldComparison) -> Operator {
      Operator(spelling, .infix(.none), power: 3, .comparison(comparison))
    }
    return Grammar(
      tokens: TokenRules(
        words: words, numbers: TokenRules.Numbers(starts: numberStarts, body: nameParts),
        quotes: [TokenRules.Quotes("'"), TokenRules.Quotes("\"")],
        symbols: ["(", ")", "[", "]", "/", ",", "!=", "<=", ">=", "=", "<", ">"]),
      operators: [
        logic("or", 1, .or), logic("OR", 1, .or, isUnusual: true), logic("and", 2, .and),
        logic("AND", 2, .and, isUnusual: true), compares("=", FieldComparison(.eq)),
        compares("!=", FieldComparison(.eq, isNegated: true)), compares("<", FieldComparison(.lt)),
        compares("<=", FieldComparison(.lte)),
        compares(">", FieldComparison(.gt)), compares(">=", FieldComparison(.gte)),
      ], brackets: [Grammar.Bracket("(", ")", .group)],
      names: Grammar.Names(
        calls: .plain, members: ["/"], emptyCalls: ["text"], index: Grammar.Bracket("[", "]", .group)),
      // The query itself is the first of 64 levels.
      limits: Grammar.Limits(depth: 63))
  }()
}
