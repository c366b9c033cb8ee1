/// The language that a rule is written in. Its reader declares it; two are the same where their ids are.
package struct Dialect: RawRepresentable, Hashable, Sendable {
  /// As keys, addresses and reports have it: `yaral`.
  package let rawValue: String
  /// The name as its makers write it.
  package let label: String

  /// - Parameter rawValue: of the bytes `a-z 0-9` only.
  package init(_ rawValue: String, label: String) { (self.rawValue, self.label) = (rawValue, label) }

  /// One that is only known by its id, as in a catalog that was kept.
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

  /// Those that reports list whether there are rules of them or not, in their order.
  package static let listed = [sigma, elastic, kusto, panther, splunk, yaral]

  /// All that lists of dialects have a place for: ``listed``, then those of rules that aren't among them, by id.
  package static func all(of rules: some Sequence<Rule>) -> [Dialect] {
    var others: Set<Dialect> = []
    for rule in rules where !listed.contains(rule.key.dialect) { others.insert(rule.key.dialect) }
    return listed + others.sorted { $0.rawValue < $1.rawValue }
  }
}
