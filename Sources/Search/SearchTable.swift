package import Analysis
package import Attack
package import Events
package import RuleModel
import Text

/// What of a catalog can be searched: each rule's texts, and the named things that it has.
package struct SearchTable: Sendable {
  /// A value that rules compare a field with, in one way.
  package struct Value: Sendable {
    /// As the first rule writes it.
    package var test: Test
    /// In the table of indicators, or of exclusions.
    package var id: IndicatorID
    /// The number of its field among ``fields``.
    package var field: Int
    /// The rules that have it, ascending, at least one.
    package var rules: [RuleID]
  }

  package let titles: RuleColumn<String>
  package let ids: RuleColumn<String?>
  package let keys: RuleColumn<RuleKey>
  /// Those of the matrix that are active, and those withdrawn that rules name, by their ids; then their full names. A
  /// sub-technique has the names of its technique as well.
  package let techniques: NameTable
  /// By id, name and short name.
  package let tactics: NameTable
  /// By id, name and aliases; so are campaigns and software. Rules have those that their tags name.
  package let groups: NameTable
  package let campaigns: NameTable
  package let software: NameTable
  /// By provider and name together, name, title.
  package let events: NameTable
  /// By the number of each in ``events``.
  package let eventOfName: [Event]
  package let providers: NameTable
  /// In the order of the given uses: by the canonical name, then what rules call it.
  package let fields: NameTable
  package let authors: NameTable
  package let levels: NameTable
  package let statuses: NameTable
  /// Empty if it isn't known what is collected.
  package let states: NameTable
  package let products: NameTable
  package let categories: NameTable
  package let services: NameTable
  package let dialects: NameTable
  /// What rules look for, by the first rule that has it, then field, kind and value.
  package let values: [Value]
  /// What they leave out, likewise.
  package let exclusions: [Value]

  /// What a search over the entire event is called.
  package static let wholeEvent = "Anywhere in the event"

  /// - Parameters:
  ///   - uses: those of the index, which are expensive to work out twice.
  ///   - threats: the groups, campaigns and software that can be found; nil for all.
  ///   - states: what each rule sees of what is collected; nil if that isn't known.
  package init(
    of index: CatalogIndex, attack matrix: AttackMatrix, events map: EventMap, uses: [FieldUse],
    threats: Set<AttackObjectID>? = nil, states: RuleColumn<RuleState>?
  ) {
    let rules = index.rules
    func each<Part>(_ part: (RuleID) -> Part) -> RuleColumn<Part> { rules.mapPlaces(part) }
    titles = each { rules[$0].title }
    ids = each { rules[$0].id }
    keys = each { rules[$0].key }
    techniques = techniqueTable(of: index.attack, matrix)
    tactics = tacticTable(of: index.attack, matrix)
    func threatTable(_ objects: [AttackObject], _ named: (AttackCoverage) -> [AttackObjectID]) -> NameTable {
      Search.threatTable(of: index.attack, objects.filter { threats?.contains($0.id) ?? true }, named)
    }
    groups = threatTable(matrix.groups) { $0.groups }
    campaigns = threatTable(matrix.campaigns) { $0.campaigns }
    software = threatTable(matrix.software) { $0.software }
    (events, eventOfName, providers) = eventTables(of: index.events, map)
    fields = fieldTable(of: uses, rules: rules.count)
    authors = table(of: each { rules[$0].authors })
    levels = table(of: each { [rules[$0].level?.rawValue].compactMap { $0 } })
    statuses = table(of: each { [rules[$0].status?.rawValue].compactMap { $0 } })
    self.states = table(of: each { id in states.map { [KeptVisibility.State($0[id]).rawValue] } ?? [] })
    products = table(of: each { rules[$0].products })
    categories = table(of: each { rules[$0].logSources.compactMap(\.category).distinct() })
    services = table(of: each { rules[$0].logSources.compactMap(\.service).distinct() })
    dialects = table(of: each { [rules[$0].key.dialect.rawValue] })
    let numbers = Dictionary(uses.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    values = valueList(of: index.indicators, fields: numbers)
    exclusions = valueList(of: index.exclusions, fields: numbers)
  }

  /// The table among whose names a filter chooses; nil for one that looks into texts.
  func names(of filter: SearchFilter) -> NameTable? {
    switch filter {
    case .title, .id, .value, .excludes: nil
    case .technique: techniques
    case .tactic: tactics
    case .group: groups
    case .campaign: campaigns
    case .software: software
    case .event: events
    case .provider: providers
    case .field: fields
    case .author: authors
    case .level: levels
    case .status: statuses
    case .state: states
    case .product: products
    case .category: categories
    case .service: services
    case .dialect: dialects
    }
  }

  /// Those whose names a word without a filter is looked for in, in the order in which a match is reported.
  package static let namesOfWords: [SearchFilter] = [
    .technique, .group, .campaign, .software, .event, .provider, .field, .product, .category, .service, .author,
  ]
}

// MARK: Making tables

private func table(of names: RuleColumn<[String]>) -> NameTable {
  var table = NameTable(rules: names.count)
  for (rule, names) in names.pairs { table.give(names.map { table.number(of: $0) }, to: rule) }
  return table
}

private func techniqueTable(of attack: RuleColumn<AttackCoverage>, _ matrix: AttackMatrix) -> NameTable {
  var table = NameTable(rules: attack.count)
  let named = Set(attack.flatMap { $0.revoked.map(\.written) + $0.deprecated })
  for technique in matrix.techniques where technique.isActive || named.contains(technique.id.description) {
    let parent = technique.id.parent.flatMap(matrix.technique)
    let aliases = [technique.name] + (parent.map { [$0.id.description, $0.name] } ?? [])
    _ = table.number(
      of: technique.id.description,
      aliases: parent.map { ["\($0.name): \(technique.name)"] + aliases } ?? aliases)
  }
  for (rule, coverage) in attack.pairs {
    let written = (coverage.revoked.map(\.written) + coverage.deprecated).filter { TechniqueID($0) != nil }
    table.give((coverage.techniques.map(\.description) + written).map { table.number(of: $0) }, to: rule)
  }
  return table
}

private func tacticTable(of attack: RuleColumn<AttackCoverage>, _ matrix: AttackMatrix) -> NameTable {
  var table = NameTable(rules: attack.count)
  for tactic in matrix.tactics {
    _ = table.number(of: tactic.id.description, aliases: [tactic.name, tactic.shortName])
  }
  for (rule, coverage) in attack.pairs {
    table.give(coverage.rows.map { table.number(of: $0.tactic.description) }, to: rule)
  }
  return table
}

private func threatTable(
  of attack: RuleColumn<AttackCoverage>, _ objects: [AttackObject], _ named: (AttackCoverage) -> [AttackObjectID]
) -> NameTable {
  var table = NameTable(rules: attack.count)
  for object in objects where object.isActive {
    _ = table.number(of: object.id.description, aliases: [object.name] + object.aliases)
  }
  for (rule, coverage) in attack.pairs {
    table.give(named(coverage).map { table.number(of: $0.description) }, to: rule)
  }
  return table
}

private func eventTables(
  of resolutions: RuleColumn<EventResolution>, _ map: EventMap
) -> (events: NameTable, eventOfName: [Event], providers: NameTable) {
  var events = NameTable(rules: resolutions.count)
  var providers = NameTable(rules: resolutions.count)
  var numbers: [Event: (event: Int, provider: Int)] = [:]
  // In their own order, so that rules' lists of them are short to write.
  let all = Set(resolutions.flatMap { $0.events.map(\.event) }).sorted()
  for event in all {
    let title = map.title(of: event)
    let number = events.number(
      of: "\(event.provider) \(event.name)", aliases: [event.name] + [title].compactMap { $0 })
    let provider = providers.number(
      of: event.provider, aliases: [map.provider(named: event.provider)?.title].compactMap { $0 })
    numbers[event] = (number, provider)
  }
  for (rule, resolution) in resolutions.pairs {
    let found = resolution.events.compactMap { numbers[$0.event] }
    events.give(found.map(\.event), to: rule)
    providers.give(found.map(\.provider), to: rule)
  }
  return (events, all, providers)
}

private func fieldTable(of uses: [FieldUse], rules: Int) -> NameTable {
  var table = NameTable(rules: rules)
  var ofRule = RuleColumn<[Int]>(repeating: [], count: rules)
  for use in uses {
    let number = table.number(of: use.name ?? SearchTable.wholeEvent, aliases: use.otherNames.map(\.name))
    for rule in use.rules { ofRule[rule].append(number) }
    for rule in use.excludingRules where ofRule[rule].last != number { ofRule[rule].append(number) }
  }
  for (rule, fields) in ofRule.pairs { table.give(fields, to: rule) }
  return table
}

private func valueList(of table: IndicatorTable, fields: [String?: Int]) -> [SearchTable.Value] {
  let rules = table.rulesByIndicator()
  var isSeen = IndicatorColumn<Bool>(repeating: false, count: rules.count)
  var values: [SearchTable.Value] = []
  values.reserveCapacity(rules.count)
  for entries in table.entries {
    var last: (name: String?, number: Int)?
    for entry in entries where !isSeen[entry.id] {
      isSeen[entry.id] = true
      // Entries of one field follow each other.
      if last?.name != entry.comparedField || last == nil {
        last = fields[entry.comparedField].map { (entry.comparedField, $0) }
      }
      guard let last else { continue }
      values.append(
        SearchTable.Value(test: entry.test, id: entry.id, field: last.number, rules: rules[entry.id]))
    }
  }
  return values
}
