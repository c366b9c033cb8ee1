package import RuleModel
import Text

/// How a dialect's rules name their log sources.
package enum LogNaming: Hashable, Sendable, CaseIterable {
  /// By category, product and service, as in Sigma's taxonomy.
  case logSource
  /// By Elastic's data sets: `okta.system`.
  case dataset
  /// By Kusto's tables and the functions used in their place: `SigninLogs`, `imAuthentication`.
  case table

  package init(_ dialect: Dialect) {
    self =
      switch dialect {
      case .elastic: .dataset
      case .kusto: .table
      default: .logSource
      }
  }

  /// What messages and pages call it.
  package var noun: String {
    switch self {
    case .logSource: "log source"
    case .dataset: "data set"
    case .table: "table"
    }
  }
}

/// The names of a log source in other dialects.
package struct DialectNames: Hashable, Sendable {
  var datasets: [NamePattern] = []
  /// The category of an EQL query, `process where`, to which these events are limited; nil for any. Without data sets,
  /// these are the events of queries that name none.
  var eventCategory: String?
  var tables: [NamePattern] = []

  var isEmpty: Bool { datasets.isEmpty && tables.isEmpty && eventCategory == nil }

  func names(as naming: LogNaming) -> [NamePattern] {
    switch naming {
    case .logSource: []
    case .dataset: datasets
    case .table: tables
    }
  }

  /// Identifies the log source if the map gives it no category, product or service.
  var logSource: LogSource { LogSource(category: eventCategory, service: (datasets + tables).first?.text) }
}

/// Finds the log source of the map for a name in a dialect.
struct DialectNameIndex: Sendable {
  private struct Name: Hashable {
    var naming: LogNaming
    var category: String?
    var text: String
  }

  private var literals: [Name: Int] = [:]
  /// In order of precedence.
  private var patterns: [(naming: LogNaming, category: String?, pattern: NamePattern, source: Int)] = []

  /// Adds the names of a log source, which take precedence over those added earlier.
  mutating func add(_ names: DialectNames, source: Int) {
    for naming in LogNaming.allCases {
      let category = naming == .dataset ? names.eventCategory.map(lowercasedASCII) : nil
      if naming == .dataset, names.datasets.isEmpty, category != nil {
        literals[Name(naming: naming, category: category, text: "")] = source
      }
      for pattern in names.names(as: naming).reversed() {
        if pattern.isLiteral {
          literals[Name(naming: naming, category: category, text: lowercasedASCII(pattern.text))] = source
        } else {
          patterns.insert((naming, category, pattern, source), at: 0)
        }
      }
    }
  }

  /// The source for a rule's log source, by its service or, if it has none, by its product. A name takes precedence
  /// over a pattern, and an entry for a category over one for any.
  func source(of logSource: LogSourceKey, naming: LogNaming) -> Int? {
    guard naming != .logSource, !logSource.isEmpty else { return nil }
    let name = logSource.service ?? logSource.product ?? ""
    var texts = [name]
    // A pattern that reads every data set of a package: `okta*`.
    if name.hasSuffix("*") { texts.append(trimmed(name)) }
    // A part of a package whose name doesn't include the package's.
    if let product = logSource.product, logSource.service != nil, !name.contains(".") {
      texts.append("\(product).\(name)")
    }
    let categories = logSource.category == nil ? [nil] : [logSource.category, nil]
    for text in texts {
      for category in categories {
        if let found = literals[Name(naming: naming, category: category, text: text)] { return found }
      }
    }
    for category in categories {
      let found = patterns.first { pattern in
        pattern.naming == naming && pattern.category == category && texts.contains(where: pattern.pattern.matches)
      }
      if let found { return found.source }
    }
    return nil
  }

  /// All names without a star, in no order.
  func literals(naming: LogNaming) -> [String] { literals.keys.lazy.filter { $0.naming == naming }.map(\.text) }

  /// Without the trailing star, and the dot or hyphen before it.
  private func trimmed(_ name: String) -> String {
    String(name.reversed().drop { $0 == "*" || $0 == "." || $0 == "-" }.reversed())
  }
}
