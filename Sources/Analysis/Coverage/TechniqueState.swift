import RuleModel
import Text

/// The state of a technique, based on its best rule (in the terms of the output format).
package enum TechniqueState: String, Hashable, Sendable, CaseIterable {
  /// It has a counted rule; whether that rule runs isn't known.
  case covered
  /// It has a rule that runs.
  case runs
  /// Its best rule runs, but a collector's filter or a missing field can hide what it looks for.
  case partly
  /// It has rules, but none of them can detect anything.
  case blind
  /// It has no counted rule.
  case none

  init(of rules: [RuleID], _ telemetry: CollectedView?) {
    if let telemetry {
      self.init(of: rules.map { KeptVisibility.State(telemetry.states[$0]) })
    } else {
      self = rules.isEmpty ? .none : .covered
    }
  }

  /// - Parameter states: those of its counted rules.
  init(of states: [KeptVisibility.State]) {
    if states.isEmpty {
      self = .none
    } else if states.contains(.runs) {
      self = .runs
    } else if states.contains(.partly) {
      self = .partly
    } else {
      // A rule without a known event may run, but doesn't outweigh rules that are blind.
      self = states.contains(.blind) ? .blind : .covered
    }
  }

  /// The state of a technique whose rules are all in this state.
  package init(_ state: RuleState) { self.init(of: [KeptVisibility.State(state)]) }

  package var isCovered: Bool { self != .none }

  /// Whether a rule for it is known to be able to detect something.
  package var canFire: Bool { self == .runs || self == .partly }
}

/// The state of an event.
package enum EventState: String, Hashable, Sendable, CaseIterable {
  /// Rules read it; with telemetry, it is collected too.
  case used
  /// It is collected, but no counted rule reads it.
  case untapped
  /// Rules read it, but it isn't collected.
  case missing
}

/// The reason for a technique's state, in words.
func reason(
  _ state: TechniqueState, rules: [RuleID], own: Int, _ events: [CoverageReview.StrategyEvent],
  _ telemetry: CollectedView?
) -> String {
  switch state {
  case .none:
    guard telemetry != nil else { return "no rule" }
    let collected = events.filter { $0.isCollected == true }
    if events.isEmpty { return "no rule; ATT&CK names no event that the event map knows" }
    let named = "the \(events.count) events"
    switch (collected.count, events.count) {
    case (0, 1): return "no rule, and the one event that ATT&CK names isn't collected"
    case (0, _): return "no rule, and none of \(named) that ATT&CK names is collected"
    case (1, 1): return "no rule, although the one event that ATT&CK names is collected"
    case (let count, _):
      return "no rule, although \(count) of \(named) that ATT&CK names \(count == 1 ? "is" : "are") collected"
    }
  case .covered:
    let subs = rules.count - own
    let parts = [
      own > 0 ? "\(counted(own, "rule")) of its own" : nil,
      subs > 0 ? own > 0 ? "\(subs) of sub-techniques" : "\(counted(subs, "rule")) of sub-techniques" : nil,
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  case .runs, .partly, .blind:
    let states = rules.compactMap { telemetry?.states[$0] }
    return RuleState.allCases.compactMap { state in
      let count = states.count { $0 == state }
      return count == 0 ? nil : "\(counted(count, "rule")) \(state.words(count))"
    }.joined(separator: ", ")
  }
}
