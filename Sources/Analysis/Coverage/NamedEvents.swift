package import RuleModel

/// The events by which ATT&CK says that a technique shows, held against those that its rules read.
package struct NamedEvents: Sendable {
  /// An event that ATT&CK names and none of the technique's rules reads.
  package struct Unread: Hashable, Sendable {
    package var event: Event
    /// Whether it is collected; nil without telemetry.
    package var isCollected: Bool?
    /// How many counted rules name it for other techniques; of a whole provider, how many read anything of it.
    package var elsewhere: Int
  }

  /// How many events ATT&CK names.
  package let total: Int
  /// Those that none of the rules reads, not even by reading every event of the provider: first those that most rules name for other
  /// techniques, as these are known to work here; then by provider and event.
  package let unread: [Unread]
  private let named: Set<Event>
  private let own: EventReaders

  /// - Parameters:
  ///   - readers: all counted rules of the catalog.
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

  /// Whether ATT&CK names exactly an event.
  package func contains(_ event: Event) -> Bool { named.contains(event) }

  /// How many of the technique's rules name one of these events; of a whole provider, how many read anything of it.
  package func rules(ofAny events: [Event]) -> Int {
    events.reduce(into: Set<RuleID>()) { $0.formUnion(own.rules(of: $1)) }.count
  }

  /// How many of the technique's rules read every event of one of these events' providers.
  package func rules(readingAllAround events: [Event]) -> Int {
    Set(events.map(\.provider))
      .reduce(into: Set<RuleID>()) { $0.formUnion(own.rules(naming: Event(provider: $1, name: "*"))) }.count
  }
}
