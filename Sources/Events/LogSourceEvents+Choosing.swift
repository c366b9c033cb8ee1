import Text

// What a rule's alternative says about a log source's events, through the fields that the map lists.

extension LogSourceEvents {
  /// The event name, or pattern of names, that an alternative requires; a name takes precedence over a pattern.
  ///
  /// If a pattern without its outer stars is a complete known name, that name is meant.
  ///
  /// - Parameter provider: the provider that the alternative requires.
  func eventName(in way: Alternative, of provider: String?, _ map: EventMap) -> Alternative.Choice? {
    var pattern: Alternative.Choice?
    for form in pin.events {
      guard let choice = form.choice(in: way, fields), choice.canBeName else { continue }
      if choice.isExact { return choice }
      let name = Alternative.Choice(text: choice.withoutOuterStars, isExact: true)
      if choice.isSole, knows(name, of: provider, map) { return name }
      pattern = pattern ?? choice
    }
    return pattern
  }

  /// The alternatives, of which those that name no event mean the events that the log source's name names.
  func withNamedEvents(_ ways: Set<Alternative>, _ map: EventMap) -> Set<Alternative> {
    guard !namedEvents.isEmpty, let field = pin.events.lazy.compactMap(plainField).first else { return ways }
    var result: Set<Alternative> = []
    for way in ways {
      guard eventName(in: way, of: provider(in: way, map), map) == nil, !asksForNumbers(way) else {
        result.insert(way)
        continue
      }
      for name in namedEvents {
        var way = way
        way.choices[field] = Alternative.Choice(text: name, isExact: true)
        result.insert(way)
      }
    }
    return result
  }

  private func plainField(_ form: Pin.EventForm) -> Int? {
    if case .field(let name, _) = form { fields.index(of: name) } else { nil }
  }

  /// Whether the log source has an event of this name, according to its own lists or what is known about its providers.
  private func knows(_ name: Alternative.Choice, of provider: String?, _ map: EventMap) -> Bool {
    let folded = lowercasedASCII(name.text)
    let isListed = targets.contains { target in
      if let provider, lowercasedASCII(provider) != lowercasedASCII(target.provider) { return false }
      return switch target.extent {
      case .event(let event): lowercasedASCII(event) == folded
      case .any: false
      case .pinned(let names): names.lists(name.text)
      }
    }
    if isListed { return true }
    let open = targets.filter { $0.extent == .any }.map(\.provider)
    let providers = provider.map { [$0] } ?? providers(listing: name) + open
    return providers.contains { map.provider(named: $0)?.event(named: name.text) != nil }
  }

  /// The provider that an alternative requires in a separate field.
  func provider(in way: Alternative, _ map: EventMap) -> String? {
    for form in pin.providers {
      guard let choice = choice(form.field, in: way), choice.canBeName else { continue }
      if let derivation = form.derivation {
        guard let text = derivation.pattern.match(choice.text) else { continue }
        return filled(derivation.name, derivation.pattern.word, text)
      }
      if let known = map.provider(named: choice.text) { return known.name }
      if choice.isExact { return choice.text }
    }
    return nil
  }

