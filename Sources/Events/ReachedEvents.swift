import Diagnostics
import RuleModel
import Text

/// Which conditions on an event are ignored so that a rule keeps some events: none, then those on its fields, on their
/// values, and on its name.
enum Leniency: Int, Comparable, CaseIterable {
  case strict, fields, values, names

  static func < (left: Leniency, right: Leniency) -> Bool { left.rawValue < right.rawValue }
}

/// The events of a log source that a rule's alternatives reach.
struct ReachedEvents {
  private let source: LogSourceEvents
  private let ways: Set<Alternative>
  private let leniency: Leniency
  /// The indices of reached targets that are a single event.
  private var targets: Set<Int> = []
  /// Events that the rule names, and providers that it reaches without naming an event.
  private var named: Set<Event> = []
  /// Providers of which the rule asks for events whose names match a pattern.
  private var byPattern: Set<Event> = []
  /// Providers that the rule reaches only through its log source.
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
        guard case .event(let event) = target.extent, !source.rulesOut(event, of: target.provider, in: way, map) else {
          continue
        }
        let fits = source.fits(target, event, in: way, name: name, provider: provider, map)
        if fits, name?.isExact == true { isNamed = true }
        if fits || leniency >= .names, leniency >= .values || source.differingField(of: target, in: way) == nil,
          leniency >= .fields || source.missingFields(of: target, in: way).isEmpty
        {
          targets.insert(index)
        }
      }
      if !isNamed {
        reachOpenTargets(in: way, name: name, provider: provider, map)
        reachEquivalents(in: way, map)
      }
    }
    let operations = operationsBesideServices()
    dropForeignNames()
    place(operations, in: map)
  }

  var isEmpty: Bool { targets.isEmpty && named.isEmpty && byDefault.isEmpty }

  private mutating func reachOpenTargets(
    in way: Alternative, name: Alternative.Choice?, provider: String?, _ map: EventMap
  ) {
    let listsPinnedOnly = source.listsPinnedOnly
    let event = name.flatMap { $0.isExact ? $0.text : nil }
    guard listsPinnedOnly || source.targets.contains(where: { $0.extent == .any }) else {
      return reachListed(event, in: way, name: name, provider: provider, map)
    }
    if event == nil, source.asksForNumbers(way), reachNumbers(in: way, provider: provider, map) || listsPinnedOnly {
      return
    }
    if let provider {
      if event == nil, source.asksForNoEvent(of: provider, in: way, map) { return }
      let found = map.known(provider, event ?? "*")
      if !listsPinnedOnly || source.holds(found, in: map) { named.insert(found) }
      return
    }
    let listed = (name.map(source.providers(listing:)) ?? []).filter { !source.rulesOut(provider: $0, in: way, map) }
    for provider in listed {
      let found = map.known(provider, event ?? "*")
      named.insert(found)
      if event == nil { byPattern.insert(found) }
    }
    guard listed.isEmpty else { return }
    for target in source.targets
    where (target.extent == .any || listsPinnedOnly) && !source.rulesOut(provider: target.provider, in: way, map) {
      if let event {
        if !listsPinnedOnly { named.insert(map.known(target.provider, event)) }
      } else if !target.mustBeNamed, !source.asksForNoEvent(of: target.provider, in: way, map) {
        byDefault.insert(Event(provider: target.provider, name: "*"))
      }
    }
  }

  /// Reaches events that entries list only by name or pattern, if a rule names them.
  private mutating func reachListed(
    _ event: String?, in way: Alternative, name: Alternative.Choice?, provider: String?, _ map: EventMap
  ) {
    guard let event, let name else {
      if source.asksForNumbers(way) { _ = reachNumbers(in: way, provider: provider, map) }
      return
    }
    let listing = source.targets.filter { target in
      guard case .pinned(let names) = target.extent, names.lists(event) || names.match(event) != nil else {
        return false
      }
      return provider.map { lowercasedASCII($0) == lowercasedASCII(target.provider) } ?? true
    }
    guard !listing.isEmpty else { return }
    if let provider {
      _ = named.insert(map.known(provider, event))
      return
    }
    for provider in source.providers(listing: name) where !source.rulesOut(provider: provider, in: way, map) {
      named.insert(map.known(provider, event))
    }
  }

  /// If a rule names several providers with an event, only the one whose entries list the event is meant.
  private mutating func dropForeignNames() {
    guard named.count > 1 else { return }
    for event in named where !event.isAny {
      let listing = source.targets.compactMap { target -> Event? in
        guard case .pinned(let names) = target.extent, names.lists(event.name) else { return nil }
        return Event(provider: target.provider, name: event.name)
      }
      let isListed = listing.contains { lowercasedASCII($0.provider) == lowercasedASCII(event.provider) }
      if !isListed, listing.contains(where: named.contains) { named.remove(event) }
    }
  }

  /// Operations that the rule lists side by side with several services, so that it doesn't say which belong together,
  /// but the entries do for some of them.
  private func operationsBesideServices() -> [String] {
    // Two operations beside two services are four events; with fewer, either there is one service or one operation.
    guard named.count > 3, source.pin.providers.contains(where: { $0.derivation != nil }) else { return [] }
    var services: [String: Set<String>] = [:]
    for event in named where !event.isAny { services[event.name, default: []].insert(event.provider) }
    return Dictionary(grouping: services.keys) { services[$0] ?? [] }.flatMap { services, names in
      services.count > 1 && names.contains { listing($0, of: services).count == 1 } ? names : []
    }
  }

  /// Assigns such operations to the provider of the log source's remaining events if the entries list them under none of
  /// the services.
  private mutating func place(_ operations: [String], in map: EventMap) {
    guard let open = source.targets.first(where: { $0.extent == .any })?.provider else { return }
    for name in operations {
      let events = named.filter { $0.name == name }
      guard listing(name, of: Set(events.map(\.provider))).isEmpty else { continue }
      named.subtract(events)
      named.insert(map.known(open, name))
    }
  }

  /// The providers whose entries list an event.
  private func listing(_ name: String, of providers: Set<String>) -> [String] {
    let folded = Set(providers.map(lowercasedASCII))
    return source.targets.lazy.filter { target in
      guard case .pinned(let names) = target.extent, names.lists(name) else { return false }
      return folded.contains(lowercasedASCII(target.provider))
    }.map(\.provider)
  }

  /// Reaches events that are equivalent to an event of the log source and requested by number in its place: `EventID:
  /// 4657` in the category registry_set. A weak equivalent doesn't count.
  private mutating func reachEquivalents(in way: Alternative, _ map: EventMap) {
    guard source.asksForNumbers(way) || source.namesNumber(way) else { return }
    let own = source.targets.compactMap { target -> Event? in
      guard case .event(let name) = target.extent else { return nil }
      return Event(provider: target.provider, name: name)
    }
    guard own.allSatisfy({ source.rulesOut($0.name, of: $0.provider, in: way, map) }) else { return }
    for event in own {
      for equivalent in map.equivalents(of: event) where equivalent.quality == .same || equivalent.quality == .partial {
        guard let second = equivalent.second else { continue }
        let names = second.isAny ? source.numberedEvents(of: second.provider, in: way, map) : [second.name]
        for name in names where !source.rulesOut(name, of: second.provider, in: way, map) {
          named.insert(map.known(second.provider, name))
        }
      }
    }
  }

  /// Reaches the known events with the requested numbers.
  ///
  /// - Returns: whether there are any.
  private mutating func reachNumbers(in way: Alternative, provider: String?, _ map: EventMap) -> Bool {
    var found: Set<Event> = []
    func add(of provider: String, where isMeant: (String) -> Bool) {
      for number in source.numberedEvents(of: provider, in: way, map) where isMeant(number) {
        found.insert(map.known(provider, number))
      }
    }
    if let provider {
      add(of: provider) { _ in true }
    } else {
      for target in source.targets {
        switch target.extent {
        case .event: break
        case .pinned(let names): add(of: target.provider) { names.contains($0) }
        // An event that another target lists belongs to that one.
        case .any: add(of: target.provider) { !source.isPinned($0) }
        }
      }
    }
    named.formUnion(found)
    return !found.isEmpty
  }

  /// Events that the rule names but that don't exist in their providers, whose events are all known. If one of several
  /// providers has the event, or may have it, that one is meant.
  func unlisted(in map: EventMap) -> [Event] {
    let missing = named.filter { event in
      guard !event.isAny, let provider = map.provider(named: event.provider) else { return false }
      return provider.isComplete && !provider.lists(event.name)
    }
    let found = Set(named.subtracting(missing).map(\.name))
    return missing.filter { !found.contains($0.name) }.sorted()
  }

  /// An event `*` counts only if its provider (or for a default one, the rule) has no named event, or if the rule also
  /// asks for events of the provider by a pattern.
  func events(in map: EventMap) -> [MappedEvent] {
    let withNames = Set(named.filter { !$0.isAny }.map(\.provider))
    var events = named.filter { !$0.isAny || !withNames.contains($0.provider) || byPattern.contains($0) }
    if withNames.isEmpty { events.formUnion(byDefault) }
    for index in targets {
      guard case .event(let event) = source.targets[index].extent else { continue }
      events.insert(Event(provider: source.targets[index].provider, name: event))
    }
    return events.sorted().map {
      MappedEvent(event: $0, isOperation: source.namesOperations && !$0.isAny, title: map.title(of: $0))
    }
  }

  /// Why events are left out; if strict matching leaves none, why the remaining ones had to be accepted.
  func narrowings(strictIsEmpty: Bool, in map: EventMap) -> [Narrowing] {
    let concerned = source.targets.indices.filter { targets.contains($0) == strictIsEmpty }
    return concerned.compactMap { index in
      let target = source.targets[index]
      guard case .event(let event) = target.extent, let reason = reason(against: target, event, map) else { return nil }
      return Narrowing(
        event: Event(provider: target.provider, name: event), reason: reason, isSetAside: strictIsEmpty)
    }.sorted { $0.event < $1.event }
  }

  /// nil if the rule names other events, since leaving this one out is then intended.
  private func reason(
    against target: LogSourceEvents.Target, _ event: String, _ map: EventMap
  ) -> Narrowing.Reason? {
    let fitting = ways.filter { way in
      if source.rulesOut(event, of: target.provider, in: way, map) { return false }
      let provider = source.provider(in: way, map)
      return source.fits(
        target, event, in: way, name: source.eventName(in: way, of: provider, map), provider: provider, map)
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
