package import RuleModel

/// Which rules read an event.
///
/// A rule that reaches a provider without choosing an event (`*`) reads every event of it, and an event `*` stands for every event
/// of its provider: of two events, one is the other where the providers are the same and the names are, or one of them is `*`.
package struct EventReaders: Sendable {
  private var byEvent: [Event: [RuleID]] = [:]
  private var byProvider: [String: [RuleID]] = [:]

  /// - Parameter rules: those that are asked for, ascending, each with its events.
  package init(_ rules: some Sequence<(RuleID, [Event])>) {
    for (rule, events) in rules {
      for event in events {
        byEvent[event, default: []].append(rule)
        if byProvider[event.provider]?.last != rule { byProvider[event.provider, default: []].append(rule) }
      }
    }
  }

  /// By event, those that rules name.
  var events: [Event] { byEvent.keys.sorted() }

  /// The rules, ascending, that name exactly this event.
  func rules(naming event: Event) -> [RuleID] { byEvent[event] ?? [] }

  /// The rules, ascending, that name the event; of a whole provider, those that read anything of it.
  func rules(of event: Event) -> [RuleID] {
    (event.isAny ? byProvider[event.provider] : byEvent[event]) ?? []
  }

  func isRead(_ event: Event) -> Bool {
    if event.isAny { return byProvider[event.provider] != nil }
    return byEvent[event] != nil || byEvent[Event(provider: event.provider, name: "*")] != nil
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
