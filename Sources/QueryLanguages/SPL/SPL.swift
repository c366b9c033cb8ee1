package import Diagnostics
import RuleModel

/// Splunk's Search Processing Language. Its command `search` has another grammar than the expressions of `where` and
/// `eval`.
///
/// - SeeAlso: Splunk's Search Reference and Search Manual.
package enum SPL {
  private static let escapes = Escapes(letters: "", literals: "\\\"")
  /// Outside quotes, a backslash also keeps a space or a pipe in a word.
  private static let wordEscapes = Escapes(letters: "", literals: "\\\" |")
  /// Macros that weren't written out are between back-ticks.
  private static let quotes = [
    TokenRules.Quotes("\"", escape: .sequences(escapes)), TokenRules.Quotes("`", content: .name),
  ]
  private static let comments = [TokenRules.Comment("```", "```")]
  private static let brackets = [Grammar.Bracket("(", ")", .groupOrList), Grammar.Bracket("[", "]", .query)]
  static let star = FieldComparison.Form.pattern(many: UInt8(ascii: "*"))
  static let percent = FieldComparison.Form.pattern(many: UInt8(ascii: "%"), one: UInt8(ascii: "_"))

  /// The command `search`, in which every other word is a value.
  static let search = Grammar(
    tokens: TokenRules(
      words: TokenRules.Words(
        body: ByteSet.spaces.union("\"`(),=!<>[]|\\").inverted, escape: UInt8(ascii: "\\"), escapes: wordEscapes),
      quotes: quotes, comments: comments,
      symbols: ["(", ")", "[", "]", "|", ",", "=", "==", "!=", "<", "<=", ">", ">="]),
    operators: [
      Operator("AND", .infix(.chain), power: 1, .and, ignoresCase: false),
      Operator("OR", .infix(.chain), power: 2, .or, ignoresCase: false),
      Operator("NOT", .prefix, power: 3, .not, ignoresCase: false),
      compare("=", FieldComparison(.eq, form: star), power: 4),
      compare("==", FieldComparison(.eq, form: star), power: 4),
      compare("!=", FieldComparison(.eq, isNegated: true, form: star), power: 4),
      compare("in", FieldComparison(.eq, form: star), power: 4),
      compare("not in", FieldComparison(.eq, isNegated: true, form: star), power: 4),
    ] + relations(power: 4)
      + ["TERM", "CASE", "PREFIX"].map { Operator($0, .prefix, power: 5, .named($0), ignoresCase: false) },
    implicit: Operator("AND", .infix(.chain), power: 1, .and), brackets: brackets,
    reserved: ["AND", "OR", "NOT"], reservedIgnoresCase: false, allowsLastComma: true,
    allowsEmptyItems: true, recovers: true)

  private static let name = ByteSet.letters.union(.digits).union(.beyondASCII).union("_{}:@$")
  private static let nameWords: TokenRules.Words = {
    var words = TokenRules.Words(starts: name.subtracting(.digits).subtracting(":"), body: name, single: "*")
    words.inner = "."
    return words
  }()
  private static let numbers: TokenRules.Numbers = {
    var numbers = TokenRules.Numbers(body: ByteSet.digits.union("."), pointNeedsDigit: true, hasExponent: true)
    numbers.canStartWithPoint = true
    return numbers
  }()

  /// Expressions, and whole searches to be coloured.
  package static let grammar = Grammar(
    tokens: TokenRules(
      words: nameWords, numbers: numbers,
      quotes: quotes + [TokenRules.Quotes("'", content: .name)], comments: comments,
      symbols: [
        "(", ")", "[", "]", "|", ",", "=", "==", "!=", "!", "<", "<=", ">", ">=", "+", "-", "/", "%", ".",
      ]),
    operators: [
      Operator("xor", .infix(.chain), power: 1, .named("xor")), Operator("or", .infix(.chain), power: 2, .or),
      Operator("and", .infix(.chain), power: 3, .and), Operator("not", .prefix, power: 4, .not),
      Operator("!", .prefix, power: 4, .not),
      compare("=", FieldComparison(.eq), power: 5), compare("==", FieldComparison(.eq), power: 5),
      compare("!=", FieldComparison(.eq, isNegated: true), power: 5), compare("in", FieldComparison(.eq), power: 5),
      compare("not in", FieldComparison(.eq, isNegated: true), power: 5),
      compare("like", FieldComparison(.eq, form: percent), power: 5),
      compare("not like", FieldComparison(.eq, isNegated: true, form: percent), power: 5),
      Operator(".", .infix(.chain), power: 6, .arithmetic),
      Operator("+", .infix(.chain), power: 7, .arithmetic), Operator("-", .infix(.chain), power: 7, .arithmetic),
      Operator("*", .infix(.chain), power: 8, .arithmetic), Operator("/", .infix(.chain), power: 8, .arithmetic),
      Operator("%", .infix(.chain), power: 8, .arithmetic), Operator("-", .prefix, power: 9, .arithmetic),
      Operator("+", .prefix, power: 9, .arithmetic),
    ] + relations(power: 5),
    brackets: brackets, names: Grammar.Names(calls: .plain), reserved: ["and", "or", "not", "xor"], recovers: true,
    pipe: "|")

  private static func compare(_ spelling: String, _ comparison: FieldComparison, power: Int) -> Operator {
    Operator(spelling, .infix(.none), power: power, .comparison(comparison))
  }

  private static func relations(power: Int) -> [Operator] {
    [("<", TestKind.lt), ("<=", .lte), (">", .gt), (">=", .gte)].map { spelling, kind in
      compare(spelling, FieldComparison(kind), power: power)
    }
  }
}

/// Reads a search (design.md, “The other dialects”): what it reads, its commands, and their tests.
///
/// - Parameters:
///   - query: in UTF-8.
///   - macros: finds the macros that it uses.
///   - definesCommand: whether an app defines a command, given its name in lower case.
///   - place: converts an offset in the query into a position in the rule's file.
package func readSPL(
  _ query: [UInt8], macros: @escaping SPLMacro.Lookup = { _, _ in nil },
  definesCommand: @escaping (String) -> Bool = { _ in false }, place: @escaping (Int) -> SourcePosition
) -> QueryReading {
  if SPL2.isWritten(in: query) { return SPL2.reading(query, place: place) }
  return SPLReader(query, macros: macros, definesCommand: definesCommand, place: place).reading()
}
