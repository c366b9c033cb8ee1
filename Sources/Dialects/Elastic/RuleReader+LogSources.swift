import Diagnostics
import DialectReading
import Documents
import RuleModel
import Text

/// The logs that the rule reads, as its data names them: a dataset becomes a service of its integration, and an event
/// category becomes a category.
extension RuleReader {
  /// - Parameter product: the product of all its log sources if the rule names none.
  mutating func readLogSources(ofProduct product: String? = nil) {
    indices = texts("index")
    rule.logSourcePosition = logSourcePosition
    var tested = TestedSources(of: rule.stages, queries)
    let list = LogSourceList(
      queries: queries, indices: indices, others: product.map { [$0] } ?? integrations, ways: tested.all())
    rule.logSources = list.logSources
    let names = queries.count > 1 ? list.namesOfQueries : [:]
    for query in queries { rule.stages[query.stage].reads = names[query.stage] ?? [] }
  }

  private var logSourcePosition: SourcePosition? {
    if let index = values["index"]?.position ?? queries.lazy.compactMap(\.position).first { return index }
    var position: SourcePosition?
    rule.stages.forEachTest { test, isNegated in
      guard position == nil, test.kind == .eq, !isNegated, !test.value.isEmpty else { return }
      if ["event.dataset", "data_stream.dataset"].contains(test.field) { position = test.position }
    }
    return position ?? values["integration"]?.position
  }
}

/// Collects the log sources of a rule's queries.
private struct LogSourceList {
  /// A data stream in a query; nil if nothing names one.
  private struct Place: Hashable {
    var query: Int?
    var log: DataStream?
  }

  private let queries: [ReadQuery]
  private let indicesOfQuery: [Int: ReadQuery]
  /// The indices that the rule reads besides those that its queries name.
  private let indices: [String]
  /// The packages that it reads if nothing else names them.
  private let others: [String]
  private var places: [Place] = []
  private var categories: [Place: DistinctList<String?>] = [:]
  /// The data streams of a query and a module.
  private var known: [TestedSource: [DataStream]] = [:]

  init(queries: [ReadQuery], indices: [String], others: [String], ways: [TestedSource]) {
    self.queries = queries
    indicesOfQuery = queries.byStage
    (self.indices, self.others) = (indices, others)
    let pairs = ways.reduce(0) { $0 + logs(of: $1).count }
    if pairs <= TestedSources.limit {
      for way in ways { add(way) }
    } else {
      // As in `TestedSources.product`, for the same reason.
      for way in ways.withoutCategories { add(way) }
    }
  }

  private mutating func add(_ way: TestedSource) {
    let logs = logs(of: way)
    for log in logs { add(way.category, at: Place(query: way.query, log: log)) }
    if logs.isEmpty { add(way.category, at: Place(query: way.query)) }
  }

  private mutating func add(_ category: String?, at place: Place) {
    if categories[place] == nil { places.append(place) }
    categories[place, default: DistinctList()].add(category)
  }

  /// The data streams that a way is about, or else those that its query reads and its module collects.
  private mutating func logs(of way: TestedSource) -> [DataStream] {
    if let stream = way.stream { return [stream] }
    let key = TestedSource(query: way.query, module: way.module)
    if let found = known[key] { return found }
    let query = way.query.flatMap { indicesOfQuery[$0] }
    let written = DistinctList(indices + (query?.indices.all ?? []))
    var all = written.all.compactMap(DataStream.init(index:))
    if let module = way.module {
      // The event module says what Filebeat collects.
      all = all.map { $0.product == "filebeat" ? DataStream(product: module) : $0 }
      let own = all.filter { $0.mayHold(module: module) }
      if !own.isEmpty { all = own }
    }
    if all.isEmpty, query?.tables.all.isEmpty ?? true { all = others.map(DataStream.init(integration:)) }
    known[key] = all
    return all
  }

  /// Each once.
  var logSources: [LogSource] {
    let tables = queries.flatMap(\.tables.all).map { LogSource(product: "osquery", service: $0) }
    return (places.flatMap(logSources) + tables).filter { !$0.isEmpty }.distinct()
  }

  private func logSources(at place: Place) -> [LogSource] {
    let asked = categories[place]?.all ?? []
    let held = asked.filter { category in category.map { DataStream.mayHold(category: $0, in: place.log) } ?? true }
    let all = held.isEmpty ? asked : held
    // A data set whose name ends in one of the rule's categories has no events of the others.
    let own = all.filter { category in category.map { place.log?.dataset?.hasSuffix("." + $0) ?? false } ?? false }
    return (own.isEmpty ? all : own).map {
      LogSource(category: $0, product: place.log?.product, service: place.log?.dataset)
    }
  }

  /// The names of each query's log sources, by its first stage.
  var namesOfQueries: [Int: [String]] {
    var names: [Int: DistinctList<String>] = [:]
    for query in queries { names[query.stage] = query.tables }
    for place in places {
      if let query = place.query, let log = place.log { names[query]?.add(log.dataset ?? log.product) }
    }
    return names.mapValues(\.all)
  }
}
