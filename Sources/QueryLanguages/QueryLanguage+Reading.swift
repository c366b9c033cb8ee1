package import Diagnostics
package import RuleModel

extension QueryLanguage {
  /// Reads a query.
  ///
  /// - Parameter place: finds the place of a byte of the query in the rule's file.
  package func read(_ query: [UInt8], place: @escaping (Int) -> SourcePosition) -> QueryReading {
    switch self {
    case .eql: readEQL(query, place: place)
    case .kql: readKQL(query, place: place)
    case .lucene: readLucene(query, place: place)
    case .esql: readESQL(query, place: place)
    case .kusto: readKusto(query, place: place)
    case .sql: readSQL(query, place: place)
    }
  }

  /// What a query's text is coloured by.
  package var grammar: Grammar {
    switch self {
    case .eql: EQL.grammar
    case .kql: KQL.grammar
    case .lucene: Lucene.grammar
    case .esql: ESQL.grammar
    case .kusto: Kusto.grammar
    case .sql: SQL.grammar
    }
  }
}
