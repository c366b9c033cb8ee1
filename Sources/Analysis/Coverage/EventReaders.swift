package import RuleModel

/// Which rules read an event.
///
/// A rule that reaches a provider without choosing an event (`*`) reads every event of it, and an event `*` stands for every event
/// of its provider: of two events, one is the other where the providers are the same and the names are, or one of them is `*`.
package struct EventReaders: Sendable {
  private var byEvent: [Event: [Int]] = [:]
  private var byProvider: [String: [Int]] = [:]

  /// - Parameter events: of each rule, by its index; nil for a rule that isn't asked for.
  package init(_ events: [[Event]?]) {
    for (rule, events) in events.enumerated() {
      for event in events ?? [] {
        byEvent[event, default: []].append(rule)
        if byProvider[event.provider]?.last != rule { byProvider[event.provider, default: []].append(rule) }
      }
    }
  }

  /// By event, those that rules name.
  var events: [Event] { byEvent.keys.sorted() }

  /// The rules, ascending, that name exactly this event.
  func rules(naming event: Event) -> [Int] { byEvent[event] ?? [] }

  /// The rules, ascending, that name the event; of a whole provider, those that read anything of it.
  func rules(of event: Event) -> [Int] {
    (event.isAny ? byProvider[event.provider] : byEvent[event]) ?? []
  }

  func isRead(_ event: Event) -> Bool {
    if event.isAny { return byProvider[event.provider] != nil }
    return byEvent[event] != nil || byEvent[Event(provider: event.provider, name: "*")] != nil
  }
}

extension EventReaders {
  /// The counted rules of a catalogue.
  package init(countedIn index: CatalogIndex) {
    self.init(
      zip(index.events, index.techniques.isCounted).map { events, counts in
        counts ? events.events.map(\.event) : nil
      })
  }
}
