/// The language that a rule is written in.
package enum Dialect: String, Hashable, Sendable, CaseIterable {
  case sigma, elastic, kusto, panther, splunk, yaral

  /// The name as its makers write it.
  package var label: String {
    switch self {
    case .sigma: "Sigma"
    case .elastic: "Elastic"
    case .kusto: "Kusto"
    case .panther: "Panther"
    case .splunk: "Splunk"
    case .yaral: "YARA-L"
    }
  }
}
