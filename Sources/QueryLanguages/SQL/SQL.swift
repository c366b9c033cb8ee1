import RuleModel

/// SQL as osquery supports it, which is SQLite's.
///
/// - SeeAlso: SQLite's “SQL as understood by SQLite”; osquery's “SQL introduction”.
package enum SQL {
  private static let name = ByteSet.letters.union(.digits).union(.beyondASCII).union("_$")

  package static let grammar = Grammar(
    tokens: TokenRules(
      words: TokenRules.Words(starts: name.subtracting(.digits), body: name, single: "*"),
      numbers: TokenRules.Numbers(body: ByteSet.digits.union(.letters).union("."), pointNeedsDigit: true),
      quotes: [
        TokenRules.Quotes("'", escape: .doubled),
        // A name in SQL; SQLite treats one that matches no column as a string, and queries rely on that.
        TokenRules.Quotes("\"", escape: .doubled), TokenRules.Quotes("`", content: .name, escape: .doubled),
        TokenRules.Quotes("[", "]", content: .name),
      ], comments: [TokenRules.Comment("--"), TokenRules.Comment("/*", "*/")],
      symbols: ["(", ")", ",", ".", ";", "=", "==", "!=", "<>", "<", "<=", ">", ">=", "||", "+", "-", "/", "%"]),
    operators: logic + relations + patterns + arithmetic, brackets: [Grammar.Bracket("(", ")", .groupOrList)],
    names: Grammar.Names(calls: .plain, members: ["."]), reserved: ["and", "or", "not"], recovers: true,
    subqueries: Grammar.Subqueries(startingWith: ["select", "with"]))

  private static let logic = [
    Operator("or", .infix(.chain), power: 1, .or), Operator("and", .infix(.chain), power: 2, .and),
    Operator("not", .prefix, power: 3, .not),
  ]

  private static let relations =
    [
      Operator("is null", .postfix, power: 4, .comparison(FieldComparison(.isNull))),
      Operator("isnull", .postfix, power: 4, .comparison(FieldComparison(.isNull))),
      Operator("is not null", .postfix, power: 4, .comparison(FieldComparison(.exists))),
      Operator("notnull", .postfix, power: 4, .comparison(FieldComparison(.exists))),
      Operator("not null", .postfix, power: 4, .comparison(FieldComparison(.exists))),
    ]
    + ["=", "==", "is"].map { compare($0, FieldComparison(.eq)) }
    + ["!=", "<>", "is not"].map { compare($0, FieldComparison(.eq, isNegated: true)) }
    + [("<", TestKind.lt), ("<=", .lte), (">", .gt), (">=", .gte)].map { compare($0.0, FieldComparison($0.1)) }

  /// Each can also be preceded by `not`.
  private static let patterns =
    [
      ("in", FieldComparison(.eq)), ("like", FieldComparison(.eq, form: percent)),
      ("ilike", FieldComparison(.eq, form: percent)), ("glob", FieldComparison(.eq, form: star)),
      ("regexp", FieldComparison(.regex)), ("rlike", FieldComparison(.regex)), ("match", FieldComparison(.contains)),
    ].flatMap { spelling, comparison in
      var negated = comparison
      negated.isNegated = true
      return [compare(spelling, comparison), compare("not " + spelling, negated)]
    } + [
      between("between", FieldComparison(.eq)), between("not between", FieldComparison(.eq, isNegated: true)),
    ]

  private static let arithmetic =
    ["+", "-"].map { Operator($0, .infix(.chain), power: 6, .arithmetic) }
    + ["*", "/", "%"].map { Operator($0, .infix(.chain), power: 7, .arithmetic) }
    + [
      Operator("||", .infix(.chain), power: 8, .arithmetic), Operator("-", .prefix, power: 9, .arithmetic),
      Operator("+", .prefix, power: 9, .arithmetic),
    ]

  private static func compare(_ spelling: String, _ comparison: FieldComparison) -> Operator {
    Operator(spelling, .infix(.none), power: 4, .comparison(comparison))
  }

  private static func between(_ spelling: String, _ comparison: FieldComparison) -> Operator {
    Operator(spelling, .infix(.none), power: 4, .comparison(comparison), operand: .bounds(separator: "and"))
  }

  private static let percent = FieldComparison.Form.pattern(many: UInt8(ascii: "%"), one: UInt8(ascii: "_"))
  private static let star = FieldComparison.Form.pattern(many: UInt8(ascii: "*"), one: UInt8(ascii: "?"))

  static let lowering = Lowering(
    grammar, transparent: ["lower", "upper"],
    known: [
      "abs", "avg", "cast", "char", "coalesce", "concat", "concat_ws", "count", "glob", "group_concat", "hex", "ifnull",
      "iif", "inet_aton", "instr", "json_extract", "length", "like", "ltrim", "max", "md5", "min", "nullif", "printf",
      "random", "regex_match", "regex_split", "replace", "round", "rtrim", "sha1", "sha256", "split", "substr",
      "substring", "sum", "total", "trim", "typeof", "unicode", "version_compare",
    ], times: ["date", "datetime", "julianday", "strftime", "time", "unixepoch"], bare: .truth)
}
