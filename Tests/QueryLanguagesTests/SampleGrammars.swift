import QueryLanguages
import RuleModel

/// Grammars in the shape of languages that other dialects have, as far as the tests need them.
enum SampleGrammars {
  private static let nameBytes = ByteSet.letters.union(.digits).union(.beyondASCII).union("_")
  private static let parentheses = Grammar.Bracket("(", ")", .groupOrList)

  /// Kibana's: `f:(a or b and not c)`, `f: { g: 1 }`, bare words side by side are one value.
  static let kql = Lowering(
    Grammar(
      tokens: TokenRules(
        words: TokenRules.Words(body: ("\\():<>\"{} \t\n\r" as ByteSet).inverted, escape: UInt8(ascii: "\\")),
        quotes: [TokenRules.Quotes("\"", escape: .backslash)],
        symbols: ["(", ")", "{", "}", ":", "<", "<=", ">", ">="]),
      operators: [
        Operator("or", .infix(.chain), power: 1, .or), Operator("and", .infix(.chain), power: 2, .and),
        Operator("not", .prefix, power: 3, .not),
        Operator(":", .infix(.none), power: 4, .comparison(FieldComparison(.eq, form: kqlPattern))),
        Operator(">=", .infix(.none), power: 4, .comparison(FieldComparison(.gte))),
        Operator("<", .infix(.none), power: 4, .comparison(FieldComparison(.lt))),
      ], brackets: [Grammar.Bracket("(", ")", .group), Grammar.Bracket("{", "}", .block)],
      names: Grammar.Names(joinWords: true), reserved: ["and", "or", "not"]),
    bare: .keyword(kqlPattern), wordsAreValues: true)
  private static let kqlPattern = FieldComparison.Form.pattern(many: UInt8(ascii: "*"), inQuotes: false)

  /// Lucene's: `f:[1 TO 5}`, `/re/`, `-f:x`.
  static let lucene = Lowering(
    Grammar(
      tokens: TokenRules(
        words: TokenRules.Words(body: ("\\():[]{}\"/+- \t\n" as ByteSet).inverted, escape: UInt8(ascii: "\\")),
        quotes: [
          TokenRules.Quotes("\"", escape: .backslash),
          TokenRules.Quotes("/", content: .regex, escape: .closingQuote),
        ], symbols: ["(", ")", "[", "]", "{", "}", ":", "+", "-"]),
      operators: [
        Operator("OR", .infix(.chain), power: 1, .or, ignoresCase: false),
        Operator("AND", .infix(.chain), power: 2, .and, ignoresCase: false),
        Operator("NOT", .prefix, power: 3, .not, ignoresCase: false), Operator("-", .prefix, power: 3, .not),
        Operator(
          ":", .infix(.none), power: 4,
          .comparison(
            FieldComparison(.eq, form: .pattern(many: UInt8(ascii: "*"), one: UInt8(ascii: "?"), inQuotes: false)))),
      ], implicit: Operator("", .infix(.chain), power: 1, .or),
      brackets: [
        Grammar.Bracket("(", ")", .group), Grammar.Bracket("[", "]", .bounds(separator: "TO"), orClose: "}"),
        Grammar.Bracket("{", "}", .bounds(separator: "TO"), orClose: "]"),
      ]), bare: .keyword(.plain), wordsAreValues: true)

  /// Kusto's: `x has_any ("a", "b") and y =~ "z" // comment`.
  static let kusto: Lowering = {
    func compare(_ spelling: String, _ comparison: FieldComparison) -> Operator {
      Operator(spelling, .infix(.none), power: 5, .comparison(comparison))
    }
    let grammar = Grammar(
      tokens: TokenRules(
        words: TokenRules.Words(starts: nameBytes.subtracting(.digits).union("$"), body: nameBytes, single: "*"),
        numbers: TokenRules.Numbers(body: nameBytes.union("."), pointNeedsDigit: true),
        quotes: [
          TokenRules.Quotes("\"", escape: .backslash, endsWithLine: true),
          TokenRules.Quotes("@\"", "\"", escape: .doubled),
          TokenRules.Quotes("'", escape: .backslash, endsWithLine: true),
        ], comments: [TokenRules.Comment("//")],
        symbols: [
          "(", ")", "[", "]", "|", ",", ".", "..", "==", "=~", "!=", "!", "<", "<=", ">", ">=", "~", "=", "+", "-", "/",
          ";",
        ]),
      operators: [
        Operator("or", .infix(.chain), power: 1, .or, ignoresCase: false),
        Operator("and", .infix(.chain), power: 2, .and, ignoresCase: false),
        Operator("not", .prefix, power: 3, .not, ignoresCase: false), compare("==", FieldComparison(.eq)),
        compare("=~", FieldComparison(.eq)),
        compare("!=", FieldComparison(.eq, isNegated: true)), compare("in", FieldComparison(.eq)),
        compare("in~", FieldComparison(.eq)), compare("!in~", FieldComparison(.eq, isNegated: true)),
        compare("has_any", FieldComparison(.contains)),
        compare("has_all", FieldComparison(.contains, quantity: .all)),
        compare("!has", FieldComparison(.contains, isNegated: true)),
        compare("contains_cs", FieldComparison(.contains, modifiers: .cased)),
        compare("matches regex", FieldComparison(.regex)), compare("<", FieldComparison(.lt)),
        compare(">=", FieldComparison(.gte)), compare("between", FieldComparison(.eq)),
        Operator("..", .infix(.none), power: 6, .range), Operator("+", .infix(.chain), power: 7, .arithmetic),
        Operator("-", .infix(.chain), power: 7, .arithmetic),
      ], brackets: [parentheses],
      names: Grammar.Names(calls: .plain, members: ["."], index: Grammar.Bracket("[", "]", .group)),
      reserved: ["and", "or", "not"], recovers: true)
    return Lowering(
      grammar,
      functions: [
        "isnotempty": Lowering.Function(FieldComparison(.exists), value: "true"),
        "isempty": Lowering.Function(FieldComparison(.isNull), value: ""),
        "ipv4_is_in_range": Lowering.Function(FieldComparison(.cidr)),
      ], transparent: ["tolower", "tostring", "parse_json"], bare: .truth)
  }()

