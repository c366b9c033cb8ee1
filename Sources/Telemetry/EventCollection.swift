import Diagnostics

/// How one event is collected.
///
/// An event must be recorded, if a configuration says what is recorded of its provider, and must reach us in some way.
package struct EventCollection: Hashable, Sendable {
  /// What records the event: each is a separate configuration, and so covers a separate group of hosts. Empty if none
  /// is about the provider.
  package var recorders: [EventFilter]
  /// How it reaches us; any one of them suffices.
  package var ways: [EventFilter]
  /// Which fields of it are missing; nil if none is. This hides no event as a whole.
  package var lacking: EventFilter?

  package init(recorders: [EventFilter] = [], ways: [EventFilter] = [], lacking: EventFilter? = nil) {
    self.recorders = recorders
    self.ways = ways
    self.lacking = lacking
  }

  package enum State: Hashable, Sendable {
    case collected
    /// Its recorders have it disabled.
    case notRecorded
    /// It is recorded, but no subscription selects it.
    case notForwarded
    /// Nothing mentions it.
    case notMentioned
  }

  package var state: State {
    if !recorders.isEmpty, recorders.allSatisfy(\.isOff) { return .notRecorded }
    if ways.contains(where: { !$0.isOff }) { return .collected }
    return recorders.isEmpty && ways.isEmpty ? .notMentioned : .notForwarded
  }

  package var isCollected: Bool { state == .collected }

  /// Whether nothing between the event and us filters it, or leaves out fields.
  package var isWhole: Bool {
    isCollected && lacking == nil && recorders.allSatisfy(\.isOpen) && ways.contains(where: \.isOpen)
  }

  /// The files that deliver it, or prevent its delivery, in order of location, without duplicates.
  package var sources: [TelemetrySource] {
    var result: [TelemetrySource] = []
    for source in (recorders + ways).map(\.source).sorted() where result.last != source { result.append(source) }
    return result
  }
}
