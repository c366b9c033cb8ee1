// What a rule's alternative says of a log source's events, through the fields that the map lists.

extension LogSourceEvents {
  /// The event's name, or a pattern of names, that an alternative asks for; a name goes before a pattern.
  ///
  /// A part of a name that is a whole known name is that one.
  ///
  /// - Parameter provider: the provider that the alternative asks for.
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

  /// Whether the log source has an event of that name: by its own lists, or as its providers are known.
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

  /// The provider that an alternative asks for in a field of its own.
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

  /// The providers whose targets list an event's name; where none does, the first whose pattern matches.
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
    _ target: Target, _ event: String, name: Alternative.Choice?, provider: String?, _ map: EventMap
  ) -> Bool {
    if let provider, lowercasedASCII(provider) != lowercasedASCII(target.provider) { return false }
    guard let name else { return provider != nil || !target.mustBeNamed }
    if !name.isExact { return NamePattern(glob: name.text).matches(event) }
    return lowercasedASCII(map.known(target.provider, name.text).name) == lowercasedASCII(event)
  }

  /// The first field that must have a value that the event never has.
  func differingField(of target: Target, in way: Alternative) -> String? {
    target.when.first { condition in
      guard let choice = choice(condition.field, in: way) else { return false }
      let pattern = NamePattern(glob: choice.text)
      return !condition.values.contains {
        choice.isExact ? lowercasedASCII($0) == lowercasedASCII(choice.text) : pattern.matches($0)
      }
    }?.field
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
  /// False for text that is plainly no name: some JSON, several lines, a long passage. The longest operations that
  /// there are, Azure's, have about 140 characters.
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
