package import Diagnostics
import RuleModel

/// Elastic's piped language, ES|QL.
///
/// - SeeAlso: Elasticsearch's grammar, `x-pack/plugin/esql/src/main/antlr`, and Elastic's ES|QL reference.
package enum ESQL {
  private static let name = ByteSet.letters.union(.digits).union(.beyondASCII).union("_")
  /// Inside quotes, and in the names of sources.
  private static let quotes = [
    TokenRules.Quotes("\"\"\"", moreQuotes: 2),
    TokenRules.Quotes("\"", escape: .sequences(Escapes(literals: "\\\"")), endsWithLine: true),
    TokenRules.Quotes("`", content: .name, escape: .doubled),
  ]
  private static let comments = [TokenRules.Comment("//"), TokenRules.Comment("/*", "*/")]
  private static let likePattern = FieldComparison.Form.pattern(
    many: UInt8(ascii: "*"), one: UInt8(ascii: "?"), escape: UInt8(ascii: "\\"))
  private static let units =
    ["millisecond", "second", "minute", "hour", "day", "week", "month", "quarter", "year"].flatMap { [$0, $0 + "s"] }
    + ["ms", "sec", "s", "min", "m", "h", "d", "w", "mo", "q", "yr", "y"]

  package static let grammar = Grammar(
    tokens: TokenRules(
      words: TokenRules.Words(starts: name.subtracting(.digits), body: name, single: "*", sigils: "@?"),
      numbers: TokenRules.Numbers(body: ByteSet.digits.union("."), pointNeedsDigit: true, hasExponent: true),
      quotes: quotes,
      comments: comments,
      symbols: [
        "|", ",", ".", "(", ")", "[", "]", "{", "}", "=", "==", "=~", "!=", "<", "<=", ">", ">=", ":", "::", "+", "-",
        "/", "%", ";",
      ]),
    operators: operators,
    brackets: [
      Grammar.Bracket("(", ")", .groupOrList), Grammar.Bracket("[", "]", .list), Grammar.Bracket("{", "}", .list),
    ],
    names: Grammar.Names(calls: .plain, members: ["."]),
    reserved: ["and", "or", "not", "in", "is", "like", "rlike", "by"], recovers: true,
    subqueries: Grammar.Subqueries(startingWith: ["from", "ts", "row", "show", "promql"]), pipe: "|")

  /// How the names of sources are tokenised; their characters have other meanings elsewhere: `cluster:logs-*::data`,
  /// `<logs-{now/d}>`.
  static let sourceRules = TokenRules(
    words: TokenRules.Words(body: ByteSet.spaces.union("\"=|,[]()/").inverted), quotes: quotes, comments: comments,
    symbols: ["=", "|", ",", "[", "]", "(", ")", "/"])

  private static let operators: [Operator] =
    [
      // In aggregations: `COUNT(*) WHERE a == 1`, `FIRST(a BY b)`.
      Operator("where", .infix(.none), power: 1, .named("where")),
      Operator("by", .infix(.none), power: 1, .named("by")),
      Operator("or", .infix(.chain), power: 2, .or), Operator("and", .infix(.chain), power: 3, .and),
      Operator("not", .prefix, power: 4, .not), compare("==", FieldComparison(.eq)),
      compare("=~", FieldComparison(.eq)), compare("!=", FieldComparison(.eq, isNegated: true)),
      compare("<", FieldComparison(.lt)), compare("<=", FieldComparison(.lte)), compare(">", FieldComparison(.gt)),
      compare(">=", FieldComparison(.gte)), compare("in", FieldComparison(.eq)),
      compare("not in", FieldComparison(.eq, isNegated: true)),
      compare("like", FieldComparison(.eq, form: likePattern)),
      compare("not like", FieldComparison(.eq, isNegated: true, form: likePattern)),
      compare("rlike", FieldComparison(.regex)), compare("not rlike", FieldComparison(.regex, isNegated: true)),
      compare(":", FieldComparison(.contains, modifiers: .word)),
      Operator("is null", .postfix, power: 5, .comparison(FieldComparison(.isNull))),
      Operator("is not null", .postfix, power: 5, .comparison(FieldComparison(.exists))),
      Operator("+", .infix(.chain), power: 6, .arithmetic), Operator("-", .infix(.chain), power: 6, .arithmetic),
      Operator("*", .infix(.chain), power: 7, .arithmetic), Operator("/", .infix(.chain), power: 7, .arithmetic),
      Operator("%", .infix(.chain), power: 7, .arithmetic), Operator("-", .prefix, power: 8, .arithmetic),
      Operator("+", .prefix, power: 8, .arithmetic),
      Operator("::", .infix(.chain), power: 9, .cast, operand: .name),
    ] + units.map { Operator($0, .postfix, power: 10, .timespan) }

  private static func compare(_ spelling: String, _ comparison: FieldComparison) -> Operator {
    Operator(spelling, .infix(.none), power: 5, .comparison(comparison))
  }
}

/// - Parameter place: converts an offset in the query into a position in the rule's file.
package func readESQL(_ query: [UInt8], place: @escaping (Int) -> SourcePosition) -> QueryReading {
  ESQLReader(query, place: place).read()
}
