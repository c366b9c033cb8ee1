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
  /// By Panther's log types and the tables that hold them: `AWS.CloudTrail`, `panther_logs.public.aws_cloudtrail`.
  case logType
  /// By Splunk's sources, source types, data sources and data models: `aws:cloudtrail`, `Sysmon EventID 1`.
  case source
  /// By the product, vendor or log type of YARA-L's events: `Okta`, `GCP_CLOUDAUDIT`.
  case product

  package init(_ dialect: Dialect) {
    self =
      switch dialect {
      case .elastic: .dataset
      case .kusto: .table
      case .panther: .logType
      case .splunk: .source
      case .yaral: .product
      default: .logSource
      }
  }

  /// What messages and pages call it.
  package var noun: String {
    switch self {
    case .logSource: "log source"
    case .dataset: "data set"
    case .table: "table"
    case .logType: "log type"
    case .source: "source"
    case .product: "product"
    }
  }

  /// The key of an event map that lists these names; nil for the taxonomy's, which have a key each.
  var key: String? {
    switch self {
    case .logSource: nil
    case .dataset: "datasets"
    case .table: "tables"
    case .logType: "logTypes"
    case .source: "sources"
    case .product: "products"
    }
  }

  /// Whether its rules may also say which kind of event they mean: `LogSource.category`.
  var hasCategories: Bool {
    switch self {
    case .dataset, .logType, .product: true
    case .logSource, .table, .source: false
    }
  }

  /// All keys that list names, in the order of the cases.
  static let keys = allCases.compactMap(\.key)

  /// The names under which a rule's log source is looked up, best first; empty if it has only a category.
  func names(of logSource: LogSource) -> [String] {
    switch self {
    case .logSource: []
    case .dataset:
      datasetNames(logSource)
    case .table: [logSource.service ?? logSource.product].compactMap(\.self)
    case .logType:
      // A table of another database is known by its last name.
      [logSource.service, logSource.service.flatMap { $0.split(separator: ".").last.map(String.init) }]
        .compactMap(\.self)
    case .source:
      [logSource.product, logSource.service, logSource.category].compactMap(\.self).map(withoutRendering)
    case .product: [logSource.product, logSource.service].compactMap(\.self)
    }
  }

  /// The names that a log source's pattern stands for.
  func spellings(of name: NamePattern) -> [NamePattern] {
    switch self {
    case .logType where name.text.contains("."):
      [name] + [NamePattern(name.text.replacing(".", with: "_"))].compactMap(\.self)
    case .source: [NamePattern(withoutRendering(name.text)) ?? name]
    default: [name]
    }
  }

  private func datasetNames(_ logSource: LogSource) -> [String] {
    guard let name = logSource.service ?? logSource.product else { return [] }
    var names = [name]
    // A pattern that reads every data set of a package: `okta*`.
    if name.hasSuffix("*") { names.append(String(name.reversed().drop { "*.-".contains($0) }.reversed())) }
    // A part of a package whose name doesn't include the package's.
    if let product = logSource.product, logSource.service != nil, !name.contains(".") {
      names.append("\(product).\(name)")
    }
    return names
  }

  /// Splunk's collectors write one log of Windows as text or, under a name that says so, as XML.
  private func withoutRendering(_ source: String) -> String {
    let stars = source.prefix { $0 == "*" }
    let name = source.dropFirst(stars.count)
    return lowercasedASCII(String(name)).hasPrefix("xmlwineventlog:") ? String(stars + name.dropFirst(3)) : source
  }
}

/// The names of a log source in other dialects.
package struct DialectNames: Hashable, Sendable {
  var names: [LogNaming: [NamePattern]] = [:]
  /// The category of an EQL query, `process where`, or the type of a UDM event, `PROCESS_LAUNCH`, to which these events
  /// are limited; nil for any. Without names, these are the events of rules that name none.
  var eventCategory: String?

  var isEmpty: Bool { names.isEmpty && eventCategory == nil }

  func names(as naming: LogNaming) -> [NamePattern] { names[naming] ?? [] }

  /// The names that themselves name an event.
  var namingEvents: [NamePattern] {
    LogNaming.allCases.flatMap(names(as:)).filter { $0.word == DialectNameIndex.eventWord }
  }

  /// Identifies the log source if the map gives it no category, product or service.
  var logSource: LogSource {
    let first = LogNaming.allCases.lazy.compactMap { names(as: $0).first }.first
    return LogSource(category: eventCategory, service: first?.text)
  }
}