  /// The providers whose targets list an event name; if there are none, the first whose pattern matches.
  func providers(listing name: Alternative.Choice) -> [String] {
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
  func fits(
    _ target: Target, _ event: String, in way: Alternative, name: Alternative.Choice?, provider: String?,
    _ map: EventMap
  ) -> Bool {
    if let provider, lowercasedASCII(provider) != lowercasedASCII(target.provider) { return false }
    guard let name else { return provider != nil || !target.mustBeNamed || asksForNumbers(way) }
    if !name.isExact { return NamePattern(glob: name.text).matches(event) }
    return lowercasedASCII(map.known(target.provider, name.text).name) == lowercasedASCII(event)
  }

  /// The first field that must have a value that it never has in the event.
  func differingField(of target: Target, in way: Alternative) -> String? {
    target.when.first { condition in
      guard let field = fields.index(of: condition.field) else { return false }
      let choice = way.choices[field]
      return !condition.values.contains { value in
        if let choice, choice.isExact, lowercasedASCII(value) != lowercasedASCII(choice.text) { return false }
        return way.allows([value], in: field)
      }
    }?.field
  }

  // MARK: What is ruled out

  /// Whether an alternative requires event numbers without naming one event: by a pattern or a range.
  func asksForNumbers(_ way: Alternative) -> Bool {
    way.limits.contains { !$0.isNegated && fields.entries[$0.field].holdsNumbers }
  }

  /// Whether an alternative names an event by its number.
  func namesNumber(_ way: Alternative) -> Bool {
    way.choices.contains { $1.isExact && fields.entries[$0].holdsNumbers }
  }

  /// Whether an alternative's conditions on the fields that name events and providers can't be true of an event.
  ///
  /// Patterns for names other than numbers rule nothing out: the event may have names that aren't known.
  func rulesOut(_ event: String, of provider: String, in way: Alternative, _ map: EventMap) -> Bool {
    if rulesOut(provider: provider, in: way, map) { return true }
    // Any event of a product of its kind, whatever name it has.
    if event == "*" { return false }
    let known = map.provider(named: provider)?.event(named: event)
    let names = [event] + (known?.aliases ?? [])
    if let named = eventName(in: way, of: provider, map), named.isExact, !names.contains(where: { isSame($0, named) }) {
      return true
    }
    return pin.events.contains { form in
      switch form {
      case .field(let name, _):
        guard let field = fields.index(of: name) else { return false }
        let holdsNumbers = fields.entries[field].holdsNumbers
        if holdsNumbers, let choice = way.choices[field], choice.isExact,
          !names.contains(where: { isSame($0, choice) })
        {
          return true
        }
        return !way.allows(names, in: field, onlyNegated: !holdsNumbers)
      case .translated(let name, let meanings):
        guard let field = fields.index(of: name) else { return false }
        let values = meanings.filter { names.contains($0.value) }.map(\.key)
        return !values.isEmpty && values.allSatisfy { !way.allows([$0], in: field, onlyNegated: true) }
      case .composed: return false
      }
    }
  }

  private func isSame(_ name: String, _ choice: Alternative.Choice) -> Bool {
    lowercasedASCII(name) == lowercasedASCII(choice.text)
  }

  /// Whether an alternative excludes a provider, or names another one that the map knows.
  func rulesOut(provider: String, in way: Alternative, _ map: EventMap) -> Bool {
    let known = map.provider(named: provider)
    let names = [provider] + (known?.aliases.filter(\.isLiteral).map(\.text) ?? [])
    return pin.providers.contains { form in
      guard form.derivation == nil, let field = fields.index(of: form.field) else { return false }
      if let choice = way.choices[field], choice.isExact, let other = map.provider(named: choice.text), let known,
        other.name != known.name, !other.isGeneric, !known.isGeneric
      {
        return true
      }
      return !way.allows(names, in: field, onlyNegated: true)
    }
  }

  /// The known events of a provider whose numbers an alternative requires.
  func numberedEvents(of provider: String, in way: Alternative, _ map: EventMap) -> [String] {
    (map.provider(named: provider)?.events ?? []).map(\.name).filter {
      Int($0) != nil && !rulesOut($0, of: provider, in: way, map)
    }
  }

  /// Whether an alternative requires event numbers, none of which exists in a provider whose events are all known.
  func asksForNoEvent(of provider: String, in way: Alternative, _ map: EventMap) -> Bool {
    guard asksForNumbers(way), let known = map.provider(named: provider), known.isComplete else { return false }
    return numberedEvents(of: provider, in: way, map).isEmpty
      && rulesOut(numbers: known.others, of: provider, in: way, map)
  }

  /// Whether an alternative requires event numbers, and none of these.
  func asksForNone(of names: PinnedNames, of provider: String, in way: Alternative, _ map: EventMap) -> Bool {
    asksForNumbers(way) && rulesOut(numbers: names.patterns, of: provider, in: way, map)
  }

  private func rulesOut(
    numbers patterns: [NamePattern], of provider: String, in way: Alternative, _ map: EventMap
  ) -> Bool {
    let ranges = patterns.compactMap(\.numbers)
    // More than any provider has.
    guard ranges.count == patterns.count, ranges.reduce(0, { $0 + $1.count }) <= 10_000 else { return false }
    return ranges.joined().allSatisfy { rulesOut(String($0), of: provider, in: way, map) }
  }

  func missingFields(of target: Target, in way: Alternative) -> Set<Int> {
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

extension Alternative.Choice {
  /// false for text that clearly isn't a name: JSON, several lines, a long passage. The longest known operation names,
  /// Azure's, have about 140 characters.
  fileprivate var canBeName: Bool {
    !text.isEmpty && text.utf8.count <= 200 && !text.contains { $0.isNewline || $0 == "\"" }
  }

  fileprivate var withoutOuterStars: String {
    String(text.drop { $0 == "*" }.reversed().drop { $0 == "*" }.reversed())
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
