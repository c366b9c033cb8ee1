import Diagnostics
import DialectReading
import RuleModel

/// The logs that the rule reads, as its events name them: the event's type is the category, the product's name the
/// product, the type of log the service.
extension RuleReader {
  mutating func readLogSources() {
    var known: Set<LogSource> = []
    let uses = rule.stages.uses
    // An event that must not come says nothing about where those that come are.
    for index in rule.stages.indices where uses[index] != .negated {
      let tested = TestedSources(of: rule.stages, at: index)
      if rule.logSourcePosition == nil { rule.logSourcePosition = tested.position }
      if rule.stages[index].name.hasPrefix("$") { rule.stages[index].reads = tested.names }
      rule.logSources += tested.logSources.filter { known.insert($0).inserted }
    }
    if rule.logSources.isEmpty { readWrittenLogSource() }
    for key in ["product", "service", "category"] { _ = meta.take([key]) }
  }

  /// What `meta` says: a log source of Sigma's, in a rule that was one, or where the data comes from.
  private mutating func readWrittenLogSource() {
    func name(_ key: String) -> String? { meta.text(of: [key])?[...].trimmed() }
    let source = LogSource(category: name("category"), product: name("product"), service: name("service"))
    let entry = written.meta.first { ["category", "product", "service", "data_source"].contains($0.key.lowercased()) }
    if !source.isEmpty {
      rule.logSources = [source]
    } else if let text = name("data_source") ?? name("datasource") ?? name("log_source") {
      rule.logSources = text.split(separator: ",").map { LogSource(product: $0.trimmed()) }.filter { !$0.isEmpty }
    }
    if !rule.logSources.isEmpty { rule.logSourcePosition = entry.map { span($0.valueSpan).start } }
  }
}

/// What a stage's own tests say about the logs that its event is in.
private struct TestedSources {
  private var types: [String] = []
  private var products: [String] = []
  private var vendors: [String] = []
  private var logs: [String] = []
  private(set) var position: SourcePosition?

  init(of stages: [Stage], at index: Int) {
    stages[index].predicate.forEachLeaf { leaf, isNegated in
      guard case .test(let test) = leaf, !isNegated, test.kind == .eq, !test.value.isEmpty else { return }
      switch test.field {
      case "metadata.event_type": add(test, to: \.types)
      case "metadata.product_name": add(test, to: \.products)
      case "metadata.vendor_name": add(test, to: \.vendors)
      case "metadata.log_type": add(test, to: \.logs)
      default: break
      }
    }
  }

  private mutating func add(_ test: Test, to list: WritableKeyPath<TestedSources, [String]>) {
    position = position ?? test.position
    // One more than those that are listed shows that there are too many.
    guard self[keyPath: list].count <= TestedSources.maximalNames else { return }
    if !self[keyPath: list].contains(test.value) { self[keyPath: list].append(test.value) }
  }

  /// What tells them from those of other events best.
  var names: [String] { [types, products, vendors, logs].first { !$0.isEmpty } ?? [] }

  private static let maximalNames = 64

  /// Every combination, unless there are so many that they would say nothing.
  var logSources: [LogSource] {
    let named = products.isEmpty ? vendors : products
    func choices(_ names: [String]) -> [String?] {
      names.isEmpty || names.count > TestedSources.maximalNames ? [nil] : names
    }
    return choices(types).flatMap { type in
      choices(named).flatMap { product in
        choices(logs).map { LogSource(category: type, product: product, service: $0) }
      }
    }.filter { !$0.isEmpty }
  }
}
