package import Diagnostics

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
  .unread(
    query, in: .pantherFlow, form: .condition,
    "PantherFlow isn't read; the query is shown as text and counts as no test", place: place)
}
