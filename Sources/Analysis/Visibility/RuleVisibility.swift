package import Diagnostics
package import RuleModel
package import Telemetry

/// Whether a rule sees what it looks for, given what is collected.
package enum RuleVisibility: Hashable, Sendable {
  case runs
  /// Collectors' filters can hide what it looks for: the most significant reasons, and how many more there are.
  case partlyBlind([HidingReason], more: Int)
  /// Its events are collected, but as far as is known collectors' filters hide everything that it looks for, so it can
  /// never fire.
  case hidden([HidingReason], more: Int)
  /// None of its events is collected; for a correlation, none of the events of a rule that it needs.
  case blind(missing: [Event])
  /// No event can be what it looks for; for a correlation, what a rule that it needs looks for.
  case neverMatches
  /// It has no known event.
  case unknown

  /// Whether what is collected, or a collector's filter, is the reason for the state.
  package var isExplained: Bool {
    if case .blind(let missing) = self { !missing.isEmpty } else { hiding.map { !$0.reasons.isEmpty } ?? false }
  }

  /// Why filters hide what it looks for, and how many more reasons there are; nil if they hide nothing.
  package var hiding: (reasons: [HidingReason], more: Int)? {
    switch self {
    case .partlyBlind(let reasons, let more), .hidden(let reasons, let more): (reasons, more)
    case .runs, .blind, .neverMatches, .unknown: nil
    }
  }
}

/// Why a rule may not see an event that it looks for.
package struct HidingReason: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The collector drops such events.
    case dropped(FilterClause)
    /// The collector keeps only what meets one of this many conditions, and none of them is certain to keep what the
    /// rule looks for. The nearest are on fields that the rule tests.
    case notKept(conditions: Int, nearest: [FilterClause])
    /// The collector leaves fields empty that the rule tests.
    case leftOut(FilterClause)
    /// The collector has the event turned off, while another one has it turned on.
    case turnedOff(isDefault: Bool)
  }

  /// How significant a reason is; most significant first.
  package enum Rank: Int, Hashable, Sendable, Comparable {
    /// As far as is known, the rule sees nothing of the event.
    case all
    /// The rule tests fields that are left empty.
    case leftOut
    /// Nothing that is kept is certain to be what the rule looks for, so clauses that drop events matter less.
    case notKept
    /// The filter is about values that the rule looks for.
    case related
    /// The filter is about a field that the rule tests, but about other values.
    case ownFields
    /// The filter is about other fields, and the rule has no tests that would separate the two.
    case otherFields

    package static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
  }

  /// The events that it hides, in order.
  package var events: [Event]
  package var kind: Kind
  package var source: TelemetrySource
  /// The rule's own tests related to it, in the rule's order, each once.
  package var tests: [Test]
  package var rank: Rank

  /// Whether it is a field that events come without, rather than a filter.
  package var isMissingField: Bool { if case .leftOut = kind { true } else { false } }

  /// Whether it is a field that events may or may not come without: what is known of it contradicts itself, or can't be read.
  package var isDoubtful: Bool { if case .leftOut(let clause) = kind { clause.isDoubtful } else { false } }

  /// The place in the configuration that decides.
  package var location: SourceLocation {
    switch kind {
    case .dropped(let clause), .leftOut(let clause): clause.location
    case .notKept, .turnedOff: source.location
    }
  }
}

extension HidingReason: Comparable {
  /// Most significant first, then by location.
  package static func < (left: HidingReason, right: HidingReason) -> Bool {
    if left.rank != right.rank { return left.rank < right.rank }
    if left.location != right.location { return left.location < right.location }
    return left.events.lexicographicallyPrecedes(right.events)
  }
}
