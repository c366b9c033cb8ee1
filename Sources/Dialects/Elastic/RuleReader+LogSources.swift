import Diagnostics
import DialectReading
import Documents
import RuleModel

/// The logs that the rule reads, as its data names them: a dataset becomes a service of its integration, and an event
/// category becomes a category.
extension RuleReader {
  /// - Parameter product: the product of all its log sources if the rule names none.
  mutating func readLogSources(ofProduct product: String? = nil) {
    rule.logSourcePosition = values["index"]?.position ?? sourcePosition ?? values["integration"]?.position
    var indices = DistinctTexts()
    for index in texts("index") + sources.all { indices.add(index) }
    sources = indices
    let tested = TestedSources(of: rule.stages)
    if values["index"] == nil, sourcePosition == nil, let position = tested.position {
      rule.logSourcePosition = position
    }
    var logs = tested.datasets.all.map(DataStream.init(dataset:))
    if logs.isEmpty { logs = sources.all.flatMap { streams(of: $0, modules: tested.modules.all) } }
    if logs.isEmpty, tables.all.isEmpty {
      logs = (product.map { [$0] } ?? integrations).map(DataStream.init(integration:))
    }
    let named = categories.all.filter { $0 != "any" }
    let found = logSources(in: logs, categories.all.isEmpty ? tested.categories.all : named)
    var known: Set<LogSource> = []
    rule.logSources = found.filter { known.insert($0).inserted }
  }

  /// The data streams that an index pattern reads; none if it may hold anything, in which case the rule's integrations
  /// name the data.
  private func streams(of index: String, modules: [String]) -> [DataStream] {
    guard let stream = DataStream(index: index) else { return [] }
    // The event modules say what Filebeat collects.
    return stream.product == "filebeat" && !modules.isEmpty ? modules.map { DataStream(product: $0) } : [stream]
  }

  private func logSources(in logs: [DataStream], _ categories: [String]) -> [LogSource] {
    let osquery = tables.all.map { LogSource(product: "osquery", service: $0) }
    if logs.isEmpty { return osquery + categories.map { LogSource(category: $0) } }
    // If both lists are very long, listing every pair would say nothing.
    let categories = logs.count * categories.count <= RuleReader.maximalPairs ? categories : []
    let sources = logs.flatMap { log in
      let own = categories.filter { log.dataset?.hasSuffix("." + $0) ?? false }
      let named: [String?] = own.isEmpty ? categories : own
      return (named.isEmpty ? [nil] : named).map { LogSource(category: $0, product: log.product, service: log.dataset) }
    }
    return sources + osquery
  }

  private static let maximalPairs = 1_000
}

/// What a rule's tests say about the logs that it reads.
private struct TestedSources {
  var datasets = DistinctTexts()
  var modules = DistinctTexts()
  var categories = DistinctTexts()
  /// The position of the first dataset.
  var position: SourcePosition?

  init(of stages: [Stage]) {
    stages.forEachTest { test, isNegated in
      guard test.kind == .eq, !isNegated, !test.value.isEmpty else { return }
      switch test.field {
      case "event.dataset", "data_stream.dataset":
        position = position ?? test.position
        datasets.add(test.value)
      case "event.module": modules.add(test.value)
      case "event.category": categories.add(test.value)
      default: break
      }
    }
  }
}
