import RuleModel

/// Python, in which Panther's rules are written. It is read and never run.
///
/// - SeeAlso: The Python Language Reference 3, "Lexical analysis" and "Expressions".
package enum Python {
  private static let name = ByteSet.letters.union(.digits).union(.beyondASCII).union("_")

  package static let grammar = Grammar(
    tokens: TokenRules(
      words: TokenRules.Words(starts: name.subtracting(.digits), body: name),
      numbers: numbers,
      quotes: quotes, comments: [TokenRules.Comment("#")], symbols: symbols), operators: operators,
    brackets: [Grammar.Bracket("(", ")", .groupOrList), Grammar.Bracket("[", "]", .list)],
    names: Grammar.Names(calls: .anything, members: ["."]), recovers: true)

  /// `1.` and `.5` are numbers as well.
  private static let numbers: TokenRules.Numbers = {
    var numbers = TokenRules.Numbers(body: ByteSet.digits.union(.letters).union("._"), hasExponent: true)
    numbers.canStartWithPoint = true
    return numbers
  }()

  private static let symbols = [
    "(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "@", "=", "->", "+=", "-=", "*=", "/=", "//=", "%=", "@=", "&=",
    "|=", "^=", ">>=", "<<=", "**=", ":=", "+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^", "~", "<",
    ">", "<=", ">=", "==", "!=", "...",
  ]

  /// Longest first, since the quotes of a string are found by the first that match.
  private static let quotes = ["\"\"\"", "'''", "\"", "'"].flatMap { quote in
    prefixes.map { prefix in
      let isRaw = prefix.lowercased().contains("r")
      return TokenRules.Quotes(
        prefix + quote, quote, escape: isRaw ? .closingQuote : .sequences(escapes), endsWithLine: quote.count == 1)
    }
  }

  private static let prefixes = [
    "", "r", "R", "f", "F", "b", "B", "u", "U", "rb", "Rb", "rB", "RB", "br", "bR", "Br", "BR", "fr", "fR", "Fr", "FR",
    "rf", "rF", "Rf", "RF", "t", "T", "tr", "tR", "Tr", "TR", "rt", "rT", "Rt", "RT",
  ]

  private static let escapes = Escapes(
    letters: "abfnrtv0", literals: "\\'\"",
    digits: [
      UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8,
    ])

  /// Only for colouring: ``PythonParser`` knows their precedence.
  private static let operators =
    ["==", "!=", "<", "<=", ">", ">=", "in", "not in", "is", "is not"].map {
      Operator($0, .infix(.none), power: 4, .comparison(FieldComparison(.eq)))
    } + keywords.map { Operator($0, .prefix, power: 5, .named($0)) }
    + [
      Operator("or", .infix(.chain), power: 1, .or), Operator("and", .infix(.chain), power: 2, .and),
      Operator("not", .prefix, power: 3, .not),
    ]

  static let keywords = [
    "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally",
    "for", "from", "global", "if", "import", "lambda", "nonlocal", "pass", "raise", "return", "try", "while", "with",
    "yield",
  ]
}
