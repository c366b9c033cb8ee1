import DialectReading
import Documents
import RuleModel

/// The logs that the rule reads, as its data names them: a dataset is a service of its integration, and a category of events is one.
extension RuleReader {
  /// - Parameter product: of all of them, where the rule names none.
  mutating func readLogSources(ofProduct product: String? = nil) {
    if let node = values["index"] {
      rule.logSourcePosition = node.position
      let patterns = texts("index")
      sources = patterns + sources.filter { !patterns.contains($0) }
    }
    var (datasets, modules, named) = ([String](), [String](), [String]())
    rule.stages.forEachTest { test, isNegated in
      guard test.kind == .eq, !isNegated, !test.value.isEmpty else { return }
      func add(to list: inout [String]) { if !list.contains(test.value) { list.append(test.value) } }
      switch test.field {
      case "event.dataset", "data_stream.dataset":
        if datasets.isEmpty, values["index"] == nil { rule.logSourcePosition = test.position }
        add(to: &datasets)
      case "event.module": add(to: &modules)
      case "event.category": add(to: &named)
      default: break
      }
    }
    var logs = datasets.map(DataStream.init(dataset:))
    if logs.isEmpty { logs = sources.flatMap { streams(of: $0, modules) } }
    if logs.isEmpty, tables.isEmpty { logs = (product.map { [$0] } ?? integrations).map(DataStream.init(integration:)) }
    let categories = self.categories.isEmpty ? named : self.categories.filter { $0 != "any" }
    for log in logs { add(log, categories) }
    for table in tables { add(LogSource(product: "osquery", service: table)) }
    if logs.isEmpty { for category in categories { add(LogSource(category: category)) } }
  }

  /// What an index pattern reads; none for one that may hold anything, whose data its integrations name.
  private func streams(of index: String, _ modules: [String]) -> [DataStream] {
    guard let stream = DataStream(index: index) else { return [] }
    // What Filebeat collects, its modules say.
    return stream.product == "filebeat" && !modules.isEmpty ? modules.map { DataStream(product: $0) } : [stream]
  }

  private mutating func add(_ log: DataStream, _ categories: [String]) {
    let own = categories.filter { log.dataset?.hasSuffix("." + $0) ?? false }
    for category in own.isEmpty ? categories : own {
      add(LogSource(category: category, product: log.product, service: log.dataset))
    }
    if categories.isEmpty { add(LogSource(product: log.product, service: log.dataset)) }
  }

  private mutating func add(_ source: LogSource) {
    if !rule.logSources.contains(source) { rule.logSources.append(source) }
  }
}
