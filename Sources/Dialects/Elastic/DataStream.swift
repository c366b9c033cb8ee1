/// A source of events in Elasticsearch: data of an integration, or an index of a family such as Filebeat's.
struct DataStream: Hashable {
  /// The integration's package, or the family's name: `okta`, `winlogbeat`.
  var product: String
  /// `okta.system`; nil where all of the product's data is meant.
  var dataset: String?

  init(product: String, dataset: String? = nil) {
    self.product = product
    self.dataset = dataset
  }

  /// - Parameter integration: the name of a package; some name a dataset of it.
  init(integration: String) {
    self = integration.contains(".") ? DataStream(dataset: integration) : DataStream(product: integration)
  }

  init(dataset: String) {
    product = String(dataset.prefix { $0 != "." })
    self.dataset = dataset
  }

  /// What an index, or a pattern of such, holds: `logs-okta.system-*` is the dataset `okta.system` of any namespace (Elastic's
  /// “data stream naming scheme”: type, dataset, namespace).
  ///
  /// - Returns: nil for a pattern that any data fits, and for one that leaves data out.
  init?(index: String) {
    let written = index.lastIndex(of: ":").map { index[index.index(after: $0)...] } ?? index[...]
    guard !written.hasPrefix("-") else { return nil }
    let known = written.prefix { $0 != "*" && $0 != "?" }
    let type = ["logs-", "metrics-", "traces-"].first { known.hasPrefix($0) }
    // Neither a dataset nor the name of a family of indices of one's own has a hyphen.
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
