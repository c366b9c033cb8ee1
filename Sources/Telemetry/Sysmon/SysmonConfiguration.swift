import Diagnostics
import Events
import RuleModel

/// What a Sysmon configuration does with each event.
///
/// - SeeAlso: Microsoft's documentation of Sysmon, "Configuration files" and "Event filtering entries"; where it leaves
///   a question open, Microsoft's own engine, rules.c and xml.cpp of Sysinternals/SysmonCommon (MIT), on which Sysmon
///   for Linux is built.
struct SysmonConfiguration: Sendable {
  /// The provider of the events.
  let provider: String
  /// By event id; contains every event of every type.
  private(set) var filters: [String: EventFilter]

  /// Combines the blocks of each type.
  ///
  /// - An event is logged if no `exclude` block of its type matches it, and an `include` block does if there is one.
  /// - With a single block, events that it doesn't match are logged if it is an `exclude`. With two or more blocks,
  ///   only events that an `include` matches are logged, so two `exclude`s without an `include` log nothing
  ///   (`FilterEventRules`: "If no match and multiple rules, default to exclude").
  /// - An empty block matches nothing: an empty `include` turns the type off, an empty `exclude` logs everything.
  /// - A type without a block has the schema's default.
  init(
    blocks: [SysmonBlock], provider: String, types: [SysmonFacts.EventType], unfiltered: [String],
    source: TelemetrySource
  ) {
    self.provider = provider
    var filters: [String: EventFilter] = [:]
    for id in unfiltered { filters[id] = EventFilter(source: source) }
    for type in types {
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

  /// Assumes that Sysmon may reject the whole configuration: events that would be logged count as partly logged.
  mutating func doubt(_ text: String, at place: SourceLocation, unfiltered: [String]) {
    let clause = FilterClause(.opaque(text), at: place, text: text)
    for (id, filter) in filters where !filter.isOff && !unfiltered.contains(id) {
      filters[id]?.keeps = filter.keeps?.map(\.doubtful) ?? [clause]
      filters[id]?.drops = filter.drops.map(\.doubtful)
    }
  }

  /// Evaluates the clauses of each filter together, with what is known about the event and what options omit from it.
  ///
  /// - Returns: what the clauses of a type do together in all of its events.
  mutating func judge(
    by options: SysmonOptions, types: [SysmonFacts.EventType], map: EventMap
  ) -> [(type: String, effect: EventFilter.JointEffect, place: SourceLocation)] {
    var found: [(type: String, effect: EventFilter.JointEffect, place: SourceLocation)] = []
    for type in types {
      var common: Set<EventFilter.JointEffect>?
      for id in type.events {
        guard var filter = filters[id] else { continue }
        filter.lacks += options.lacks[id] ?? []
        if !filter.isOff { filter.drops += options.doubts[id] ?? [] }
        let known = map.knownValues(of: Event(provider: provider, name: id)) + (options.values[id] ?? [])
        var effects: [EventFilter.JointEffect] = []
        filters[id] = filter.judged(knowing: known, effects: &effects)
        common = common?.intersection(effects) ?? Set(effects)
      }
      guard let effect = common?.first, let filter = type.events.first.flatMap({ filters[$0] }) else { continue }
      found.append((type.name, effect, effect == .dropsAll ? filter.drops[0].location : filter.source.location))
    }
    return found
  }
}

/// The element of one event type: `<ProcessCreate onmatch="include">`.
struct SysmonBlock: Sendable {
  var type: String
  var isInclude: Bool
  var location: SourceLocation
  /// What it matches, by event id; any one of the clauses suffices.
  var clauses: [String: [FilterClause]]

  /// Replaces a block whose effect is unclear, as it may include or exclude anything.
  static func doubtful(
    _ type: String, _ types: [SysmonFacts.EventType], at location: SourceLocation, text: String? = nil
  ) -> [SysmonBlock] {
    let text = text ?? type
    let clause = FilterClause(.opaque(text), at: location, text: text)
    let events = types.first { $0.name == type }?.events ?? []
    let clauses = Dictionary(events.map { ($0, [clause]) }, uniquingKeysWith: { first, _ in first })
    return [true, false].map { SysmonBlock(type: type, isInclude: $0, location: location, clauses: clauses) }
  }
}
