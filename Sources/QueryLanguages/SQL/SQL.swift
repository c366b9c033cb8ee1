import RuleModel

/// SQL as osquery supports it, which is SQLite's, and as Panther's data lake does, which is Snowflake's or Databricks'.
///
/// - SeeAlso: SQLite's “SQL as understood by SQLite”; osquery's “SQL introduction”; Snowflake's “SQL command reference”
///   and “Querying semi-structured data”; Panther's “Data lake queries”.
package enum SQL: Hashable, Sendable {
  case sqlite
  /// A backslash in a string escapes the character after it.
  case dataLake

  package var grammar: Grammar { self == .sqlite ? SQL.grammar : SQL.dataLakeGrammar }

  var lowering: Lowering { self == .sqlite ? SQL.lowering : SQL.dataLakeLowering }

  private static let name = ByteSet.letters.union(.digits).union(.beyondASCII).union("_$")

  package static let grammar = makeGrammar(textEscape: .doubled)

  package static let dataLakeGrammar = makeGrammar(
    textEscape: .doubledOrSequences(
      Escapes(
        letters: "bfnrt0", literals: ByteSet(0...0xFF),
        digits: [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8])))

  private static func makeGrammar(textEscape: TokenRules.Quotes.Escape) -> Grammar {
    Grammar(
      tokens: TokenRules(
        words: TokenRules.Words(starts: name.subtracting(.digits), body: name, single: "*"),
        numbers: TokenRules.Numbers(body: ByteSet.digits.union(.letters).union("."), pointNeedsDigit: true),
        quotes: [
          TokenRules.Quotes("'", escape: textEscape),
          // A name in SQL; SQLite treats one that matches no column as a string, and queries rely on that.
          TokenRules.Quotes("\"", escape: .doubled), TokenRules.Quotes("`", content: .name, escape: .doubled),
          TokenRules.Quotes("$$"),
          // What a template puts in when the query runs.
          templateQuotes,
        ],
        // A template's statements, like comments, aren't part of the query.
        comments: [
          TokenRules.Comment("--"), TokenRules.Comment("/*", "*/"), TokenRules.Comment("{%", "%}"),
          TokenRules.Comment("{#", "#}"),
        ],
        symbols: [
          "(", ")", "[", "]", "{", "}", ",", ".", ":", "::", ";", "=", "==", "=>", "!=", "<>", "<", "<=", ">", ">=",
          "||",
          "+", "-", "/", "%",
        ]),
      operators: logic + relations + patterns + arithmetic,
      brackets: [Grammar.Bracket("(", ")", .groupOrList), Grammar.Bracket("[", "]", .list)],
      names: Grammar.Names(
        calls: .anything, members: [".", ":"], index: Grammar.Bracket("[", "]", .group),
        times: ["date", "time", "timestamp", "timestamp_ntz", "timestamp_ltz", "timestamp_tz"]),
      // Panther's `p_occurs_since(1h, , p_parse_time)` leaves out an argument.
      reserved: ["and", "or", "not"], allowsEmptyItems: true, recovers: true,
      subqueries: Grammar.Subqueries(startingWith: ["select", "with"]))
  }

  static let templateQuotes: TokenRules.Quotes = {
    var quotes = TokenRules.Quotes("{{", "}}")
    quotes.arePartOfText = true
    return quotes
  }()

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
    + ["= any", "is not distinct from"].map { compare($0, FieldComparison(.eq)) }
    + ["!=", "<>", "is not", "!= all", "<> all", "is distinct from"].map {
      compare($0, FieldComparison(.eq, isNegated: true))
    }
    + [("<", TestKind.lt), ("<=", .lte), (">", .gt), (">=", .gte)].map { compare($0.0, FieldComparison($0.1)) }

  /// Each can also be preceded by `not`.
  private static let patterns =
    [
      ("in", FieldComparison(.eq)), ("like", FieldComparison(.eq, form: percent)),
      ("ilike", FieldComparison(.eq, form: percent)), ("glob", FieldComparison(.eq, form: star)),
      ("regexp", FieldComparison(.regex)), ("rlike", FieldComparison(.regex)), ("match", FieldComparison(.contains)),
      ("like any", FieldComparison(.eq, form: percent)), ("ilike any", FieldComparison(.eq, form: percent)),
      ("like all", FieldComparison(.eq, quantity: .all, form: percent)),
      ("ilike all", FieldComparison(.eq, quantity: .all, form: percent)),
    ].flatMap { spelling, comparison in
      var negated = comparison
      negated.isNegated = true
      return [compare(spelling, comparison), compare("not " + spelling, negated)]
    } + [
      between("between", FieldComparison(.eq)), between("not between", FieldComparison(.eq, isNegated: true)),
    ]

  private static let arithmetic =
    ["::", "as"].map { Operator($0, .infix(.chain), power: 10, .cast, operand: .name) }
    // What follows the call of a function says which rows it works on.
    + ["over", "within group", "filter"].map { Operator($0, .infix(.chain), power: 11, .cast, operand: .group) }
    + [Operator("interval", .prefix, power: 9, .timespan), Operator("distinct", .prefix, power: 5, .cast)]
    + ["second", "minute", "hour", "day", "week", "month", "year"].flatMap { unit in
      [unit, unit + "s"].map { Operator($0, .postfix, power: 10, .timespan) }
    }
    + ["+", "-"].map { Operator($0, .infix(.chain), power: 6, .arithmetic) }
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

  private static let lowering = makeLowering(grammar)
  private static let dataLakeLowering = makeLowering(dataLakeGrammar)

  private static func makeLowering(_ grammar: Grammar) -> Lowering {
    var lowering = Lowering(
      grammar, functions: functions, transparent: SQLFunctions.transparent, known: SQLFunctions.known,
      times: SQLFunctions.times, bare: .truth)
    lowering.moments = ["current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "sysdate"]
    lowering.ignoresCaseOfNames = true
    return lowering
  }

  private static let functions: [String: Lowering.Function] = [
    "contains": Lowering.Function(FieldComparison(.contains), valueCount: 1),
    "startswith": Lowering.Function(FieldComparison(.startsWith), valueCount: 1),
    "endswith": Lowering.Function(FieldComparison(.endsWith), valueCount: 1),
    "regexp_like": Lowering.Function(FieldComparison(.regex), valueCount: 1),
    "rlike": Lowering.Function(FieldComparison(.regex), valueCount: 1),
    "like": Lowering.Function(FieldComparison(.eq, form: percent), valueCount: 1),
    "ilike": Lowering.Function(FieldComparison(.eq, form: percent), valueCount: 1),
  ]
}
