import Diagnostics

/// How one event comes to be collected.
///
/// An event must be recorded, where a configuration says what is recorded of its provider, and come to us in some way.
package struct EventCollection: Hashable, Sendable {
  /// What records the event: each a configuration of its own, and so of a group of hosts. Empty where none speaks of the
  /// provider.
  package var recorders: [EventFilter]
  /// How it comes to us; any of them suffices.
  package var ways: [EventFilter]

  package init(recorders: [EventFilter] = [], ways: [EventFilter] = []) {
    self.recorders = recorders
    self.ways = ways
  }

  package enum State: Hashable, Sendable {
    case collected
    /// Its recorders have it turned off.
    case notRecorded
    /// It is recorded, but no subscription takes it.
    case notForwarded
    /// Nothing speaks of it.
    case notMentioned
  }

  package var state: State {
    if !recorders.isEmpty, recorders.allSatisfy(\.isOff) { return .notRecorded }
    if ways.contains(where: { !$0.isOff }) { return .collected }
    return recorders.isEmpty && ways.isEmpty ? .notMentioned : .notForwarded
  }

  package var isCollected: Bool { state == .collected }

  /// What is between the event and us, if all of it is open.
  package var isWhole: Bool {
    isCollected && recorders.allSatisfy(\.isOpen) && ways.contains(where: \.isOpen)
  }

  /// The files that bring it, or keep it from us, in the order of places, each once.
  package var sources: [TelemetrySource] {
    var result: [TelemetrySource] = []
    for source in (recorders + ways).map(\.source).sorted() where result.last != source { result.append(source) }
    return result
  }
}
