import Diagnostics
package import RuleModel
import Text

/// Log sources, providers and events, with what is known about them.
///
/// Its data are the files in `catalog/knowledge/events`, followed by the user's own; see the README there.
package struct EventMap: Sendable {
  /// By category, product and service, absent ones first.
  package private(set) var logSources: [LogSourceEvents]
  /// By name, in UTF-8 byte order.
  package private(set) var providers: [Provider]
  /// In file order.
  package private(set) var equivalents: [Equivalent]
  /// In file order; the first one whose name matches and that says something applies.
  let strategyLogSources: [StrategyLogSource]

  let sourceIndices: [LogSourceKey: Int]
  let dialectNames: DialectNameIndex
  /// For each category that exists only for several products: the log sources of all products combined.
  let productless: [String: LogSourceEvents]
  /// Names and literal aliases, in lower case.
  private let providerIndices: [String: Int]
  private let aliasPatterns: [(pattern: NamePattern, provider: Int)]
  private let equivalentIndices: [Event: [Int]]
  private let operationTitles: OperationTitles
  /// See ``knownValues(of:)``.
  let distinctions: [Event: [LogSourceEvents.Condition]]

  /// - Parameter logSources: if a dialect has the same name for two of them, the later one gets the name.
  init(
    logSources: [LogSourceEvents], providers: [Provider], equivalents: [Equivalent],
    strategyLogSources: [StrategyLogSource] = []
  ) {
    let keys = logSources.map { LogSourceKey($0.logSource) }
    let order = keys.indices.sorted { keys[$0] < keys[$1] }
    let logSources = order.map { logSources[$0] }
    let providers = providers.sorted { inByteOrder($0.name, $1.name) }
    self.logSources = logSources
    self.providers = providers
    self.equivalents = equivalents
    self.strategyLogSources = strategyLogSources

    var sourceIndices: [LogSourceKey: Int] = [:]
    for (index, source) in logSources.enumerated() where source.isInTaxonomy {
      sourceIndices[LogSourceKey(source.logSource)] = index
    }
    self.sourceIndices = sourceIndices
    var dialectNames = DialectNameIndex()
    // In the order in which they were given.
    for index in order.indices.sorted(by: { order[$0] < order[$1] }) {
      dialectNames.add(logSources[index].names, source: index)
    }
    self.dialectNames = dialectNames
    let ofCategories = logSources.filter {
      $0.logSource.category != nil && $0.logSource.product != nil && $0.logSource.service == nil
    }
    productless = Dictionary(grouping: ofCategories) { lowercasedASCII($0.logSource.category ?? "") }
      .mapValues { LogSourceEvents(joining: $0) }

    var providerIndices: [String: Int] = [:]
    var aliasPatterns: [(pattern: NamePattern, provider: Int)] = []
    for (index, provider) in providers.enumerated() {
      providerIndices[lowercasedASCII(provider.name)] = index
    }
    for (index, provider) in providers.enumerated() {
      for alias in provider.aliases {
        if alias.isLiteral {
          let name = lowercasedASCII(alias.text)
          providerIndices[name] = providerIndices[name] ?? index
        } else {
          aliasPatterns.append((alias, index))
        }
      }
    }
    self.providerIndices = providerIndices
    self.aliasPatterns = aliasPatterns

    var equivalentIndices: [Event: [Int]] = [:]
    for (index, pair) in equivalents.enumerated() {
      equivalentIndices[pair.first, default: []].append(index)
      if let second = pair.second { equivalentIndices[second, default: []].append(index) }
    }
    self.equivalentIndices = equivalentIndices
    operationTitles = OperationTitles(of: logSources)
    distinctions = EventMap.distinctions(of: logSources)
  }
}

extension EventMap {
  /// The provider with this name or alias, in any case.
  package func provider(named name: String) -> Provider? {
    providerIndex(named: name).map { providers[$0] }
  }

  private func providerIndex(named name: String) -> Int? {
    providerIndices[lowercasedASCII(name)] ?? aliasPatterns.first { $0.pattern.matches(name) }?.provider
  }

  package func description(of event: Event) -> EventDescription? {
    event.isAny ? nil : provider(named: event.provider)?.event(named: event.name)
  }

  /// The event's own title, or else its log source's title for events; nil for any event of a provider.
  package func title(of event: Event) -> String? {
    event.isAny ? nil : description(of: event)?.title ?? operationTitles.title(of: event.provider)
  }

  /// The names of the event's data fields; nil if they aren't known.
  package func fields(of event: Event) -> [String]? {
    guard let fields = description(of: event)?.fields, !fields.isEmpty else { return nil }
    return fields
  }

  /// What must be enabled for the event to be recorded.
  package func requirements(of event: Event) -> [Requirement] {
    guard let provider = provider(named: event.provider) else { return [] }
    return event.isAny ? provider.requirements : provider.requirements.filter { $0.concerns(event.name) }
  }

  /// Events that report the same activity; this event is the ``Equivalent/first`` of each.
  package func equivalents(of event: Event) -> [Equivalent] {
    (equivalentIndices[event] ?? []).compactMap {
      equivalents[$0].first == event ? equivalents[$0] : equivalents[$0].reversed
    }
  }

  /// The known spelling of the provider and event, or else the given one.
  func known(_ provider: String, _ event: String) -> Event {
    guard let provider = self.provider(named: provider) else { return Event(provider: provider, name: event) }
    return Event(provider: provider.name, name: provider.event(named: event)?.name ?? event)
  }
}

extension EventMap {
  /// Whether the map has the provider, by name, by alias, or as one that a log source derives from a pattern.
  package func knows(provider name: String) -> Bool {
    provider(named: name) != nil || logSources.contains { $0.makes(provider: name) }
  }
}
