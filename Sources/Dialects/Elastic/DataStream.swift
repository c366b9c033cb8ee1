import RuleModel

/// A source of events in Elasticsearch: the data of an integration, or an index of a family such as Filebeat's.
struct DataStream: Hashable {
  /// The integration's package, or the family's name: `okta`, `winlogbeat`.
  var product: String
  /// `okta.system`; nil if all of the product's data is meant.
  var dataset: String?

  init(product: String, dataset: String? = nil) {
    self.product = product
    self.dataset = dataset
  }

  /// - Parameter integration: the name of a package, which may include one of its datasets.
  init(integration: String) {
    self = integration.contains(".") ? DataStream(dataset: integration) : DataStream(product: integration)
  }

  init(dataset: String) {
    product = String(dataset.prefix { $0 != "." })
    self.dataset = dataset
  }

  /// - Parameter prefix: the beginning of the names of data sets: `okta.`.
  init(datasetPrefix prefix: String) {
    let name = String(prefix.reversed().drop { $0 == "." }.reversed())
    self = name.contains(".") ? DataStream(dataset: name) : DataStream(product: name)
  }

  /// Whether it is the other one, or a part of it.
  func isWithin(_ other: DataStream) -> Bool {
    guard let whole = other.dataset else { return product == other.product }
    return dataset.map { $0 == whole || $0.hasPrefix(whole + ".") } ?? false
  }

  /// Whether events of a module may be in it.
  func mayHold(module: String) -> Bool { LogSource.data(of: product, mayHoldModule: module) }

  /// Whether events of a data stream may have an event category; without one, events of most products.
  static func mayHold(category: String, in stream: DataStream?) -> Bool {
    guard let products = productsOfCategories[category] else { return true }
    return stream.map { products.contains($0.product) } ?? false
  }

  /// Values of `event.category` that aren't among those of the Elastic Common Schema ("Allowed values" of the field), and
  /// the products that nevertheless write them: Packetbeat, and the package that replaces it, instead of `network`.
  private static let productsOfCategories: [String: Set<String>] = [
    "network_traffic": ["network_traffic", "packetbeat"]
  ]

  /// What an index or index pattern holds: `logs-okta.system-*` is the dataset `okta.system` in any namespace
  /// (Elastic's “data stream naming scheme”: type, dataset, namespace).
  ///
  /// - Returns: nil for a pattern that matches any data, and for one that excludes data.
  init?(index: String) {
    let written = index.lastIndex(of: ":").map { index[index.index(after: $0)...] } ?? index[...]
    guard !written.hasPrefix("-") else { return nil }
    let known = written.prefix { $0 != "*" && $0 != "?" }
    let type = ["logs-", "metrics-", "traces-"].first { known.hasPrefix($0) }
    // Neither a dataset nor the name of an index family of the user's own contains a hyphen.
    let name = known.dropFirst(type?.utf8.count ?? 0)
    let isFamily = ["auditbeat-", "filebeat-", "heartbeat-", "packetbeat-", "winlogbeat-", "metricbeat-"].contains {
      name.hasPrefix($0)
    }
    let whole = type == nil && !isFamily ? name : name.prefix { $0 != "-" }
    let trimmed = whole.reversed().drop { $0 == "-" || $0 == "." }.reversed()
    guard !trimmed.isEmpty else { return nil }
    let dataset = String(trimmed)
    if type != nil, dataset.contains(".") {
      self.init(dataset: dataset)
    } else {
      self.init(product: dataset)
    }
  }
}
