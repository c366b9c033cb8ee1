import Diagnostics
import Events
import RuleModel

/// A query of a subscription: what it selects from channels, and what of that it leaves out.
///
/// An event comes when any Select of any subscription takes it and no Suppress of that same Query does.
///
/// - SeeAlso: Microsoft, "Query Schema" of the Windows event log.
struct SubscriptionQuery: Hashable, Sendable {
  struct Part: Hashable, Sendable {
    /// As written; case doesn't count.
    let channel: String
    /// The same in lower case.
    let channelKey: String
    let query: EventQuery
    /// The providers that the query names, in lower case.
    let providers: Set<String>
    /// As written, in one line.
    let text: String
    let location: SourceLocation

    init(channel: String, query: EventQuery, text: String, location: SourceLocation) {
      self.channel = channel
      channelKey = lowercasedASCII(channel)
      self.query = query
      providers = Set(query.providers.map(lowercasedASCII))
      self.text = text
      self.location = location
    }
  }

  var selects: [Part]
  var suppresses: [Part]
}

extension SubscriptionQuery {
  /// What it does with an event; nil where no Select can take it.
  func filter(for event: QueriedEvent) -> EventFilter? {
    func clauses(_ parts: [Part]) -> [FilterClause] {
      parts.compactMap { part in
        guard part.mayHold(event) else { return nil }
        let predicate = part.query.predicate(for: event)
        return predicate.isNever ? nil : FilterClause(predicate, at: part.location, text: part.text)
      }
    }
    let selects = clauses(selects)
    guard let first = selects.first(where: { $0.predicate.isAlways }) ?? selects.first else { return nil }
    return EventFilter(
      source: TelemetrySource(.wef, at: first.location), keeps: first.predicate.isAlways ? nil : selects,
      drops: clauses(suppresses))
  }
}

extension SubscriptionQuery.Part {
  /// A channel names a log, and several providers may write to it: the event map says which. A provider that the query
  /// itself names is taken to write there.
  fileprivate func mayHold(_ event: QueriedEvent) -> Bool {
    event.channels.contains(channelKey) || providers.contains(event.provider)
  }
}
