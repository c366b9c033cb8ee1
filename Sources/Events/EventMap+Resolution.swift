import Diagnostics
package import RuleModel

extension EventMap {
  /// The events that can show what a rule looks for; none, and nothing to say, for a rule without a log source.
  package func events(for rule: Rule) -> EventResolution {
    rule.logSource.isEmpty ? EventResolution() : events(for: rule.logSource, stages: rule.stages)
  }

  /// - Parameter stages: a rule's; the first is its condition. Without any, the log source alone decides.
  package func events(for logSource: LogSource, stages: [Stage]) -> EventResolution {
    guard let source = entry(for: logSource) else {
      return EventResolution(unmapped: UnmappedLogSource(logSource: logSource, nearest: nearest(to: logSource)))
    }
    let ways = alternatives(of: stages, fields: source.fields)
    for leniency in Leniency.allCases {
      let reached = ReachedEvents(of: source, by: ways, leniency: leniency, in: self)
      guard !reached.isEmpty else { continue }
      return EventResolution(
        events: reached.events(in: self), narrowings: reached.narrowings(strictIsEmpty: leniency > .strict))
    }
    return EventResolution()
  }

  /// The known log source that differs from this one in one name, and in that a little.
  private func nearest(to logSource: LogSource) -> LogSource? {
    let key = LogSourceKey(logSource)
    for part in [\LogSourceKey.service, \.category, \.product] {
      guard let written = key[keyPath: part] else { continue }
      let others = logSources.filter {
        var other = LogSourceKey($0.logSource)
        guard other[keyPath: part] != nil else { return false }
        other[keyPath: part] = written
        return other == key
      }
      let names = others.map { LogSourceKey($0.logSource)[keyPath: part] ?? "" }
      if let near = nearestName(to: written, in: names), let index = names.firstIndex(of: near) {
        return others[index].logSource
      }
    }
    return nil
  }
}

/// What is not asked of an event, so that a rule keeps some: nothing, its fields, then their values, then its name.
private enum Leniency: Int, Comparable, CaseIterable {
  case strict, fields, values, names

  static func < (left: Leniency, right: Leniency) -> Bool { left.rawValue < right.rawValue }
}

