import RuleModel
import Text

/// What log sources are called, in lower case.
struct LogSourceNames {
  enum Kind {
    /// A data set or table.
    case log
    case module
    case category
  }

  private(set) var logs: Set<String> = []
  private(set) var products: Set<String> = []
  /// The categories of each log.
  private(set) var categories: [String: Set<String>] = [:]

  init(_ logSources: [LogSource] = []) {
    for source in logSources {
      let log = LogSourceNames.log(of: source)
      logs.insert(log)
      products.insert(lowercasedASCII(source.product ?? ""))
      if let category = source.category { categories[log, default: []].insert(lowercasedASCII(category)) }
    }
  }

  /// The name of its data set or table, in lower case; all data of a product has the product's, with a star.
  static func log(of logSource: LogSource) -> String {
    lowercasedASCII(logSource.service ?? "\(logSource.product ?? "")*")
  }

  func holds(module: String) -> Bool { products.contains { LogSource.data(of: $0, mayHoldModule: module) } }
}

extension LogNaming {
  /// The kind of name that a field holds; nil for any other field.
  func names(inField field: String?) -> LogSourceNames.Kind? {
    switch (self, field) {
    case (.dataset, "event.dataset"), (.dataset, "data_stream.dataset"): .log
    case (.dataset, "event.module"): .module
    case (.dataset, "event.category"): .category
    case (.table, "Type"), (.logType, "p_log_type"): .log
    default: nil
    }
  }
}
