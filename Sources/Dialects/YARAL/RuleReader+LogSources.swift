import Diagnostics
import DialectReading
import RuleModel
import Text

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
      let room = RuleReader.maximalLogSources - rule.logSources.count
      rule.logSources += tested.logSources(atMost: room).filter { known.insert($0).inserted }
    }
    let surplus = rule.logSources.count - RuleReader.maximalLogSources
    if surplus > 0 {
      rule.logSources.removeLast(surplus)
      add("Log sources left out", ["\(surplus)"])
    }
    if rule.logSources.isEmpty { readWrittenLogSource() }
    for key in ["product", "service", "category"] { _ = meta.take([key]) }
  }

  /// How many log sources are listed: far more than any real rule names.
  private static let maximalLogSources = 1000

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
  private var types = DistinctList<String>()
  private var products = DistinctList<String>()
  private var vendors = DistinctList<String>()
  private var logs = DistinctList<String>()
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

  private mutating func add(_ test: Test, to list: WritableKeyPath<TestedSources, DistinctList<String>>) {
    position = position ?? test.position
    self[keyPath: list].add(test.value)
  }

  /// The most specific names.
  var names: [String] { [types, products, vendors, logs].map(\.all).first { !$0.isEmpty } ?? [] }

  /// Every combination; if there would be more than the limit, each name by itself.
  func logSources(atMost limit: Int) -> [LogSource] {
    let (types, products, logs) = (types.all, (products.all.isEmpty ? vendors : products).all, logs.all)
    if types.isEmpty, products.isEmpty, logs.isEmpty { return [] }
    func choices(_ names: [String]) -> [String?] { names.isEmpty ? [nil] : names }
    let lists = [types, products, logs].map(choices)
    guard lists.reduce(1, { $0.multipliedReportingOverflow(by: $1.count).partialValue }) <= limit else {
      return types.map { LogSource(category: $0) } + products.map { LogSource(product: $0) }
        + logs.map { LogSource(service: $0) }
    }
    return lists[0].flatMap { type in
      lists[1].flatMap { product in
        lists[2].map { LogSource(category: type, product: product, service: $0) }
      }
    }
  }
}
