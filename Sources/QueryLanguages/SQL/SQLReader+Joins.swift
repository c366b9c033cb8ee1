import Diagnostics
import RuleModel

/// What joins say.
extension SQLReader {
  /// The logic of a join; nil if it has none. Rows without a match stay in the result of an outer join, so that they
  /// needn't meet its conditions.
  func join(_ clause: Clause) -> Predicate? {
    // After a comma, another table follows.
    let items = pipelineCommands(of: bytes, in: clause.body, dividedBy: ",", sql.grammar.tokens).map(\.span)
    let joined = items.first.map { tables(in: $0) } ?? []
    let others = items.dropFirst().flatMap { tables(in: $0) }
    let relation = relation(of: clause)
    let ofMatches = (clause.keepsEarlierRows ? joined : []) + [relation].compactMap(\.self)
    if clause.keepsEarlierRows || clause.keepsOwnRows, ofMatches.contains(where: \.saysSomething) {
      let required = (clause.keepsEarlierRows ? [] : joined) + others
      let optional = Predicate.any([.all(ofMatches), unmatchedRows(of: clause)])
      return required.isEmpty ? optional : .all(required + [optional])
    }
    let parts = joined + others + [relation].compactMap(\.self)
    return parts.isEmpty ? nil : .all(parts)
  }

  /// What a join says of the rows that match each other; nil if it says nothing.
  private func relation(of clause: Clause) -> Predicate? {
    guard let word = clauseSearch.first(of: ["on", "using"], in: clause.body) else { return nil }
    if source(word).lowercased() == "on" {
      let rest = word.upperBound..<clause.body.upperBound
      let first = pipelineCommands(of: bytes, in: rest, dividedBy: ",", sql.grammar.tokens).first?.span ?? rest
      let condition = condition(in: first, relatesTables: true)
      if condition.saysSomething { return condition }
    }
    let text = source(word.lowerBound..<clause.body.upperBound)
    return .noTest(shortened(text), at: place(word.lowerBound))
  }

  /// The rows of an outer join that have no match, by its words up to its condition.
  func unmatchedRows(of join: Clause) -> Predicate {
    let end = clauseSearch.first(of: ["on", "using"], in: join.body)?.lowerBound ?? join.span.upperBound
    let whole = join.span.lowerBound..<end
    let first = pipelineCommands(of: bytes, in: whole, dividedBy: ",", sql.grammar.tokens).first?.span ?? whole
    return .noTest(shortened(source(first)), at: place(join.span.lowerBound))
  }
}
