package import Attack
import Diagnostics
package import Events
package import RuleModel
import Text

/// The events in which techniques can be seen according to ATT&CK: its detection strategies, joined with the event map.
package struct StrategyEvents: Sendable {
  /// How many references to a log source name could be joined.
  package struct Join: Hashable, Sendable {
    /// ATT&CK's name of the log source.
    package var name: String
    package var references = 0
    /// Those that match a provider, with or without an event.
    package var withProvider = 0
    package var withEvent = 0
  }

  /// The events of each technique, sorted and unique; `*` if only the provider is known, and no event of it. A
  /// technique has only the events of its own strategies, not those of its sub-techniques.
  package let techniques: TechniqueColumn<[Event]>
  /// The meaning in the event map of each log source that a strategy names.
  package let references: [Analytic.LogSource: StrategyReference]
  /// Sorted by name in UTF-8 byte order.
  package let joins: [Join]

  package init(_ matrix: AttackMatrix, _ map: EventMap) {
    var joins: [String: Join] = [:]
    var known: [Analytic.LogSource: StrategyReference] = [:]
    var sources: [String: NamedStrategySource] = [:]
    func reference(to source: Analytic.LogSource) -> StrategyReference {
      if let reference = known[source] { return reference }
      let named = sources[source.name] ?? map.strategySource(named: source.name)
      let reference = named.events(channel: source.channel)
      (sources[source.name], known[source]) = (named, reference)
      return reference
    }
    techniques = matrix.techniques.mapValues { technique in
      var events: Set<Event> = []
      for source in matrix.strategies(for: technique.id).flatMap(\.analytics).flatMap(\.logSources) {
        let reference = reference(to: source)
        joins[source.name, default: Join(name: source.name)].count(reference)
        events.formUnion(reference.events)
      }
      let named = Set(events.lazy.filter { !$0.isAny }.map(\.provider))
      return events.filter { !$0.isAny || !named.contains($0.provider) }.sorted()
    }
    references = known
    self.joins = joins.values.sorted { inByteOrder($0.name, $1.name) }
  }
}

extension StrategyEvents.Join {
  fileprivate mutating func count(_ reference: StrategyReference) {
    references += 1
    switch reference {
    case .events:
      withProvider += 1
      withEvent += 1
    case .provider: withProvider += 1
    case .unknown: break
    }
  }
}