  /// Of SPL's `search`: an implicit `AND`, `OR` that binds tighter than it, values without quotes.
  static let search = Lowering(
    Grammar(
      tokens: TokenRules(
        words: TokenRules.Words(body: (" \t\n\r()=<>!,|[]\"`" as ByteSet).inverted),
        quotes: [TokenRules.Quotes("\"", escape: .backslash)],
        symbols: ["(", ")", "[", "]", "|", ",", "=", "!=", "<", "<=", ">", ">="]),
      operators: [
        Operator("AND", .infix(.chain), power: 1, .and, ignoresCase: false),
        Operator("OR", .infix(.chain), power: 2, .or, ignoresCase: false),
        Operator("NOT", .prefix, power: 3, .not, ignoresCase: false),
        Operator("=", .infix(.none), power: 4, .comparison(FieldComparison(.eq, form: star))),
        Operator("!=", .infix(.none), power: 4, .comparison(FieldComparison(.eq, isNegated: true, form: star))),
        Operator(">=", .infix(.none), power: 4, .comparison(FieldComparison(.gte))),
        Operator("IN", .infix(.none), power: 4, .comparison(FieldComparison(.eq, form: star))),
      ], implicit: Operator("", .infix(.chain), power: 1, .and), brackets: [parentheses]),
    bare: .keyword(star), wordsAreValues: true)
  private static let star = FieldComparison.Form.pattern(many: UInt8(ascii: "*"))

  /// Of SQL: `x IS NOT NULL`, `BETWEEN 1 AND 5`, names in quotes, `''`.
  static let sql = Lowering(
    Grammar(
      tokens: TokenRules(
        words: TokenRules.Words(starts: nameBytes.subtracting(.digits), body: nameBytes),
        numbers: TokenRules.Numbers(body: ByteSet.digits.union(".")),
        quotes: [TokenRules.Quotes("'", escape: .doubled), TokenRules.Quotes("\"", content: .name, escape: .doubled)],
        comments: [TokenRules.Comment("--"), TokenRules.Comment("/*", "*/")],
        symbols: ["(", ")", ",", ".", ":", "=", "<>", "*", "/", "-"]),
      operators: [
        Operator("OR", .infix(.chain), power: 1, .or), Operator("AND", .infix(.chain), power: 2, .and),
        Operator("NOT", .prefix, power: 3, .not),
        Operator("=", .infix(.none), power: 4, .comparison(FieldComparison(.eq))),
        Operator("<>", .infix(.none), power: 4, .comparison(FieldComparison(.eq, isNegated: true))),
        Operator("IN", .infix(.none), power: 4, .comparison(FieldComparison(.eq))),
        Operator("NOT IN", .infix(.none), power: 4, .comparison(FieldComparison(.eq, isNegated: true))),
        Operator("LIKE", .infix(.none), power: 4, .comparison(FieldComparison(.eq, form: like))),
        Operator("NOT LIKE", .infix(.none), power: 4, .comparison(FieldComparison(.eq, isNegated: true, form: like))),
        Operator("IS NULL", .postfix, power: 4, .comparison(FieldComparison(.isNull))),
        Operator("IS NOT NULL", .postfix, power: 4, .comparison(FieldComparison(.exists))),
        Operator(
          "BETWEEN", .infix(.none), power: 4, .comparison(FieldComparison(.eq)), operand: .bounds(separator: "AND")),
      ], brackets: [parentheses], names: Grammar.Names(calls: .plain, members: [".", ":"])),
    transparent: ["lower"])
  private static let like = FieldComparison.Form.pattern(many: UInt8(ascii: "%"), one: UInt8(ascii: "_"))

