package import Diagnostics
import Documents
import RuleModel
import Text

extension EventMap {
  /// Reads the files of an event map in order: what a later one says about a log source, an event or a pair of
  /// equivalents replaces what an earlier one said; a provider's other events and attributes are kept.
  ///
  /// - Parameter warnings: receives the problems that don't prevent the files from being used.
  /// - Throws: all problems in the files, if any of them is an error.
  package init(
    parsing files: [(path: String, bytes: [UInt8])], warnings: inout [Diagnostic]
  ) throws(KnowledgeError) {
    var parser = EventMapParser()
    for file in files { parser.read(file.bytes, path: file.path) }
    let map = parser.finish()
    try KnowledgeError.check(parser.diagnostics, warnings: &warnings)
    self = map
  }

  /// Reads files whose warnings nobody needs, such as our own.
  package init(parsing files: [(path: String, bytes: [UInt8])]) throws(KnowledgeError) {
    var warnings: [Diagnostic] = []
    try self.init(parsing: files, warnings: &warnings)
  }
}

/// Collects the contents of the files; names of pins are resolved after all files have been read.
private struct EventMapParser {
  private struct Source {
    /// Its position among all log sources in the files.
    var order = 0
    var logSource: LogSource
    var names = DialectNames()
    var namesOperations = false
    var operationTitle: String?
    var targets: [LogSourceEvents.Target] = []
    var pin: Pin?
    /// The name of a pin, and its location.
    var pinName: (name: String, location: SourceLocation)?
  }

  private(set) var diagnostics: [Diagnostic] = []
  private var pins: [String: Pin] = [:]
  private var sources: [SourceKey: Source] = [:]
  private var sourceCount = 0
  private var providers: [String: Provider] = [:]
  private var equivalents: [Equivalent] = []
  private var equivalentIndices: [EventPair: Int] = [:]
  private var strategyLogSources: [StrategyLogSource] = []

  private struct SourceKey: Hashable {
    var logSource: LogSourceKey
    /// nil for entries with only names of other dialects, which replace each other name by name.
    var order: Int?
  }

  private struct EventPair: Hashable {
    var first: Event
    var second: Event?
  }

  mutating func read(_ bytes: [UInt8], path: String) {
    var reader = NodeReader(path: path, id: .eventMap)
    if let root = reader.root(bytes) {
      let parts = reader.values(
        of: root, in: "an event map", keys: ["pins", "logsources", "providers", "equivalents", "strategyLogSources"])
      if let node = parts["pins"] {
        for (key, value) in reader.pairs(of: node, in: "'pins'") { pins[key.text] = reader.pin(value) }
      }
      if let node = parts["logsources"] { readSources(node, &reader) }
      if let node = parts["providers"] { readProviders(node, &reader) }
      if let node = parts["equivalents"] { readEquivalents(node, &reader) }
      if let node = parts["strategyLogSources"] {
        // A later file comes first, since it overrides earlier ones.
        let items = reader.items(of: node, in: "'strategyLogSources'")
        strategyLogSources.insert(contentsOf: items.compactMap { reader.strategyLogSource($0) }, at: 0)
      }
    }
    diagnostics += reader.diagnostics
  }

  mutating func finish() -> EventMap {
    let logSources = sources.values.sorted { $0.order < $1.order }.map { source in
      var pin = source.pin ?? Pin()
      if let name = source.pinName {
        if let named = pins[name.name] { pin = named } else { diagnostics.append(unknownPin(name)) }
      }
      return LogSourceEvents(
        logSource: source.logSource, names: source.names, namesOperations: source.namesOperations,
        operationTitle: source.operationTitle, targets: source.targets, pin: pin)
    }
    return EventMap(
      logSources: logSources, providers: Array(providers.values), equivalents: equivalents,
      strategyLogSources: strategyLogSources)
  }

  private func unknownPin(_ pin: (name: String, location: SourceLocation)) -> Diagnostic {
    let names = pins.keys.sorted()
    let hint = nearestName(to: pin.name, in: names).map { "did you mean '\($0)'?" }
    return Diagnostic(
      .eventMap, at: pin.location,
      "no pin is named '\(pin.name)'; \(hint ?? "the names are \(names.joined(separator: ", "))")")
  }

