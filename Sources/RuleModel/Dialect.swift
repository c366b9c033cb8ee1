/// The language that a rule is written in. The reader of a dialect declares it; two dialects are equal if their ids
/// are.
package struct Dialect: RawRepresentable, Hashable, Sendable {
  /// As used in keys, addresses and reports: `yaral`.
  package let rawValue: String
  /// The name as its vendor writes it.
  package let label: String

  /// - Parameter rawValue: only the bytes `a-z 0-9`.
  package init(_ rawValue: String, label: String) { (self.rawValue, self.label) = (rawValue, label) }

  /// A dialect of which only the id is known, as in a saved catalog.
  package init(rawValue: String) {
    self = Dialect.listed.first { $0.rawValue == rawValue } ?? Dialect(rawValue, label: rawValue)
  }

  package static func == (left: Dialect, right: Dialect) -> Bool { left.rawValue == right.rawValue }

  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension Dialect: CustomStringConvertible {
  package var description: String { rawValue }
}

extension Dialect {
  package static let sigma = Dialect("sigma", label: "Sigma")
  package static let elastic = Dialect("elastic", label: "Elastic")
  package static let kusto = Dialect("kusto", label: "Kusto")
  package static let panther = Dialect("panther", label: "Panther")
  package static let splunk = Dialect("splunk", label: "Splunk")
  package static let yaral = Dialect("yaral", label: "YARA-L")

  /// The dialects that reports always list, even without any rules, in display order.
  package static let listed = [sigma, elastic, kusto, panther, splunk, yaral]

  /// All dialects to list: ``listed``, then any others that the rules use, sorted by id.
  package static func all(of rules: some Sequence<Rule>) -> [Dialect] {
    var others: Set<Dialect> = []
    for rule in rules where !listed.contains(rule.key.dialect) { others.insert(rule.key.dialect) }
    return listed + others.sorted { $0.rawValue < $1.rawValue }
  }
}
