package import RuleModel

/// The state of a rule given what is collected (in the terms of the output format), best first.
package enum RuleState: String, Hashable, Sendable, CaseIterable {
  /// At least one of its events is collected.
  case runs
  /// It runs, but a collector's filter or a missing field can hide what it looks for.
  case partlyBlind
  /// It has no known event, but may run.
  case unknown
  /// Its events are collected, but a collector's filter or a missing field hides everything that it looks for. The output
  /// format has no word for this, and counts it as blind.
  case hidden
  /// None of its events is collected, or it can never match.
  case blind

  /// Whether it can detect something.
  package var canFire: Bool { self == .runs || self == .partlyBlind }

  /// Whether it can't detect anything.
  package var isBlind: Bool { self == .blind || self == .hidden }

  /// What rules in this state do: `3 rules run`.
  package func words(_ count: Int) -> String {
    switch self {
    case .runs: count == 1 ? "runs" : "run"
    case .partlyBlind: count == 1 ? "is partly blind" : "are partly blind"
    case .hidden: count == 1 ? "is fully hidden" : "are fully hidden"
    case .blind: count == 1 ? "is blind" : "are blind"
    case .unknown: count == 1 ? "has no known event" : "have no known event"
    }
  }
}

/// What is collected, as needed for the coverage review.
package struct CollectedView: Sendable {
  package var states: RuleColumn<RuleState>
  /// The events that are collected, sorted; if a provider is collected as a whole, those that are in the event map.
  package var collected: [Event]
  /// Whether an event is collected; for `*`, whether any event of its provider is.
  package var isCollected: @Sendable (Event) -> Bool
  /// Whether a collected event is collected completely: no collector's filter can leave any of it out.
  package var isWhole: @Sendable (Event) -> Bool

  package init(
    states: RuleColumn<RuleState>, collected: [Event], isCollected: @escaping @Sendable (Event) -> Bool,
    isWhole: @escaping @Sendable (Event) -> Bool = { _ in true }
  ) {
    self.states = states
    self.collected = collected
    self.isCollected = isCollected
    self.isWhole = isWhole
  }

  package func share(of event: Event) -> CollectedShare {
    CollectedShare(isCollected: isCollected(event), isWhole: isWhole(event))
  }
}

/// How much of an event is collected.
package enum CollectedShare: String, Hashable, Sendable {
  case whole
  /// A collector's filter can leave some of it out.
  case part
  case none

  init(isCollected: Bool, isWhole: @autoclosure () -> Bool) {
    self = !isCollected ? .none : isWhole() ? .whole : .part
  }

  package var words: String {
    switch self {
    case .whole: "collected"
    case .part: "collected in part"
    case .none: "not collected"
    }
  }
}