  private mutating func readSources(_ node: Node, _ reader: inout NodeReader) {
    var places: [SourceKey: Node] = [:]
    var namePlaces: [NamePlace: Node] = [:]
    for item in reader.items(of: node, in: "'logsources'") {
      let parts = reader.values(
        of: item, in: "a log source",
        keys: ["category", "product", "service", "eventCategory", "operations", "operationTitle", "pin", "events"]
          + LogNaming.keys)
      var source = Source(logSource: LogSource())
      source.logSource.category = parts["category"].flatMap { reader.text($0, in: "'category'") }
      source.logSource.product = parts["product"].flatMap { reader.text($0, in: "'product'") }
      source.logSource.service = parts["service"].flatMap { reader.text($0, in: "'service'") }
      source.names = names(of: parts, &reader, &namePlaces)
      source.namesOperations = parts["operations"].map { reader.flag($0, in: "'operations'") } ?? false
      source.operationTitle = parts["operationTitle"].flatMap { reader.text($0, in: "'operationTitle'") }
      if let pin = parts["pin"] {
        if pin.kind == .scalar, let name = reader.text(pin, in: "'pin'") {
          source.pinName = (name, SourceLocation(reader.source, at: pin.span))
        } else if pin.kind != .scalar {
          source.pin = reader.pin(pin)
        }
      }
      if let events = parts["events"] {
        source.targets = reader.items(of: events, in: "'events'").compactMap { reader.target($0) }
        if source.targets.isEmpty, events.items.isEmpty {
          reader.error(at: events, "'events' is empty; name a provider: [{provider: NAME}]")
        }
      } else if item.kind == .mapping {
        reader.error(at: item, "the log source has no 'events'; name a provider: events: [{provider: NAME}]")
      }
      if parts["pin"] == nil, let name = source.names.namingEvents.first {
        reader.error(at: item, "'\(name.text)' names an event; add a 'pin' with the field in which rules name it")
      }
      guard !source.logSource.isEmpty || !source.names.isEmpty else {
        if item.kind == .mapping {
          reader.error(
            at: item,
            "the log source has no category, product or service, and no names in other dialects; add what rules write there"
          )
        }
        continue
      }
      let key = SourceKey(
        logSource: LogSourceKey(source.logSource), order: source.logSource.isEmpty ? sourceCount : nil)
      if let first = places[key] {
        reader.error(
          at: item,
          "the log source '\(source.logSource)' is already on line \(first.position.line); "
            + "put their events together")
      }
      places[key] = item
      source.order = sourceCount
      sourceCount += 1
      sources[key] = source
    }
  }

  /// A name in a dialect, which may occur only once in a file.
  private struct NamePlace: Hashable {
    var naming: LogNaming
    var category: String?
    var name: String
  }

  private func names(
    of parts: [String: Node], _ reader: inout NodeReader, _ places: inout [NamePlace: Node]
  ) -> DialectNames {
    let names = reader.dialectNames(parts)
    for naming in LogNaming.allCases {
      for item in naming.key.flatMap({ parts[$0]?.items }) ?? [] {
        guard let text = item.text else { continue }
        let place = NamePlace(
          naming: naming, category: naming.hasCategories ? names.eventCategory.map(lowercasedASCII) : nil,
          name: lowercasedASCII(text))
        if let first = places[place] {
          reader.error(
            at: item,
            "the \(naming.noun) '\(text)' is already on line \(first.position.line); a rule's events come from one entry"
          )
        }
        places[place] = item
      }
    }
    return names
  }

  private mutating func readProviders(_ node: Node, _ reader: inout NodeReader) {
    for (key, value) in reader.pairs(of: node, in: "'providers'") {
      var provider = providers[key.text] ?? Provider(name: key.text)
      reader.update(&provider, from: value)
      providers[key.text] = provider
    }
  }

  private mutating func readEquivalents(_ node: Node, _ reader: inout NodeReader) {
    for item in reader.items(of: node, in: "'equivalents'") {
      guard let pair = reader.equivalent(item) else { continue }
      let key = EventPair(first: pair.first, second: pair.second)
      if let index = equivalentIndices[key] {
        equivalents[index] = pair
      } else {
        equivalentIndices[key] = equivalents.count
        equivalents.append(pair)
      }
    }
  }
}
