import Attack
import Events
import RuleModel
import Text

// What the review lists in addition to techniques.

extension CoverageReview.TacticRow {
  init(_ tactic: Tactic, _ techniques: [CoverageReview.TechniqueRow]) {
    self.init(tactic: tactic)
    var seen: Set<RuleID> = []
    for row in techniques where row.technique.tactics.contains(tactic.id) {
      self.techniques += 1
      if row.state.isCovered { covered += 1 }
      if row.state == .runs { runs += 1 }
      if row.state == .partly { partly += 1 }
      if row.state == .blind { blind += 1 }
      seen.formUnion(row.rules)
    }
    rules = seen.count
  }
}

extension CoverageReview {
  static func events(_ readers: EventReaders, _ telemetry: CollectedView?) -> [EventRow] {
    var rows = readers.events.map { event in
      EventRow(
        event: event, rules: readers.rules(naming: event).count,
        state: telemetry?.isCollected(event) == false ? .missing : .used)
    }
    let unmatched = telemetry?.unmatched ?? [:]
    for event in telemetry?.collected ?? [] where !readers.isRead(event, unmatched: unmatched) {
      rows.append(EventRow(event: event, rules: 0, state: .untapped))
    }
    return rows.sorted { $0.event < $1.event }
  }

  /// - Parameter listed: the rules whose log sources are listed; nil for all.
  static func logSources(_ index: CatalogIndex, _ listed: Set<RuleID>?) -> [LogSourceRow] {
    var counts: [LogSource: Int] = [:]
    var isListed: Set<LogSource> = []
    for number in index.rules.indices where index.techniques.isCounted[number] {
      for source in index.rules[number].logSources.lazy.map(\.withoutDefinition) where !source.isEmpty {
        counts[source, default: 0] += 1
        if listed?.contains(number) ?? true { isListed.insert(source) }
      }
    }
    func parts(_ source: LogSource) -> [String] {
      [source.category, source.product, source.service].map { $0 ?? "" }
    }
    return counts.filter { isListed.contains($0.key) }
      .map { (parts($0.key), LogSourceRow(logSource: $0.key, rules: $0.value)) }
      .sorted { left, right in
        left.0.lexicographicallyPrecedes(right.0, by: inByteOrder)
      }
      .map(\.1)
  }

  static func dialects(
    _ index: CatalogIndex, _ matrix: AttackMatrix, scope: Set<TechniqueID>?, _ listed: Set<RuleID>?
  ) -> [DialectRow] {
    let dialectOf = index.rules.mapValues(\.key.dialect)
    var rows: [Dialect: DialectRow] = [:]
    for (number, dialect) in dialectOf.pairs {
      rows[dialect, default: DialectRow(dialect: dialect, rules: 0, counted: 0, covered: 0)].rules += 1
      if index.techniques.isCounted[number] { rows[dialect]?.counted += 1 }
    }
    for (technique, entry) in zip(matrix.techniques, index.techniques.techniques)
    where scope?.contains(technique.id) ?? true {
      let covering = Set(entry.all.lazy.filter { index.techniques.isCounted[$0] }.map { dialectOf[$0] })
      for dialect in covering { rows[dialect]?.covered += 1 }
      if covering.count == 1, technique.isActive, let dialect = covering.first {
        rows[dialect]?.onlyHere.append(technique.id)
      }
    }
    for (dialect, languages) in languageRows(of: index.rules) { rows[dialect]?.languages = languages }
    for dialect in rows.keys { rows[dialect]?.onlyHere.sort() }
    let isListed = Set((listed.map(Array.init) ?? Array(index.rules.indices)).map { dialectOf[$0] })
    return index.indicators.dialects.compactMap { isListed.contains($0) ? rows[$0] : nil }
  }
}

/// How much of each dialect's logic is understood, by language, sorted by name; logic that isn't a query comes first.
private func languageRows(of rules: RuleColumn<Rule>) -> [Dialect: [CoverageReview.LanguageRow]] {
  var rows: [Dialect: [QueryLanguage?: CoverageReview.LanguageRow]] = [:]
  for rule in rules.values {
    var own: [QueryLanguage?: CoverageReview.LanguageRow] = [:]
    let only = QueryLanguage.only(of: rule.key.dialect)
    if rule.stages.isEmpty { own[only] = CoverageReview.LanguageRow(language: only) }
    for stage in rule.stages {
      let language = stage.language ?? only
      var row = own[language] ?? CoverageReview.LanguageRow(language: language)
      stage.predicate.forEachLeaf { leaf, _ in row.add(leaf) }
      own[language] = row
    }
    // Parts outside the queries that test nothing, such as how matches are counted, have no language.
    if own.count > 1, own[nil]?.leaves == 0 { own[nil] = nil }
    for (language, row) in own {
      var sum = rows[rule.key.dialect]?[language] ?? CoverageReview.LanguageRow(language: language)
      sum.rules += 1
      sum.add(row)
      rows[rule.key.dialect, default: [:]][language] = sum
    }
  }
  return rows.mapValues { languages in
    languages.values.sorted { inByteOrder($0.language?.rawValue ?? "", $1.language?.rawValue ?? "") }
  }
}

/// The events in a review that has a scope.
struct EventsInScope {
  /// Those that the rules in scope read.
  private let read: Set<Event>
  /// Those that ATT&CK's strategies name for the techniques in scope.
  private let named: Set<Event>

  init(_ techniques: [CoverageReview.TechniqueRow], rules: Set<RuleID>, of index: CatalogIndex) {
    read = Set(rules.lazy.flatMap { index.events[$0].events.map(\.event) })
    named = Set(techniques.lazy.flatMap { $0.events.map(\.event) })
  }

  func contains(_ row: CoverageReview.EventRow) -> Bool {
    guard row.state == .untapped else { return read.contains(row.event) }
    // Two events also match if one of them stands for any event of the same provider.
    return row.event.isAny
      ? named.contains { $0.provider == row.event.provider }
      : named.contains(row.event) || named.contains(Event(provider: row.event.provider, name: "*"))
  }
}
