import RuleModel

/// The tables that a query reads, each once, in the order in which they are written.
struct SQLSources {
  private(set) var all: [QuerySource] = []
  private var names: Set<String> = []

  mutating func add(_ source: QuerySource) {
    if names.insert(source.name).inserted { all.append(source) }
  }

  mutating func add(_ others: SQLSources) {
    for source in others.all { add(source) }
  }
}
