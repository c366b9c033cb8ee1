package import Diagnostics
package import RuleModel

/// The Kibana Query Language, which Elastic's rules call `kuery`.
///
/// - SeeAlso: Kibana's grammar, `kbn-es-query/src/kuery/grammar/grammar.peg`.
package enum KQL {
  private static let special: ByteSet = "\\():<>\"*{}"
  private static let star = FieldComparison.Form.pattern(many: UInt8(ascii: "*"), inQuotes: false)
  private static let characters: [UInt8: Int] = [UInt8(ascii: "u"): 4]

  package static let grammar = Grammar(
    tokens: TokenRules(
      words: TokenRules.Words(
        body: special.subtracting("*").union(.spaces).inverted, escape: UInt8(ascii: "\\"),
        escapes: Escapes(literals: special, digits: characters, words: ["and", "or", "not"])),
      quotes: [TokenRules.Quotes("\"", escape: .sequences(Escapes(literals: "\\\"", digits: characters)))],
      symbols: ["(", ")", "{", "}", ":", "<", "<=", ">", ">="]),
    operators: [
      Operator("or", .infix(.chain), power: 1, .or), Operator("and", .infix(.chain), power: 2, .and),
      Operator("not", .prefix, power: 3, .not), compare(":", FieldComparison(.eq, form: star)),
      compare("<", FieldComparison(.lt)), compare("<=", FieldComparison(.lte)), compare(">", FieldComparison(.gt)),
      compare(">=", FieldComparison(.gte)),
    ], brackets: [Grammar.Bracket("(", ")", .group), Grammar.Bracket("{", "}", .block)],
    names: Grammar.Names(joinWords: true), reserved: ["and", "or", "not"], recovers: true)

  static let lowering = Lowering(grammar, bare: .keyword(star), wordsAreValues: true, anyField: "*")

  private static func compare(_ spelling: String, _ comparison: FieldComparison) -> Operator {
    Operator(spelling, .infix(.none), power: 4, .comparison(comparison))
  }
}

/// - Parameter place: converts an offset in the query into a position in the rule's file.
package func readKQL(_ query: [UInt8], place: @escaping (Int) -> SourcePosition) -> QueryReading {
  KQL.lowering.reading(of: query, in: .kql, place: place)
}
