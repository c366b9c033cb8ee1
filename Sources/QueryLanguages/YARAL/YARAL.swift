import RuleModel

/// YARA-L 2.0, the language of rules in Google Security Operations.
///
/// - SeeAlso: Google SecOps documentation, “YARA-L 2.0 language syntax”, “Expressions, operators, and other constructs”.
package enum YARAL {
  private static let name = ByteSet.letters.union(.digits).union("_")

  /// - Parameter endsTextsWithLine: whether a text in quotes ends with its line. It may have several lines, but where a
  ///   quote is missing, the lines that follow would be part of it.
  static func tokens(endsTextsWithLine: Bool) -> TokenRules {
    TokenRules(
      // A variable, a reference list, or the number of a variable's events.
      words: TokenRules.Words(starts: name.subtracting(.digits), body: name, sigils: "$%#"),
      numbers: TokenRules.Numbers(body: ByteSet.digits.union(.letters).union("."), pointNeedsDigit: true),
      quotes: [
        TokenRules.Quotes("\"", escape: .sequences(escapes), endsWithLine: endsTextsWithLine), TokenRules.Quotes("`"),
        TokenRules.Quotes("/", content: .regex, escape: .closingQuote, endsWithLine: true, needsPlaceOfValue: true),
      ], comments: [TokenRules.Comment("//"), TokenRules.Comment("/*", "*/")],
      symbols: [
        "(", ")", "[", "]", "{", "}", ",", ".", ":", "=", "!=", "<", "<=", ">", ">=", "!", "+", "-", "*", "/", "%",
      ])
  }

  private static let tokens = tokens(endsTextsWithLine: false)
  static let lineTokens = tokens(endsTextsWithLine: true)

  package static let grammar = Grammar(
    tokens: tokens,
    operators: logic + relations + marks + arithmetic,
    // Conditions on separate lines must all be met; `a or b` is one condition.
    implicit: Operator("and", .infix(.chain), power: 1, .and),
    brackets: [Grammar.Bracket("(", ")", .groupOrList), Grammar.Bracket("[", "]", .list)],
    names: Grammar.Names(calls: .namespaced, members: ["."], index: Grammar.Bracket("[", "]", .group)),
    reserved: ["and", "or", "not", "in", "nocase"], allowsLastComma: true, recovers: true,
    closesAtEnd: true)

  /// Where a backslash means nothing it is literal, as in a path or a regular expression in such quotes.
  private static let escapes = Escapes(
    letters: "nrtabfv", literals: "\"'`\\/",
    digits: [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8])

  // MARK: Operators

  private static let logic = [
    Operator("or", .infix(.chain), power: 2, .or), Operator("and", .infix(.chain), power: 3, .and),
    Operator("not", .prefix, power: 4, .not), Operator("!", .prefix, power: 4, .not),
  ]

  private static let relations =
    [
      ("=", FieldComparison(.eq)), ("!=", FieldComparison(.eq, isNegated: true)), ("<", FieldComparison(.lt)),
      ("<=", FieldComparison(.lte)), (">", FieldComparison(.gt)), (">=", FieldComparison(.gte)),
      ("in", FieldComparison(.eq)), ("in regex", FieldComparison(.regex)), ("in cidr", FieldComparison(.cidr)),
      ("not in", FieldComparison(.eq, isNegated: true)), ("not in regex", FieldComparison(.regex, isNegated: true)),
      ("not in cidr", FieldComparison(.cidr, isNegated: true)),
    ].map { Operator($0.0, .infix(.none), power: 5, .comparison($0.1)) }
    + [
      Operator("is null", .postfix, power: 5, .comparison(FieldComparison(.isNull))),
      Operator("is not null", .postfix, power: 5, .comparison(FieldComparison(.exists))),
    ]

  /// After a text, a regular expression or a condition.
  static let ignoringCase = Operator.Meaning.named("nocase")
  /// `2 of [$a, $b]`
  static let some = Operator.Meaning.named("of")
  static let any = Operator.Meaning.named("any of")
  static let all = Operator.Meaning.named("all of")

  private static let marks = [
    Operator("nocase", .postfix, power: 9, ignoringCase),
    // A repeated field matches if any of its values does; `all` is shown, but makes no other test.
    Operator("any", .prefix, power: 9, .cast), Operator("all", .prefix, power: 9, .cast),
    Operator("any of", .prefix, power: 9, any), Operator("all of", .prefix, power: 9, all),
    Operator("of", .infix(.none), power: 9, some),
    // An argument with its name: `metrics.auth_attempts_fail(period: 1d)`.
    Operator(":", .infix(.none), power: 5, .named("argument")),
  ]

  private static let arithmetic =
    ["+", "-"].map { Operator($0, .infix(.chain), power: 6, .arithmetic) }
    + ["*", "/", "%"].map { Operator($0, .infix(.chain), power: 7, .arithmetic) }
    + [Operator("-", .prefix, power: 8, .arithmetic)]

  // MARK: Sections

  package static let sections = ["meta", "events", "match", "outcome", "condition", "options"]
}
