package import Events
package import RuleModel

/// Why a technique is held up by little, although rules detect it.
package enum ThinReason: Hashable, Sendable {
  /// One rule alone.
  case oneRule
  /// All of its rules read this one event.
  case oneEvent(Event)
  /// All of its rules have this one level.
  case oneLevel(Level)
  /// All of its rules are experimental.
  case experimental
  /// All of its rules are meant for hunting.
  case hunting
  /// Each of its rules is one or the other.
  case experimentalOrHunting

  /// In reports: `one-rule`.
  package var name: String {
    switch self {
    case .oneRule: "one-rule"
    case .oneEvent: "one-event"
    case .oneLevel: "one-level"
    case .experimental: "experimental"
    case .hunting: "hunting"
    case .experimentalOrHunting: "experimental-or-hunting"
    }
  }

  /// `one rule`, `one event, Microsoft-Windows-Sysmon 1`, `one level, low`, `only experimental`.
  package var words: String {
    switch self {
    case .oneRule: "one rule"
    case .oneEvent(let event): "one event, \(event.words)"
    case .oneLevel(let level): "one level, \(level.rawValue)"
    case .experimental: "only experimental"
    case .hunting: "only hunting"
    case .experimentalOrHunting: "only experimental or hunting"
    }
  }

  /// The same without what it is: `one event`.
  package var shortWords: String {
    switch self {
    case .oneEvent: "one event"
    case .oneLevel: "one level"
    default: words
    }
  }
}

extension ThinReason {
  /// The reasons that rules give, in the order above. One rule has one level, and mostly one event, so that neither is said of it.
  ///
  /// - Parameters:
  ///   - rules: those that hold up a technique.
  ///   - events: those that each of them reads; none if they are unknown. `*` stands for several.
  static func all(of rules: [Rule], events: [[Event]]) -> [ThinReason] {
    guard let first = rules.first else { return [] }
    var reasons: [ThinReason] = []
    if rules.count == 1 {
      reasons.append(.oneRule)
    } else {
      let read = Set(events.joined())
      if read.count == 1, let event = read.first, !event.isAny, !events.contains(where: \.isEmpty) {
        reasons.append(.oneEvent(event))
      }
      if let level = first.level, rules.allSatisfy({ $0.level == level }) { reasons.append(.oneLevel(level)) }
    }
    if rules.allSatisfy({ $0.status == .experimental }) {
      reasons.append(.experimental)
    } else if rules.allSatisfy(isHunting) {
      reasons.append(.hunting)
    } else if rules.allSatisfy({ $0.status == .experimental || isHunting($0) }) {
      reasons.append(.experimentalOrHunting)
    }
    return reasons
  }
}

/// By its class, or its tags (Sigma's namespace `detection`).
private func isHunting(_ rule: Rule) -> Bool {
  rule.ruleClass == .hunt || GapReview.Candidate.Reach(rule) == .hunting
}
