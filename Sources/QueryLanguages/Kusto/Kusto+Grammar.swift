import RuleModel

/// The Kusto Query Language of Microsoft Sentinel and Defender (Kusto documentation, “Query language reference”).
package enum Kusto {
  private static let nameBytes = ByteSet.letters.union(.digits).union(.beyondASCII).union("_")

  /// Unicode spaces and invisible characters, found in queries pasted from web pages.
  private static let wideSpaces =
    ["\u{A0}", "\u{1680}", "\u{2028}", "\u{2029}", "\u{202F}", "\u{205F}", "\u{3000}", "\u{FEFF}"]
    + (0x2000...0x200B).map { String(Unicode.Scalar(UInt16($0))!) }

  /// Longest first, so that a long symbol isn't split into two.
  private static let symbols = [
    "(", ")", "[", "]", "{", "}", "|", ",", ";", ".", "..", ":", "==", "=~", "!=", "!~", "<>", "=>", "=", "!", "<",
    "<=",
    ">", ">=", "~", "+", "-", "/", "%", "?",
  ]

  /// Kusto refuses any other backslash; whoever writes one before another character means the backslash.
  private static let escapes = Escapes(
    letters: "abfnrtv0", literals: "\"'\\",
    digits: [UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8, UInt8(ascii: "x"): 2])

  /// An `h` before the quote marks a secret; after `@`, backslashes are literal.
  private static let quotes: [TokenRules.Quotes] = ["", "h", "H"].flatMap { secret in
    ["\"", "'"].flatMap { quote in
      [
        TokenRules.Quotes(secret + quote, quote, escape: .sequences(escapes), endsWithLine: true),
        TokenRules.Quotes(secret + "@" + quote, quote, escape: .doubled, endsWithLine: true),
      ]
    } + ["```", "~~~"].map { TokenRules.Quotes(secret + $0, $0) }
  }

  /// Constants whose parentheses don't contain an expression.
  static let literals = ["datetime", "date", "timespan", "time", "guid"]

  /// Words that start a query in brackets but never an expression.
  static let queryStarts = ["union", "datatable", "externaldata", "search", "find", "print", "let"]

  package static let grammar = Grammar(
    tokens: TokenRules(
      wideSpaces: wideSpaces,
      words: TokenRules.Words(
        starts: nameBytes.subtracting(.digits), body: nameBytes, single: "*", sigils: "$"),
      numbers: TokenRules.Numbers(body: nameBytes.subtracting(.beyondASCII).union("."), pointNeedsDigit: true),
      quotes: quotes,
      comments: [TokenRules.Comment("//")], symbols: symbols),
    operators: operators,
    brackets: [
      Grammar.Bracket("(", ")", .groupOrList), Grammar.Bracket("[", "]", .list), Grammar.Bracket("{", "}", .list),
    ],
    names: Grammar.Names(
      calls: .anything, members: ["."], index: Grammar.Bracket("[", "]", .group), indexFollowsJoin: true,
      groupsHaveParts: true,
      joinTexts: true,
      literals: literals),
    reserved: ["and", "or"], allowsLastComma: true, recovers: true,
    subqueries: Grammar.Subqueries(startingWith: queryStarts, dividedBy: "|"), pipe: "|")

  private static let operators: [Operator] =
    [
      Operator("=", .infix(.right), power: 1, .named("=")), Operator(":", .infix(.none), power: 5, .named(":")),
      Operator("or", .infix(.chain), power: 2, .or), Operator("and", .infix(.chain), power: 3, .and),
      Operator("not", .prefix, power: 9, .not),
      Operator("between", .infix(.none), power: 5, .named("between")),
      Operator("!between", .infix(.none), power: 5, .named("!between")),
      Operator("..", .infix(.none), power: 4, .range),
      Operator("+", .infix(.chain), power: 6, .arithmetic), Operator("-", .infix(.chain), power: 6, .arithmetic),
      Operator("*", .infix(.chain), power: 7, .arithmetic), Operator("/", .infix(.chain), power: 7, .arithmetic),
      Operator("%", .infix(.chain), power: 7, .arithmetic), Operator("-", .prefix, power: 8, .arithmetic),
      Operator("+", .prefix, power: 8, .arithmetic),
    ] + comparisons

  private static let comparisons: [Operator] = {
    func comparison(_ spelling: String, _ comparison: FieldComparison) -> Operator {
      Operator(spelling, .infix(.none), power: 5, .comparison(comparison))
    }
    var operators: [Operator] = []
    let equals = ["==", "=~", "in", "in~"].map { ($0, false) } + ["!=", "!~", "<>", "!in", "!in~"].map { ($0, true) }
    for (spelling, isNegated) in equals {
      operators.append(comparison(spelling, FieldComparison(.eq, isNegated: isNegated)))
    }
    for (spelling, kind) in [("<", TestKind.lt), ("<=", .lte), (">", .gt), (">=", .gte), ("matches regex", .regex)] {
      operators.append(comparison(spelling, FieldComparison(kind)))
    }
    let texts: [(String, TestKind, TestModifiers)] = [
      ("contains", .contains, []), ("startswith", .startsWith, []), ("endswith", .endsWith, []),
      ("has", .contains, .word), ("hasprefix", .startsWith, .word), ("hassuffix", .endsWith, .word),
    ]
    for (spelling, kind, modifiers) in texts {
      for isNegated in [false, true] {
        let sign = isNegated ? "!" : ""
        operators.append(comparison(sign + spelling, FieldComparison(kind, modifiers: modifiers, isNegated: isNegated)))
        operators.append(
          comparison(
            sign + spelling + "_cs",
            FieldComparison(kind, modifiers: modifiers.union(.cased), isNegated: isNegated)))
      }
    }
    // Older spellings.
    for (spelling, modifiers, isNegated) in [
      ("containscs", TestModifiers.cased, false), ("!containscs", .cased, true), ("notcontains", [], true),
      ("notcontainscs", .cased, true),
    ] {
      operators.append(
        comparison(spelling, FieldComparison(.contains, modifiers: modifiers, isNegated: isNegated)))
    }
    // Kusto itself has only the plain ones; rules negate them as they do `has` and `in`.
    for (sign, isNegated) in [("", false), ("!", true)] {
      operators.append(comparison(sign + "has_any", FieldComparison(.contains, modifiers: .word, isNegated: isNegated)))
      operators.append(
        comparison(
          sign + "has_all",
          FieldComparison(.contains, modifiers: .word, isNegated: isNegated, quantity: .all)))
    }
    return operators
  }()
}
