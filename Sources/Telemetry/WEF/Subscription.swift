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
    var channel: String
    var query: EventQuery
    /// As written, in one line.
    var text: String
    var location: SourceLocation
  }

  var selects: [Part]
  var suppresses: [Part]
}

extension SubscriptionQuery {
  /// What it does with an event; nil where no Select can take it.
  func filter(for event: QueriedEvent, provider: Provider?) -> EventFilter? {
    func clauses(_ parts: [Part]) -> [FilterClause] {
      parts.compactMap { part in
        guard part.mayHold(provider, named: event.event.provider) else { return nil }
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
  fileprivate func mayHold(_ provider: Provider?, named name: String) -> Bool {
    if query.providers.contains(where: { lowercasedASCII($0) == lowercasedASCII(name) }) { return true }
    return provider?.channels.contains { lowercasedASCII($0) == lowercasedASCII(channel) } ?? false
  }
}
