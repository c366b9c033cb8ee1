package import RuleModel

/// The events in which a technique can be seen according to ATT&CK, compared with those that its rules read.
package struct NamedEvents: Sendable {
  /// An event that ATT&CK names but none of the technique's rules reads.
  package struct Unread: Hashable, Sendable {
    package var event: Event
    /// Whether it is collected; nil without telemetry.
    package var isCollected: Bool?
    /// How many counted rules name it for other techniques; for a whole provider, how many read any event of it.
    package var elsewhere: Int
  }

  /// The number of events that ATT&CK names.
  package let total: Int
  /// Those that none of the rules reads, not even by reading every event of the provider. Those that the most rules
  /// name for other techniques come first, as they are known to work here; then by provider and event.
  package let unread: [Unread]
  private let named: Set<Event>
  private let own: EventReaders

  /// - Parameters:
  ///   - readers: for all counted rules of the catalog.
  package init(_ row: CoverageReview.TechniqueRow, in index: CatalogIndex, readers: EventReaders) {
    let own = EventReaders(row.rules.lazy.map { ($0, index.events[$0].events.map(\.event)) })
    total = row.events.count
    named = Set(row.events.map(\.event))
    self.own = own
    unread = row.events.filter { !own.isRead($0.event) }
      .map { Unread(event: $0.event, isCollected: $0.isCollected, elsewhere: readers.rules(of: $0.event).count) }
      .sorted { left, right in
        left.elsewhere != right.elsewhere ? left.elsewhere > right.elsewhere : left.event < right.event
      }
  }

  /// Whether ATT&CK names exactly this event.
  package func contains(_ event: Event) -> Bool { named.contains(event) }

  /// How many of the technique's rules name one of these events; for a whole provider, how many read any event of it.
  package func rules(ofAny events: [Event]) -> Int {
    events.reduce(into: Set<RuleID>()) { $0.formUnion(own.rules(of: $1)) }.count
  }

  /// How many of the technique's rules read all events of the provider of one of these events.
  package func rules(readingAllAround events: [Event]) -> Int {
    Set(events.map(\.provider))
      .reduce(into: Set<RuleID>()) { $0.formUnion(own.rules(naming: Event(provider: $1, name: "*"))) }.count
  }
}
