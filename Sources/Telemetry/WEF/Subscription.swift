import Diagnostics
import Events
import QueryLanguages
import RuleModel
import Text

/// A query of a subscription: what it selects from channels, and what it excludes from that.
///
/// An event is forwarded if any Select of any subscription matches it and no Suppress in the same Query does.
///
/// - SeeAlso: Microsoft, "Query Schema" of the Windows event log.
struct SubscriptionQuery: Hashable, Sendable {
  struct Part: Hashable, Sendable {
    /// As written; case doesn't matter. Empty if the query names none.
    let channel: String
    /// The same in lower case.
    let channelKey: String
    let query: EventQuery
    /// The providers that the query names, as spelt in the map, in lower case.
    let providers: Set<String>
    /// As written, in one line.
    let text: String
    let location: SourceLocation

    init(channel: String, query: EventQuery, text: String, location: SourceLocation, map: EventMap) {
      self.channel = channel
      channelKey = lowercasedASCII(channel)
      self.query = query
      providers = Set(query.providers.map { lowercasedASCII(map.provider(named: $0)?.name ?? $0) })
      self.text = text
      self.location = location
    }
  }

  var selects: [Part]
  var suppresses: [Part]
}

extension SubscriptionQuery {
  /// What it does with an event; nil if no Select can match it.
  func filter(for event: QueriedEvent) -> EventFilter? {
    func clauses(_ parts: [Part]) -> [FilterClause] {
      parts.compactMap { part in
        let predicate = part.predicate(for: event)
        return predicate.isNever ? nil : FilterClause(predicate, at: part.location, text: part.text)
      }
    }
    let selects = clauses(selects)
    guard let first = selects.first(where: { $0.predicate.isAlways }) ?? selects.first else { return nil }
    let filter = EventFilter(
      source: TelemetrySource(.wef, at: first.location), keeps: first.predicate.isAlways ? nil : selects,
      drops: clauses(suppresses))
    var effects: [EventFilter.JointEffect] = []
    let known = event.map.knownValues(of: Event(provider: event.provider, name: event.name))
    return filter.judged(knowing: known, effects: &effects)
  }
}

extension SubscriptionQuery.Part {
  /// Whether a channel contains a provider's events.
  enum Holding: Hashable {
    case yes, no
    /// The query names the provider, but according to the event map it writes to other channels.
    case unclear
  }

  /// A channel names a log, and several providers may write to it, as the event map says. A provider whose channels
  /// aren't known is assumed to write there if the query itself names it. A query without a channel may read any.
  func holding(of event: QueriedEvent) -> Holding {
    if channelKey.isEmpty { return event.channels.isEmpty ? .no : .unclear }
    if event.channels.contains(channelKey) { return .yes }
    guard providers.contains(lowercasedASCII(event.provider)) else { return .no }
    return event.channels.isEmpty ? .yes : .unclear
  }

  fileprivate func predicate(for event: QueriedEvent) -> Predicate {
    let holding = holding(of: event)
    guard holding != .no else { return .never }
    var doubts = QueryDoubts()
    let predicate = query.predicate(for: event, channel: channelKey, doubts: &doubts)
    return holding == .yes ? predicate : .conjunction([predicate, .opaque(channel.isEmpty ? text : channel)])
  }
}
