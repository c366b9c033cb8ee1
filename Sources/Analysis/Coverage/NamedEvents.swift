package import RuleModel

/// The events by which ATT&CK says that a technique shows, held against those that its rules read.
package struct NamedEvents: Sendable {
  /// An event that ATT&CK names and none of the technique's rules reads.
  package struct Unread: Hashable, Sendable {
    package var event: Event
    /// Whether it is collected; nil without telemetry.
    package var isCollected: Bool?
    /// How many counted rules read it for other techniques.
    package var elsewhere: Int
  }

  /// How many events ATT&CK names.
  package let total: Int
  /// Those that none of the rules reads: first those that most rules read for other techniques, as these are known to work here;
  /// then by provider and event.
  package let unread: [Unread]
  private let named: EventReaders
  private let own: EventReaders

  /// - Parameters:
  ///   - readers: all counted rules of the catalogue.
  package init(_ row: CoverageReview.TechniqueRow, in index: CatalogIndex, readers: EventReaders) {
    let own = EventReaders(row.rules.map { index.events[$0].events.map(\.event) })
    total = row.events.count
    named = EventReaders([row.events.map(\.event)])
    self.own = own
    unread = row.events.filter { !own.isRead($0.event) }
      .map { Unread(event: $0.event, isCollected: $0.isCollected, elsewhere: readers.rules(reading: $0.event).count) }
      .sorted { left, right in
        left.elsewhere != right.elsewhere ? left.elsewhere > right.elsewhere : left.event < right.event
      }
  }

  /// Whether ATT&CK names an event, or one of the provider whose every event it stands for.
  package func contains(_ event: Event) -> Bool { named.isRead(event) }

  /// How many of the technique's rules read one of these events.
  package func rules(readingAnyOf events: [Event]) -> Int {
    events.reduce(into: Set<Int>()) { $0.formUnion(own.rules(reading: $1)) }.count
  }
}
