import Diagnostics
import Documents
import RuleModel
import Text

// The parts of an event map, as described in its README and JSON Schema.

extension NodeReader {
  // MARK: Pins

  mutating func pin(_ node: Node) -> Pin {
    var pin = Pin()
    let parts = values(of: node, in: "a pin", keys: ["event", "provider", "numbers", "several"])
    if let events = parts["event"] {
      pin.events = items(of: events, in: "'event'").compactMap { eventForm($0) }
    }
    if let numbers = parts["numbers"], flag(numbers, in: "'numbers'") {
      for case .field(let field, _) in pin.events { pin.numberFields.insert(field) }
    }
    if let several = parts["several"] { pin.severalFields = Set(texts(several, in: "'several'")) }
    if let providers = parts["provider"] {
      pin.providers = items(of: providers, in: "'provider'").compactMap { providerForm($0) }
    }
    return pin
  }

  private mutating func eventForm(_ node: Node) -> Pin.EventForm? {
    if node.kind == .scalar { return text(node, in: "a field").map { .field($0, nil) } }
    let parts = values(of: node, in: "a way to name the event", keys: ["field", "case", "values", "form"])
    if let form = parts["form"] {
      guard let text = text(form, in: "'form'") else { return nil }
      guard let pieces = Pin.Piece.pieces(of: text) else {
        error(at: form, "'form' must name fields in braces: \"{verb} {resource}\"")
        return nil
      }
      return .composed(pieces)
    }
    guard let field = parts["field"] else {
      if node.kind == .mapping { error(at: node, "a way to name the event needs a 'field' or a 'form'") }
      return nil
    }
    guard let name = text(field, in: "'field'") else { return nil }
    if let values = parts["values"] {
      var meanings: [String: String] = [:]
      for (key, value) in pairs(of: values, in: "'values'") {
        meanings[lowercasedASCII(key.text)] = text(value, in: "an event's name")
      }
      return .translated(name, meanings)
    }
    return .field(name, parts["case"].flatMap { choice($0, in: "'case'") })
  }

  private mutating func providerForm(_ node: Node) -> Pin.ProviderForm? {
    if node.kind == .scalar { return text(node, in: "a field").map { Pin.ProviderForm(field: $0) } }
    let parts = values(of: node, in: "a way to name the provider", keys: ["field", "value", "name"])
    guard let field = parts["field"], let value = parts["value"], let name = parts["name"] else {
      if node.kind == .mapping {
        error(at: node, "a way to name the provider needs 'field', 'value' and 'name', or is a field alone")
      }
      return nil
    }
    guard let field = text(field, in: "'field'"), let pattern = pattern(value, in: "'value'"),
      let name = text(name, in: "'name'")
    else { return nil }
    checkWord(of: name, at: value, in: [pattern])
    return Pin.ProviderForm(field: field, derivation: Pin.Derivation(pattern: pattern, name: name))
  }

  // MARK: Names

  /// The names of a log source in other dialects.
  mutating func dialectNames(_ parts: [String: Node]) -> DialectNames {
    var names = DialectNames()
    for naming in LogNaming.allCases {
      guard let key = naming.key, let node = parts[key] else { continue }
      let found = patterns(node, in: "'\(key)'")
      if !found.isEmpty { names.names[naming] = found }
    }
    if let category = parts["eventCategory"] { names.eventCategory = text(category, in: "'eventCategory'") }
    return names
  }

  // MARK: Targets

  mutating func target(_ node: Node) -> LogSourceEvents.Target? {
    let parts = values(of: node, in: "an entry of 'events'", keys: ["provider", "event", "pinned", "lacks", "when"])
    guard let provider = parts["provider"] else {
      if node.kind == .mapping { error(at: node, "an entry of 'events' needs a 'provider'") }
      return nil
    }
    guard let name = text(provider, in: "'provider'") else { return nil }
    var target = LogSourceEvents.Target(provider: name, extent: .any)
    var patterns: [NamePattern] = []
    if let event = parts["event"] {
      guard let text = text(event, in: "'event'") else { return nil }
      target.extent = .event(text)
      if parts["pinned"] != nil { error(at: event, "an entry has 'event' or 'pinned', not both; make two entries") }
    } else if let pinned = parts["pinned"] {
      patterns = self.patterns(pinned, in: "'pinned'")
      target.extent = .pinned(PinnedNames(patterns))
    }
    checkWord(of: name, at: provider, in: patterns)
    if let lacks = parts["lacks"] { target.lacks = texts(lacks, in: "'lacks'") }
    if let when = parts["when"] {
      target.when = pairs(of: when, in: "'when'").map { key, value in
        LogSourceEvents.Condition(field: key.text, values: texts(value, in: "a value of '\(key.text)'"))
      }
    }
    return target
  }

