import Diagnostics
import Events

/// What a Sysmon configuration makes of each event.
///
/// - SeeAlso: Microsoft's documentation of Sysmon, "Configuration files" and "Event filtering entries"; where it leaves
///   a question open, Microsoft's own engine, rules.c and xml.cpp of Sysinternals/SysmonCommon (MIT), which Sysmon for
///   Linux is built of.
struct SysmonConfiguration: Sendable {
  /// Who writes the events.
  let provider: String
  /// By event id; every event of every type is there.
  let filters: [String: EventFilter]

  /// Joins the blocks of each type.
  ///
  /// - An event is logged when no `exclude` block of its type matches it, and an `include` block does, if there is one.
  /// - One block alone: what it doesn't match is logged where it is an `exclude`. Two blocks or more: only what an
  ///   `include` matches, so that two `exclude`s alone log nothing (`FilterEventRules`: "If no match and multiple rules,
  ///   default to exclude").
  /// - An empty block matches nothing: an empty `include` turns the type off, an empty `exclude` logs all.
  /// - A type without a block has the default of the schema.
  init(blocks: [SysmonBlock], provider: String, facts: SysmonFacts, source: TelemetrySource) {
    self.provider = provider
    var filters: [String: EventFilter] = [:]
    for id in facts.unfiltered { filters[id] = EventFilter(source: source) }
    for type in facts.types {
      let blocks = blocks.filter { $0.type == type.name }
      let includes = blocks.filter(\.isInclude)
      for id in type.events {
        guard let first = includes.first ?? blocks.first else {
          filters[id] = EventFilter(source: source, keeps: type.isLoggedByDefault ? nil : [], isDefault: true)
          continue
        }
        filters[id] = EventFilter(
          source: TelemetrySource(source.kind, at: first.location),
          keeps: includes.isEmpty && blocks.count == 1 ? nil : includes.flatMap { $0.clauses[id] ?? [] },
          drops: blocks.filter { !$0.isInclude }.flatMap { $0.clauses[id] ?? [] })
      }
    }
    self.filters = filters
  }

  private init(provider: String, filters: [String: EventFilter]) {
    (self.provider, self.filters) = (provider, filters)
  }

  /// The same, of events whose fields are left empty under an option.
  func lacking(_ lacks: [String: [FilterClause]]) -> SysmonConfiguration {
    var filters = filters
    for (id, clauses) in lacks { filters[id]?.lacks += clauses }
    return SysmonConfiguration(provider: provider, filters: filters)
  }
}

/// One event type's element: `<ProcessCreate onmatch="include">`.
struct SysmonBlock: Sendable {
  var type: String
  var isInclude: Bool
  var location: SourceLocation
  /// What it matches, by event id; the event passes by any of them.
  var clauses: [String: [FilterClause]]
}
