package import Diagnostics
package import RuleModel

extension QueryLanguage {
  /// Reads a query.
  ///
  /// - Parameter place: converts an offset in the query into a position in the rule's file.
  package func read(_ query: [UInt8], place: @escaping (Int) -> SourcePosition) -> QueryReading {
    switch self {
    case .eql: readEQL(query, place: place)
    case .kql: readKQL(query, place: place)
    case .lucene: readLucene(query, place: place)
    case .esql: readESQL(query, place: place)
    case .kusto: readKusto(query, place: place)
    case .sql: readSQL(query, place: place)
    case .yaral: readYARAL(query, place: place)
    case .python: readPython(query, place: place)
    case .pantherFlow: readPantherFlow(query, place: place)
    case .spl: readSPL(query, place: place)
    }
  }

  /// The grammar by which a query's text is coloured.
  package var grammar: Grammar {
    switch self {
    case .eql: EQL.grammar
    case .kql: KQL.grammar
    case .lucene: Lucene.grammar
    case .esql: ESQL.grammar
    case .kusto: Kusto.grammar
    case .sql: SQL.grammar
    case .yaral: YARAL.grammar
    case .python: Python.grammar
    case .pantherFlow: PantherFlow.grammar
    case .spl: SPL.grammar
    }
  }
}