  /// A name's `{word}` must occur in all its patterns.
  private mutating func checkWord(of name: String, at node: Node, in patterns: [NamePattern]) {
    guard let word = NamePattern(name)?.word else { return }
    if patterns.isEmpty || patterns.contains(where: { $0.word != word }) {
      error(at: node, "'{\(word)}' of '\(name)' must be in each pattern that it is taken from")
    }
  }

  mutating func patterns(_ node: Node, in what: String) -> [NamePattern] {
    items(of: node, in: what).compactMap { pattern($0, in: "an item of \(what)") }
  }

  private mutating func pattern(_ node: Node, in what: String) -> NamePattern? {
    guard let text = text(node, in: what) else { return nil }
    guard let pattern = NamePattern(text) else {
      error(
        at: node, "'\(text)' isn't a valid pattern; it may have one '{word}', and '*' between a hundred texts at most")
      return nil
    }
    return pattern
  }

  // MARK: Providers

  mutating func update(_ provider: inout Provider, from node: Node) {
    let parts = values(
      of: node, in: "a provider",
      keys: ["title", "aliases", "channels", "generic", "requires", "complete", "events", "others"])
    if let title = parts["title"] { provider.title = text(title, in: "'title'") }
    if let aliases = parts["aliases"] { provider.aliases = patterns(aliases, in: "'aliases'") }
    if let channels = parts["channels"] { provider.channels = texts(channels, in: "'channels'") }
    if let generic = parts["generic"] { provider.isGeneric = flag(generic, in: "'generic'") }
    if let complete = parts["complete"] { provider.isComplete = flag(complete, in: "'complete'") }
    if let others = parts["others"] { provider.others = patterns(others, in: "'others'") }
    if let requires = parts["requires"] {
      provider.requirements = items(of: requires, in: "'requires'").compactMap { requirement($0) }
    }
    if let events = parts["events"] {
      provider.add(pairs(of: events, in: "'events'").map { key, value in event(named: key.text, value) })
    }
  }

  private mutating func event(named name: String, _ node: Node) -> EventDescription {
    var event = EventDescription(name: name)
    if node.isNull { return event }
    if node.kind == .scalar {
      event.title = text(node, in: "a title")
      return event
    }
    let parts = values(of: node, in: "an event", keys: ["title", "aliases", "fields"])
    if let title = parts["title"] { event.title = text(title, in: "'title'") }
    if let aliases = parts["aliases"] { event.aliases = texts(aliases, in: "'aliases'") }
    if let fields = parts["fields"] { event.fields = texts(fields, in: "'fields'") }
    return event
  }

  private mutating func requirement(_ node: Node) -> Requirement? {
    let kinds = Requirement.Kind.allCases
    let parts = values(of: node, in: "a requirement", keys: kinds.map(\.rawValue) + ["events", "fields"])
    let written = kinds.filter { parts[$0.rawValue] != nil }
    guard let kind = written.first, written.count == 1, let value = parts[kind.rawValue] else {
      if node.kind == .mapping {
        error(at: node, "a requirement needs one of \(kinds.map(\.rawValue).joined(separator: ", "))")
      }
      return nil
    }
    guard let text = text(value, in: "'\(kind.rawValue)'") else { return nil }
    var requirement = Requirement(kind: kind, text: text)
    if let events = parts["events"] { requirement.events = patterns(events, in: "'events'") }
    if let fields = parts["fields"] { requirement.fields = texts(fields, in: "'fields'") }
    return requirement
  }

  // MARK: Equivalents

