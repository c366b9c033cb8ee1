package import Diagnostics
package import RuleModel
package import Telemetry

/// Whether a rule sees what it looks for in what is collected.
package enum RuleVisibility: Hashable, Sendable {
  case runs
  /// Collectors' filters can hide what it looks for: the reasons that tell most, and how many more there are.
  case partlyBlind([HidingReason], more: Int)
  /// Its events are collected, but collectors' filters hide all that it looks for, as far as is known: it can never fire.
  case hidden([HidingReason], more: Int)
  /// None of its events is collected; for a correlation, those of a rule that it needs.
  case blind(missing: [Event])
  /// No event can be what it looks for; for a correlation, what a rule that it needs looks for.
  case neverMatches
  /// It has no event.
  case unknown

  /// What filters hide of what it looks for, and how many reasons more there are; nil where they hide nothing.
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
    /// The collector keeps only what one of this many conditions takes, and none of them is sure to take what the rule looks
    /// for; those come nearest that are on fields that the rule tests.
    case notKept(conditions: Int, nearest: [FilterClause])
    /// The collector leaves empty what the rule looks into.
    case leftOut(FilterClause)
    /// The collector has the event turned off, while another has it on.
    case turnedOff(isDefault: Bool)
  }

  /// How much a reason tells; those that tell most come first.
  package enum Rank: Int, Hashable, Sendable, Comparable {
    /// The rule sees nothing at all of the event, as far as is known.
    case all
    /// The rule looks into what is left empty.
    case leftOut
    /// Nothing that is kept is sure to be what the rule looks for; what is dropped besides is no news.
    case notKept
    /// The filter is about values that the rule looks for.
    case related
    /// The filter is about a field that the rule looks at, and other values of it.
    case ownFields
    /// The filter is about fields on which the rule says nothing that would keep them apart.
    case otherFields

    package static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
  }

  /// Those that it hides, in their order.
  package var events: [Event]
  package var kind: Kind
  package var source: TelemetrySource
  /// The rule's own tests that have to do with it, in the rule's order, each once.
  package var tests: [Test]
  package var rank: Rank

  /// The place that decides.
  package var location: SourceLocation {
    switch kind {
    case .dropped(let clause), .leftOut(let clause): clause.location
    case .notKept, .turnedOff: source.location
    }
  }
}

extension HidingReason: Comparable {
  /// Those that tell most first, then by place.
  package static func < (left: HidingReason, right: HidingReason) -> Bool {
    if left.rank != right.rank { return left.rank < right.rank }
    if left.location != right.location { return left.location < right.location }
    return left.events.lexicographicallyPrecedes(right.events)
  }
}
