/// A query language used in rules.
package enum QueryLanguage: String, Hashable, Sendable, CaseIterable {
  /// Elastic's Event Query Language.
  case eql
  /// The Kibana Query Language, which rules call `kuery`.
  case kql
  case lucene
  /// Elastic's piped language, ES|QL.
  case esql
  /// The Kusto Query Language of Microsoft Sentinel and Defender.
  case kusto
  /// As used by osquery, and by Panther's scheduled queries.
  case sql
  /// Of Google Security Operations.
  case yaral
  /// As Panther's rules are written; never run.
  case python
  /// Panther's piped language, of which nothing is read.
  case pantherFlow
  /// Splunk's Search Processing Language.
  case spl

  /// The language of a dialect that has a single one, in all of its rules, even in those without a query; nil for others.
  package static func only(of dialect: Dialect) -> QueryLanguage? {
    let languages: [Dialect: QueryLanguage] = [.kusto: .kusto, .splunk: .spl, .yaral: .yaral]
    return languages[dialect]
  }

  package var label: String {
    switch self {
    case .eql: "EQL"
    case .kql: "KQL"
    case .lucene: "Lucene"
    case .esql: "ES|QL"
    case .kusto: "Kusto"
    case .sql: "SQL"
    case .yaral: "YARA-L"
    case .python: "Python"
    case .pantherFlow: "PantherFlow"
    case .spl: "SPL"
    }
  }
}
