import Diagnostics
import DialectReading
import Documents
import QueryLanguages
import RuleModel
import Text

/// Queries, and how their stages become those of the rule.
extension RuleReader {
  mutating func readDetection() -> Match {
    let type = ruleType()
    var match = Match.single
    if type?.hasQuery != false {
      match = readQuery(in: language(of: type))
      readFilters()
    }
    if let settings = type.flatMap({ RuleSettings($0, of: values) }) {
      match = settings.match ?? match
      rule.stages.append(settings.stage(at: document.position))
    }
    leaveOutWhatIsTooLarge(at: values["query"] ?? document, limit: context.limits.tests)
    return match
  }

  private mutating func ruleType() -> RuleType? {
    guard let written = text("type"), let node = values["type"] else {
      report(.elasticType, at: document, "the rule has no 'type'; add one, such as query or eql")
      return nil
    }
    if let type = RuleType(rawValue: written) { return type }
    let names = RuleType.allCases.map(\.rawValue)
    let near = nearestName(to: written, in: names).map { "did you mean '\($0)'?" }
    report(
      .elasticType, at: node,
      "the type '\(shortened(written))' is unknown; \(near ?? "write one of \(names.joined(separator: ", "))")")
    return nil
  }

  /// Some types have a fixed language, and the others name one or use Kibana's; nil, with a finding, if it isn't one of
  /// Elastic's.
  private mutating func language(of type: RuleType?) -> QueryLanguage? {
    if let only = type?.language { return only }
    guard let written = text("language"), let node = values["language"] else { return .kql }
    if let language = QueryLanguage(elasticName: written), language != .sql { return language }
    report(
      .elasticQuery, at: node,
      "the language '\(shortened(written))' is unknown; write kuery, lucene, eql or esql")
    return nil
  }

  /// - Returns: how the query's results make the rule match.
  mutating func readQuery(in language: QueryLanguage?) -> Match {
    guard let node = values["query"], node.bytes.contains(where: { $0 > UInt8(ascii: " ") }) else {
      if values["filters"]?.items.isEmpty ?? true, values["saved_id"] == nil {
        report(.elasticQuery, at: values["query"] ?? document, "the rule has no query; write one")
        rule.lacksLogic = true
      }
      return .single
    }
    let match = add(node, in: language)
    rule.lacksLogic = rule.stages.isUnread
    return match
  }

  /// Adds the stages of a query, and the findings on it.
  private mutating func add(_ query: Node, from start: Int = 0, in language: QueryLanguage?) -> Match {
    guard let language else {
      let text = query.text ?? ""
      rule.stages.append(
        Stage(
          name: "query", text: text, predicate: .opaque(shortened(text), at: query.position), position: query.position))
      return .single
    }
    let reading = read(query, from: start, in: language)
    queries += reading.queries(from: rule.stages.count)
    rule.stages += reading.stages.referring(from: rule.stages.count)
    return reading.match
  }

  // MARK: Filters

  /// Filters besides the query: events must match each of them.
  private mutating func readFilters() {
    var references: [Predicate] = []
    for node in list("filters") where node["meta"]?["disabled"]?.boolean != true {
      let filter = KibanaFilter(node)
      if rule.stages.isEmpty {
        rule.stages.append(Stage(name: "query", predicate: .always, position: node.position))
      }
      let reference = Predicate.stage(rule.stages.count)
      references.append(filter.isNegated ? .not(reference) : reference)
      rule.stages.append(Stage(name: "filter", predicate: filter.predicate, position: node.position))
      if filter.isUnread {
        report(.queryUnread, at: node, "the filter isn't understood and counts as no test; write it into the query")
      }
    }
    if !references.isEmpty { rule.stages[0].predicate = .conjunction([rule.stages[0].predicate] + references) }
  }

  // MARK: Hunts

  /// Several queries are evaluated independently: the first stage says so, and the stages of each follow.
  mutating func readHuntQueries() -> Match {
    let queries = list("query").filter { $0.kind == .scalar }
    let languages = list("language").compactMap { $0.text.flatMap(QueryLanguage.init(elasticName:)) }
    if queries.isEmpty {
      report(.elasticQuery, at: values["query"] ?? document, "the hunt has no query; write one")
      rule.lacksLogic = true
    }
    if queries.count > 1, let first = queries.first {
      rule.stages.append(Stage(name: "queries", predicate: .never, position: first.position))
    }
    var match = Match.single
    var starts: [Predicate] = []
    for query in queries {
      let start = rule.stages.count
      let hunt = HuntQuery(query.bytes, among: languages)
      let found = add(query, from: hunt.start, in: hunt.language)
      if rule.stages.count > start { starts.append(.stage(start)) }
      if queries.count == 1 { match = found }
    }
    if queries.count > 1 { rule.stages[0].predicate = .any(starts) }
    leaveOutWhatIsTooLarge(at: values["query"] ?? document, limit: context.limits.tests)
    return match
  }
}

extension QueryReading {
  /// What it reads: the query itself, and the queries that it reads from, if each names its own indices.
  ///
  /// - Parameter start: the index of its first stage among those of the rule.
  fileprivate func queries(from start: Int) -> [ReadQuery] {
    guard !stages.isEmpty else { return [] }
    func names(_ kind: QuerySource.Kind) -> [String] { sources.lazy.filter { $0.kind == kind }.map(\.name) }
    var whole = ReadQuery(stage: start)
    whole.position = sources.first { $0.kind != .category }?.position
    whole.tables = DistinctList(names(.table))
    // The events of a sequence have a category each.
    if match == .single, let category = names(.category).first, category != "any" { whole.category = category }
    let inner = stages.indices.dropFirst().filter { stages[$0].form == .source && !stages[$0].reads.isEmpty }
    let ofInner = Set(inner.flatMap { stages[$0].reads })
    let own = names(.index).filter { !ofInner.contains($0) }
    whole.indices = DistinctList(own.isEmpty ? names(.index) : own)
    return [whole] + inner.map { ReadQuery(stage: start + $0, indices: DistinctList(stages[$0].reads)) }
  }
}
