import Diagnostics
import RuleModel

/// What is not asked of an event, so that a rule keeps some: nothing, its fields, then their values, then its name.
enum Leniency: Int, Comparable, CaseIterable {
  case strict, fields, values, names

  static func < (left: Leniency, right: Leniency) -> Bool { left.rawValue < right.rawValue }
}

/// The events of a log source that a rule's alternatives reach.
struct ReachedEvents {
  private let source: LogSourceEvents
  private let ways: Set<Alternative>
  private let leniency: Leniency
  /// Indices of targets that are one event.
  private var targets: Set<Int> = []
  /// Events that the rule names, and providers that it reaches without naming one.
  private var named: Set<Event> = []
  /// Providers that the rule reaches by its log source alone.
  private var byDefault: Set<Event> = []

  init(of source: LogSourceEvents, by ways: Set<Alternative>, leniency: Leniency, in map: EventMap) {
    self.source = source
    self.ways = ways
    self.leniency = leniency
    for way in ways {
      let provider = source.provider(in: way, map)
      let name = source.eventName(in: way, of: provider, map)
      var isNamed = false
      for (index, target) in source.targets.enumerated() {
        guard case .event(let event) = target.extent else { continue }
        let fits = source.fits(target, event, name: name, provider: provider, map)
        if fits, name?.isExact == true { isNamed = true }
        if fits || leniency >= .names, leniency >= .values || source.differingField(of: target, in: way) == nil,
          leniency >= .fields || source.missingFields(of: target, in: way).isEmpty
        {
          targets.insert(index)
        }
      }
      if !isNamed { reachOpenTargets(name: name, provider: provider, map) }
    }
  }

  var isEmpty: Bool { targets.isEmpty && named.isEmpty && byDefault.isEmpty }

  private mutating func reachOpenTargets(name: Alternative.Choice?, provider: String?, _ map: EventMap) {
    guard source.targets.contains(where: { $0.extent == .any }) else { return }
    let event = name.flatMap { $0.isExact ? $0.text : nil }
    if let provider {
      named.insert(map.known(provider, event ?? "*"))
      return
    }
    let listed = name.map(source.providers(listing:)) ?? []
    for provider in listed { named.insert(map.known(provider, event ?? "*")) }
    guard listed.isEmpty else { return }
    for target in source.targets where target.extent == .any {
      if let event {
        named.insert(map.known(target.provider, event))
      } else if !target.mustBeNamed {
        byDefault.insert(Event(provider: target.provider, name: "*"))
      }
    }
  }

  /// An event `*` counts only where its provider, or for a default one the rule, has none with a name.
  func events(in map: EventMap) -> [MappedEvent] {
    let withNames = Set(named.filter { !$0.isAny }.map(\.provider))
    var events = named.filter { !$0.isAny || !withNames.contains($0.provider) }
    if withNames.isEmpty { events.formUnion(byDefault) }
    for index in targets {
      guard case .event(let event) = source.targets[index].extent else { continue }
      events.insert(Event(provider: source.targets[index].provider, name: event))
    }
    return events.sorted().map {
      MappedEvent(event: $0, isOperation: source.namesOperations && !$0.isAny, title: map.title(of: $0))
    }
  }

  /// Why events are left out; where being strict leaves none, why those that count had to be let in.
  func narrowings(strictIsEmpty: Bool, in map: EventMap) -> [Narrowing] {
    let concerned = source.targets.indices.filter { targets.contains($0) == strictIsEmpty }
    return concerned.compactMap { index in
      let target = source.targets[index]
      guard case .event(let event) = target.extent, let reason = reason(against: target, event, map) else { return nil }
      return Narrowing(
        event: Event(provider: target.provider, name: event), reason: reason, isSetAside: strictIsEmpty)
    }.sorted { $0.event < $1.event }
  }

  /// nil where the rule names other events: it was asked for.
  private func reason(
    against target: LogSourceEvents.Target, _ event: String, _ map: EventMap
  ) -> Narrowing.Reason? {
    let fitting = ways.filter { way in
      let provider = source.provider(in: way, map)
      return source.fits(
        target, event, name: source.eventName(in: way, of: provider, map), provider: provider, map)
    }
    let possible = fitting.filter { source.differingField(of: target, in: $0) == nil }
    if possible.isEmpty {
      let fields = fitting.compactMap { source.differingField(of: target, in: $0) }
      return fields.min(by: inByteOrder).map { .differs(field: $0) }
    }
    let missing = possible.map { source.missingFields(of: target, in: $0) }
    guard missing.allSatisfy({ !$0.isEmpty }), let first = missing.first else { return nil }
    let everyWay = missing.dropFirst().reduce(first) { $0.intersection($1) }
    if !everyWay.isEmpty { return .lacks(source.fields.names(of: everyWay)) }
    return .lacksOne(of: source.fields.names(of: missing.reduce(first) { $0.union($1) }))
  }
}
