package import Diagnostics
package import RuleModel

/// Lucene's query syntax, as Elasticsearch's `query_string` reads it.
///
/// - SeeAlso: Lucene's classic query parser, and Elastic's "Query string syntax".
package enum Lucene {
  private static let termStart = ByteSet.spaces.union("+-!():^[]{}\"~\\/").inverted
  private static let wildcards = FieldComparison.Form.pattern(
    many: UInt8(ascii: "*"), one: UInt8(ascii: "?"), inQuotes: false)
  static let equals = FieldComparison(.eq, form: wildcards)

  /// All clauses form one chain, whatever operators are between them; ``LuceneClauses`` interprets those.
  package static let grammar = Grammar(
    tokens: TokenRules(
      words: TokenRules.Words(
        starts: termStart, body: termStart.union("+-/"), escape: UInt8(ascii: "\\"),
        escapes: Escapes(letters: "", literals: ByteSet(0...0xFF).subtracting("u"), digits: [UInt8(ascii: "u"): 4])),
      // Suffixes of a term that set its proximity or boost: `~2`, `^1.5`.
      numbers: TokenRules.Numbers(starts: "~^", body: ByteSet.digits.union(".")),
      quotes: [
        TokenRules.Quotes("\"", escape: .sequences(.literal)),
        TokenRules.Quotes("/", content: .regex, escape: .closingQuote),
      ], symbols: ["(", ")", "[", "]", "{", "}", ":", "+", "-", "!"]),
    operators: [
      clause("AND"), clause("&&"), clause("OR"), clause("||"),
      Operator("NOT", .prefix, power: 2, .not, ignoresCase: false), Operator("!", .prefix, power: 2, .not),
      Operator("-", .prefix, power: 2, .not), Operator("+", .prefix, power: 2, required),
      Operator(":", .infix(.none), power: 3, .comparison(equals)),
    ], implicit: clause(""),
    brackets: [
      Grammar.Bracket("(", ")", .block), Grammar.Bracket("[", "]", .bounds(separator: "TO"), orClose: "}"),
      Grammar.Bracket("{", "}", .bounds(separator: "TO"), orClose: "]"),
    ], reserved: ["AND", "OR", "NOT"], reservedIgnoresCase: false, recovers: true)

  static let required = Operator.Meaning.named("+")

  private static func clause(_ spelling: String) -> Operator {
    Operator(spelling, .infix(.chain), power: 1, .or, ignoresCase: false)
  }

  static let lowering = Lowering(
    grammar, bare: .keyword(wildcards), wordsAreValues: true, anyField: "*", nulls: [])
}

/// - Parameter place: converts an offset in the query into a position in the rule's file.
package func readLucene(_ query: [UInt8], place: @escaping (Int) -> SourcePosition) -> QueryReading {
  Lucene.lowering.reading(of: query, in: .lucene, place: place) { LuceneClauses(bytes: query).logic(of: $0) }
}