  /// Of YARA-L: lines are and-ed, `$e` names an event, `nocase` follows a value, `/` is a regular expression where a value is
  /// expected.
  static let yaral = Lowering(
    Grammar(
      tokens: TokenRules(
        words: TokenRules.Words(
          starts: nameBytes.subtracting(.digits), body: nameBytes.union("."), sigils: "$%#"),
        numbers: TokenRules.Numbers(body: .digits),
        quotes: [
          TokenRules.Quotes("\"", escape: .backslash),
          TokenRules.Quotes("/", content: .regex, escape: .closingQuote, needsPlaceOfValue: true),
        ], comments: [TokenRules.Comment("//"), TokenRules.Comment("/*", "*/")],
        symbols: ["(", ")", ",", "=", "!=", "/"]),
      operators: [
        Operator("or", .infix(.chain), power: 1, .or), Operator("and", .infix(.chain), power: 2, .and),
        Operator("not", .prefix, power: 3, .not),
        Operator("=", .infix(.none), power: 4, .comparison(FieldComparison(.eq))),
        Operator("/", .infix(.chain), power: 6, .named("/")), Operator("nocase", .postfix, power: 5, .named("nocase")),
      ], implicit: Operator("", .infix(.chain), power: 2, .and), brackets: [parentheses],
      names: Grammar.Names(calls: .plain)))

  /// Of Python: calls of what calls return, lists, a right-associative power.
  static let python = Grammar(
    tokens: TokenRules(
      words: TokenRules.Words(starts: nameBytes.subtracting(.digits), body: nameBytes),
      numbers: TokenRules.Numbers(body: .digits),
      quotes: [
        TokenRules.Quotes("\"\"\"", escape: .backslash),
        TokenRules.Quotes("\"", escape: .backslash, endsWithLine: true),
        TokenRules.Quotes("r\"", "\"", escape: .closingQuote),
      ], comments: [TokenRules.Comment("#")],
      symbols: ["(", ")", "[", "]", ",", ".", "==", "**", "-", "+"]),
    operators: [
      Operator("or", .infix(.chain), power: 1, .or), Operator("and", .infix(.chain), power: 2, .and),
      Operator("not", .prefix, power: 3, .not),
      Operator("==", .infix(.none), power: 4, .comparison(FieldComparison(.eq))),
      Operator("not in", .infix(.none), power: 4, .comparison(FieldComparison(.eq, isNegated: true))),
      Operator("in", .infix(.none), power: 4, .comparison(FieldComparison(.eq))),
      Operator("+", .infix(.chain), power: 5, .named("+")), Operator("-", .infix(.chain), power: 5, .named("-")),
      Operator("**", .infix(.right), power: 6, .named("**")),
    ], brackets: [parentheses, Grammar.Bracket("[", "]", .list)],
    names: Grammar.Names(
      calls: .anything, members: ["."], index: Grammar.Bracket("[", "]", .group), groupsHaveParts: true),
    reserved: ["and", "or", "not", "in"], allowsLastComma: true)
}

extension Expression {
  /// As a list of what it is made of: `and(==(a, "b"), not(c))`.
  func words(in text: String) -> String {
    func source(_ span: Range<Int>) -> String { String(decoding: Array(text.utf8)[span], as: UTF8.self) }
    func list(_ parts: [Expression]) -> String { parts.map { $0.words(in: text) }.joined(separator: ", ") }
    return switch kind {
    case .name, .number, .text, .quotedName, .regex: source(span)
    case .list(let items): "[\(list(items))]"
    case .range(let lower, let upper, let includesLower, let includesUpper):
      "\(includesLower ? "from" : "above")(\(list([lower])))\(includesUpper ? "to" : "below")(\(list([upper])))"
    case .call(let name, let arguments): "call \(name.words(in: text))(\(list(arguments)))"
    case .path(let base, let steps):
      base.words(in: text)
        + steps.map { step in
          switch step {
          case .member(let part): ".\(part.words(in: text))"
          case .index(let index): "[\(index.words(in: text))]"
          case .call(let arguments): "(\(list(arguments)))"
          }
        }.joined()
    case .block(let inner): "{\(inner.words(in: text))}"
    case .literal: "literal \(source(self.span))"
    case .query(let span): "query '\(source(span))'"
    case .prefix(let meaning, let part), .postfix(let meaning, let part):
      "\(meaning.words)(\(part.words(in: text)))"
    case .infix(let meaning, let parts): "\(meaning.words)(\(list(parts)))"
    case .comparison(let left, let comparison, let right):
      "\(comparison.isNegated ? "not " : "")\(comparison.kind.rawValue)(\(list([left, right])))"
    case .unread: "unread '\(source(span))'"
    }
  }
}

extension Operator.Meaning {
  fileprivate var words: String {
    switch self {
    case .and: "and"
    case .or: "or"
    case .not: "not"
    case .range: "range"
    case .arithmetic: "arithmetic"
    case .cast: "cast"
    case .timespan: "timespan"
    case .comparison(let comparison): comparison.kind.rawValue
    case .named(let name): name
    }
  }
}