  mutating func equivalent(_ node: Node) -> Equivalent? {
    let parts = values(
      of: node, in: "an equivalent",
      keys: ["first", "second", "quality", "fields", "firstOnly", "secondOnly", "note"])
    guard let first = parts["first"], let quality = parts["quality"] else {
      if node.kind == .mapping { error(at: node, "an equivalent needs 'first' and 'quality'") }
      return nil
    }
    guard let first = event(first), let quality: Equivalent.Quality = choice(quality, in: "'quality'") else {
      return nil
    }
    var result = Equivalent(first: first, second: parts["second"].flatMap { event($0) }, quality: quality)
    if (result.second == nil) != (quality == .none) {
      error(at: node, "an equivalent needs a 'second', or the quality none")
    }
    if let fields = parts["fields"] {
      result.fields = pairs(of: fields, in: "'fields'").map { key, value in
        Equivalent.FieldPair(first: [key.text], second: texts(value, in: "a field"))
      }
    }
    if let only = parts["firstOnly"] { result.firstOnly = texts(only, in: "'firstOnly'") }
    if let only = parts["secondOnly"] { result.secondOnly = texts(only, in: "'secondOnly'") }
    if let note = parts["note"] { result.note = text(note, in: "'note'") }
    return result
  }

  // MARK: Detection strategies

  mutating func strategyLogSource(_ node: Node) -> StrategyLogSource? {
    let parts = values(
      of: node, in: "a log source of detection strategies",
      keys: ["name", "provider", "channel", "logsource", "events", "patterns"])
    guard let name = parts["name"].flatMap({ pattern($0, in: "'name'") }) else {
      if node.kind == .mapping, parts["name"] == nil {
        error(at: node, "a log source of detection strategies needs a 'name'")
      }
      return nil
    }
    let writers = [
      parts["provider"].flatMap { text($0, in: "'provider'") }.map(StrategyLogSource.Writer.provider),
      parts["channel"].flatMap { text($0, in: "'channel'") }.map(StrategyLogSource.Writer.channel),
      parts["logsource"].flatMap { logSource($0) }.map(StrategyLogSource.Writer.logSource),
    ].compactMap { $0 }
    guard let writer = writers.first, writers.count == 1 else {
      error(at: node, "a log source of detection strategies needs one of 'provider', 'channel' and 'logsource'")
      return nil
    }
    var source = StrategyLogSource(name: name, writer: writer)
    if let events = parts["events"] { source.reading = choice(events, in: "'events'") ?? .none }
    if let patterns = parts["patterns"] { source.patterns = self.patterns(patterns, in: "'patterns'") }
    return source
  }

  private mutating func logSource(_ node: Node) -> LogSource? {
    let parts = values(of: node, in: "a log source", keys: ["category", "product", "service"])
    let texts = parts.mapValues { text($0, in: "a part of a log source") }
    let source = LogSource(
      category: texts["category"] ?? nil, product: texts["product"] ?? nil, service: texts["service"] ?? nil)
    if source.isEmpty { error(at: node, "the log source has no category, product or service") }
    return source.isEmpty ? nil : source
  }

  private mutating func event(_ node: Node) -> Event? {
    let parts = values(of: node, in: "an event", keys: ["provider", "event"])
    guard let provider = parts["provider"], let event = parts["event"] else {
      if node.kind == .mapping { error(at: node, "an event needs a 'provider' and an 'event'") }
      return nil
    }
    guard let provider = text(provider, in: "'provider'"), let name = text(event, in: "'event'") else { return nil }
    return Event(provider: provider, name: name)
  }
}

extension Pin.Piece {
  /// The fields in braces and the text around them; nil if a brace is unclosed, or there is no field.
  fileprivate static func pieces(of form: String) -> [Pin.Piece]? {
    var pieces: [Pin.Piece] = []
    var rest = form[...]
    while let open = rest.firstIndex(of: "{") {
      if open != rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
      let start = rest.index(after: open)
      guard let close = rest[start...].firstIndex(of: "}"), close != start else { return nil }
      pieces.append(.field(String(rest[start..<close])))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    return pieces.contains { if case .field = $0 { true } else { false } } ? pieces : nil
  }
}
