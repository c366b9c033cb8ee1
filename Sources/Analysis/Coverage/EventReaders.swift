package import RuleModel

/// Finds the rules that read an event.
///
/// A rule that covers a provider without selecting an event (`*`) reads every event of it, and an event `*` stands for
/// every event of its provider: two events match if they have the same provider, and the same name or one of them is
/// `*`.
package struct EventReaders: Sendable {
  private var byEvent: [Event: [RuleID]] = [:]
  private var byProvider: [String: [RuleID]] = [:]

  /// - Parameter rules: the rules to search, ascending, each with its events.
  package init(_ rules: some Sequence<(RuleID, [Event])>) {
    for (rule, events) in rules {
      for event in events {
        byEvent[event, default: []].append(rule)
        if byProvider[event.provider]?.last != rule { byProvider[event.provider, default: []].append(rule) }
      }
    }
  }

  /// The events that rules name, sorted.
  var events: [Event] { byEvent.keys.sorted() }

  /// The rules that name exactly this event, ascending.
  func rules(naming event: Event) -> [RuleID] { byEvent[event] ?? [] }

  /// The rules that name the event, ascending; for a whole provider, those that read any event of it.
  func rules(of event: Event) -> [RuleID] {
    (event.isAny ? byProvider[event.provider] : byEvent[event]) ?? []
  }

  /// - Parameter unmatched: events that rules which read all of a provider can't match.
  func isRead(_ event: Event, unmatched: [RuleID: Set<Event>] = [:]) -> Bool {
    if event.isAny { return byProvider[event.provider] != nil }
    if byEvent[event] != nil { return true }
    return rules(naming: Event(provider: event.provider, name: "*")).contains { rule in
      unmatched[rule]?.contains(event) != true
    }
  }
}

extension EventReaders {
  /// The counted rules of a catalog.
  package init(countedIn index: CatalogIndex) {
    self.init(
      index.rules.indices.lazy.filter { index.techniques.isCounted[$0] }.map {
        ($0, index.events[$0].events.map(\.event))
      })
  }
}
