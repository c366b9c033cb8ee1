import RuleModel
import Text

/// How many of some techniques are covered, and with telemetry in which state they are.
package struct TechniqueTally: Hashable, Sendable {
  package private(set) var techniques = 0
  /// Those with a counted rule.
  package private(set) var covered = 0
  /// With telemetry: those with a rule that runs.
  package private(set) var runs = 0
  /// With telemetry: those whose best rule is partly blind.
  package private(set) var partly = 0
  /// With telemetry: those whose rules are all blind.
  package private(set) var blind = 0

  package init(of states: some Sequence<TechniqueState>) { for state in states { count(state) } }

  private mutating func count(_ state: TechniqueState) {
    techniques += 1
    if state.isCovered { covered += 1 }
    switch state {
    case .runs: runs += 1
    case .partly: partly += 1
    case .blind: blind += 1
    case .covered, .none: break
    }
  }

  /// Those without a counted rule.
  package var uncovered: Int { techniques - covered }

  /// Those that rules detect: with telemetry, those that run, even if partly blind.
  package func found(hasTelemetry: Bool) -> Int { hasTelemetry ? runs + partly : covered }

  /// `66 techniques: 40 run, 2 partly blind, 16 blind, 8 without a rule`.
  package func words(hasTelemetry: Bool) -> String {
    let open = covered - runs - partly - blind
    let states =
      hasTelemetry
      ? [(runs, runs == 1 ? "runs" : "run"), (partly, "partly blind"), (blind, "blind"), (open, "may run")]
      : [(covered, "with a rule")]
    let parts = (states + [(uncovered, "without a rule")]).filter { $0.0 > 0 }.map { "\($0) \($1)" }
    return counted(techniques, "technique") + (parts.isEmpty ? "" : ": \(parts.joined(separator: ", "))")
  }
}
