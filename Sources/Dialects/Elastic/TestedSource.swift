import RuleModel
import Text

/// What a way in which a rule can match says about the log that its events come from.
struct TestedSource: Hashable {
  /// The first stage of the query that it belongs to; nil outside of queries.
  var query: Int?
  /// A data set that the events are in, or its package.
  var stream: DataStream?
  var module: String?
  var category: String?

  /// Both; nil if no event can be in two data sets, or come from two modules, at once.
  fileprivate func and(_ other: TestedSource) -> TestedSource? {
    var result = self
    result.query = query ?? other.query
    switch (stream, other.stream) {
    case (let own?, let another?):
      if another.isWithin(own) { result.stream = another } else if !own.isWithin(another) { return nil }
    case (nil, let another): result.stream = another
    case (_, nil): break
    }
    if let module, let another = other.module, module != another { return nil }
    result.module = module ?? other.module
    // An event may be of several categories.
    result.category = category ?? other.category
    return result
  }
}

/// Finds what a rule's logic says about the logs that it reads: for each way in which it can match, the data set, the
/// module and the category that it asks for.
///
/// What one branch of an `or` asks for says nothing about the others.
struct TestedSources {
  private let stages: [Stage]
  private let queries: [Int: ReadQuery]
  /// By stage: first the plain ways, then the negated ones.
  private var known: [[TestedSource]?]

  /// More than any sensible rule has.
  static let limit = 1_000

  init(of stages: [Stage], _ queries: [ReadQuery]) {
    self.stages = stages
    self.queries = queries.byStage
    known = Array(repeating: nil, count: stages.count * 2)
  }

  /// Without duplicates, in the order of the rule's tests; never empty.
  mutating func all() -> [TestedSource] {
    guard !stages.isEmpty else { return [TestedSource()] }
    let found = ways(ofStage: 0, negated: false)
    return found.isEmpty ? [TestedSource(query: queries[0]?.stage, category: queries[0]?.category)] : found
  }

  private mutating func ways(of predicate: Predicate, negated: Bool) -> [TestedSource] {
    switch predicate {
    case .all(let parts): group(parts, byAnd: !negated, negated: negated)
    case .any(let parts): group(parts, byAnd: negated, negated: negated)
    case .not(let part): ways(of: part, negated: !negated)
    case .test(let test): [negated ? TestedSource() : TestedSource(test)]
    case .text: [TestedSource()]
    case .stage(let index): stages.indices.contains(index) ? ways(ofStage: index, negated: negated) : [TestedSource()]
    }
  }

  private mutating func ways(ofStage index: Int, negated: Bool) -> [TestedSource] {
    let place = index * 2 + (negated ? 1 : 0)
    if let found = known[place] { return found }
    known[place] = [TestedSource()]
    let stage = stages[index]
    var found = eventsOfSequence(stage) ?? ways(of: stage.predicate, negated: negated)
    if stage.form == .condition, let category = stage.reads.first {
      found = product([TestedSource(category: category)], found)
    }
    if let query = queries[index] {
      found = product(found, [TestedSource(query: index, category: query.category)])
    }
    known[place] = found
    return found
  }

  /// The ways of each event of an EQL sequence, except those that must be absent; nil for any other stage.
  private mutating func eventsOfSequence(_ stage: Stage) -> [TestedSource]? {
    guard stage.language == .eql, stage.form == .source, case .all(let parts) = stage.predicate else { return nil }
    var (events, others): ([Predicate], [Predicate]) = ([], [])
    for part in parts {
      switch part {
      case .stage(let index) where isEvent(index): events.append(part)
      case .not(.stage(let index)) where isEvent(index): break
      default: others.append(part)
      }
    }
    if events.isEmpty { return nil }
    return product(group(events, byAnd: false, negated: false), group(others, byAnd: true, negated: false))
  }

  private func isEvent(_ index: Int) -> Bool { stages.indices.contains(index) && stages[index].form == .condition }

  private mutating func group(_ parts: [Predicate], byAnd: Bool, negated: Bool) -> [TestedSource] {
    guard byAnd else { return union(parts.map { ways(of: $0, negated: negated) }) }
    var result = [TestedSource()]
    for part in parts {
      let own = ways(of: part, negated: negated)
      guard own != [TestedSource()] else { continue }
      result = product(result, own)
    }
    return result
  }

  private func product(_ left: [TestedSource], _ right: [TestedSource]) -> [TestedSource] {
    func joined(_ left: [TestedSource], _ right: [TestedSource]) -> [TestedSource]? {
      guard left.count * right.count <= TestedSources.limit else { return nil }
      return left.flatMap { one in right.compactMap { one.and($0) } }.distinct()
    }
    // With thousands of pairs, each would be one of many logs that the rule may read: the data sets alone say more.
    return joined(left, right) ?? joined(left.withoutCategories, right.withoutCategories) ?? left
  }

  private func union(_ parts: [[TestedSource]]) -> [TestedSource] {
    // An empty group says nothing.
    parts.isEmpty ? [TestedSource()] : parts.joined().distinct()
  }
}

extension TestedSource {
  fileprivate init(_ test: Test) {
    guard let field = test.field, !test.value.isEmpty, test.kind == .eq || test.kind == .startsWith else { return }
    let isWhole = test.kind == .eq
    switch field {
    case "event.dataset", "data_stream.dataset":
      stream = isWhole ? DataStream(dataset: test.value) : DataStream(datasetPrefix: test.value)
    case "event.module" where isWhole: module = test.value
    case "event.category" where isWhole: category = test.value
    default: break
    }
  }
}

extension [TestedSource] {
  /// The same ways but for the categories that they ask for, each once.
  var withoutCategories: [TestedSource] {
    map { TestedSource(query: $0.query, stream: $0.stream, module: $0.module) }.distinct()
  }
}