/// The events of a log source that a rule's alternatives reach.
private struct ReachedEvents {
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
      let name = source.eventName(in: way)
      let provider = source.provider(in: way, map)
      for (index, target) in source.targets.enumerated() {
        guard case .event(let event) = target.extent else { continue }
        let fits = leniency >= .names || source.fits(target, event, name: name, provider: provider, map)
        if fits, leniency >= .values || source.differingField(of: target, in: way) == nil,
          leniency >= .fields || source.missingFields(of: target, in: way).isEmpty
        {
          targets.insert(index)
        }
      }
      reachOpenTargets(name: name, provider: provider, map)
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
      } else {
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
  func narrowings(strictIsEmpty: Bool) -> [Narrowing] {
    let concerned = source.targets.indices.filter { targets.contains($0) == strictIsEmpty }
    return concerned.compactMap { index in
      let target = source.targets[index]
      guard case .event(let event) = target.extent, let reason = reason(against: target) else { return nil }
      return Narrowing(
        event: Event(provider: target.provider, name: event), reason: reason, isSetAside: strictIsEmpty)
    }.sorted { $0.event < $1.event }
  }

  /// nil where the rule names other events: it was asked for.
  private func reason(against target: LogSourceEvents.Target) -> Narrowing.Reason? {
    let possible = ways.filter { source.differingField(of: target, in: $0) == nil }
    if possible.isEmpty {
      let fields = ways.compactMap { source.differingField(of: target, in: $0) }
      return fields.min { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { .differs(field: $0) }
    }
    let missing = possible.map { source.missingFields(of: target, in: $0) }
    guard missing.allSatisfy({ !$0.isEmpty }), let first = missing.first else { return nil }
    let everyWay = missing.dropFirst().reduce(first) { $0.intersection($1) }
    if !everyWay.isEmpty { return .lacks(source.fields.names(of: everyWay)) }
    return .lacksOne(of: source.fields.names(of: missing.reduce(first) { $0.union($1) }))
  }
}

extension LogSourceEvents {
  /// The event's name, or a pattern of names, that an alternative asks for; a name goes before a pattern.
  fileprivate func eventName(in way: Alternative) -> Alternative.Choice? {
    var pattern: Alternative.Choice?
    for form in pin.events {
      guard let choice = form.choice(in: way, fields) else { continue }
      if choice.isExact { return choice }
      pattern = pattern ?? choice
    }
    return pattern
  }

  /// The provider that an alternative asks for in a field of its own.
  fileprivate func provider(in way: Alternative, _ map: EventMap) -> String? {
    for form in pin.providers {
      guard let choice = choice(form.field, in: way) else { continue }
      if let derivation = form.derivation {
        guard let text = derivation.pattern.match(choice.text) else { continue }
        return filled(derivation.name, derivation.pattern.word, text)
      }
      if let known = map.provider(named: choice.text) { return known.name }
      if choice.isExact { return choice.text }
    }
    return nil
  }

  /// The providers whose targets list an event's name; where none does, the first whose pattern matches.
  fileprivate func providers(listing name: Alternative.Choice) -> [String] {
    var listing: [String] = []
    for target in targets {
      if case .pinned(let names) = target.extent, names.lists(name.text) { listing.append(target.provider) }
    }
    guard listing.isEmpty else { return listing }
    for target in targets {
      guard case .pinned(let names) = target.extent, let found = names.match(name.text) else { continue }
      return [filled(target.provider, found.word, found.text)]
    }
    return []
  }

  /// Whether an event is the one that an alternative names, if it names one.
  fileprivate func fits(
    _ target: Target, _ event: String, name: Alternative.Choice?, provider: String?, _ map: EventMap
  ) -> Bool {
    if let provider, lowercasedASCII(provider) != lowercasedASCII(target.provider) { return false }
    guard let name else { return true }
    if !name.isExact { return NamePattern(glob: name.text).matches(event) }
    return lowercasedASCII(map.known(target.provider, name.text).name) == lowercasedASCII(event)
  }

  /// The first field that must have a value that the event never has.
  fileprivate func differingField(of target: Target, in way: Alternative) -> String? {
    target.when.first { condition in
      guard let choice = choice(condition.field, in: way) else { return false }
      let pattern = NamePattern(glob: choice.text)
      return !condition.values.contains {
        choice.isExact ? lowercasedASCII($0) == lowercasedASCII(choice.text) : pattern.matches($0)
      }
    }?.field
  }

  fileprivate func missingFields(of target: Target, in way: Alternative) -> Set<Int> {
    way.needs.intersection(target.lacks.compactMap(fields.index(of:)))
  }

  private func choice(_ field: String, in way: Alternative) -> Alternative.Choice? {
    fields.index(of: field).flatMap { way.choices[$0] }
  }

  private func filled(_ name: String, _ word: String?, _ text: String) -> String {
    guard let word else { return name }
    return name.replacing("{\(word)}", with: text)
  }
}

extension Pin.EventForm {
  fileprivate func choice(in way: Alternative, _ fields: FieldTable) -> Alternative.Choice? {
    func value(_ field: String) -> Alternative.Choice? { fields.index(of: field).flatMap { way.choices[$0] } }
    switch self {
    case .field(let field, let letterCase):
      guard var choice = value(field) else { return nil }
      if let letterCase { choice.text = letterCase.applied(to: choice.text) }
      return choice
    case .translated(let field, let meanings):
      guard let choice = value(field), choice.isExact else { return nil }
      return meanings[lowercasedASCII(choice.text)].map { Alternative.Choice(text: $0, isExact: true) }
    case .composed(let pieces):
      var result = Alternative.Choice(text: "", isExact: true)
      for piece in pieces {
        switch piece {
        case .text(let text): result.text += text
        case .field(let field):
          guard let choice = value(field) else { return nil }
          result.text += choice.text
          result.isExact = result.isExact && choice.isExact
        }
      }
      return result
    }
  }
}

extension Pin.LetterCase {
  fileprivate func applied(to text: String) -> String {
    switch self {
    case .lower: lowercasedASCII(text)
    case .upper:
      String(
        decoding: text.utf8.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 & 0xDF : $0 },
        as: UTF8.self)
    }
  }
}

extension FieldTable {
  /// In the order of the map.
  fileprivate func names(of indices: Set<Int>) -> [String] { indices.sorted().map { entries[$0].name } }
}
