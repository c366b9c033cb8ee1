package import Diagnostics
package import RuleModel

/// Panther's piped language. Its words are known for colouring; its logic isn't read.
package enum PantherFlow {
  package static let grammar = Grammar(
    tokens: Kusto.grammar.tokens,
    operators: [Operator("and", .infix(.chain), power: 2, .and), Operator("or", .infix(.chain), power: 1, .or)],
    brackets: [Grammar.Bracket("(", ")", .groupOrList)], names: Grammar.Names(calls: .plain, members: ["."]),
    recovers: true, pipe: "|")
}

/// Keeps a query as one part that isn't read.
package func readPantherFlow(_ query: [UInt8], place: @escaping (Int) -> SourcePosition) -> QueryReading {
  guard let start = query.firstIndex(where: { $0 > UInt8(ascii: " ") }) else { return QueryReading() }
  let text = String(decoding: query[start...], as: UTF8.self)
  let stage = Stage(
    name: "query", language: .pantherFlow, text: text, predicate: .opaque(shortened(text), at: place(start)),
    position: place(start))
  return QueryReading(
    stages: [stage],
    faults: [
      QueryFault(
        .queryUnread, "PantherFlow isn't read; the query is shown as text and counts as no test", at: place(start))
    ])
}
