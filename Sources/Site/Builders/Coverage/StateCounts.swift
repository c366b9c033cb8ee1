import Analysis
import Text

/// How many techniques are in each state that rules can give them with telemetry.
struct StateCounts: Hashable {
  private var counts: [TechniqueState: Int] = [:]

  init(_ states: some Sequence<TechniqueState>) { for state in states { counts[state, default: 0] += 1 } }

  /// The states that occur: `300 run, 12 are partly blind and 95 are blind`; nil if no technique has a rule.
  var words: String? {
    let parts = TechniqueState.rankedWithRules.compactMap { state -> String? in
      guard let count = counts[state], count > 0 else { return nil }
      return "\(grouped(count)) \(state.words(count))"
    }
    return parts.isEmpty ? nil : listed(parts, "and")
  }
}

extension TechniqueState {
  /// The states of techniques with rules, if telemetry is configured, the best first. The matrix's script has the same
  /// list.
  static let rankedWithRules: [TechniqueState] = [.runs, .partly, .covered, .blind]

  /// What techniques in that state do: `3 run`.
  func words(_ count: Int) -> String {
    switch self {
    case .runs: count == 1 ? "runs" : "run"
    case .partly: count == 1 ? "is partly blind" : "are partly blind"
    case .covered: "may run"
    case .blind: count == 1 ? "is blind" : "are blind"
    case .none: count == 1 ? "has no rule" : "have no rule"
    }
  }
}
