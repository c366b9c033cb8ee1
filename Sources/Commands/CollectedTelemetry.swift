import Diagnostics
import Telemetry

/// What a telemetry file and its collectors' files say, and what is wrong with them.
struct CollectedTelemetry: Sendable {
  /// The telemetry file's.
  var path: String
  var telemetry: Telemetry
  private(set) var findings: [Diagnostic]
  /// Those that prevent a part of the files from being read.
  let errors: [Diagnostic]

  init(path: String, telemetry: Telemetry, findings: [Diagnostic]) {
    (self.path, self.telemetry, self.findings) = (path, telemetry, findings)
    errors = findings.filter { $0.severity == .error }
  }

  /// Whether all of the files could be read.
  var isWhole: Bool { errors.isEmpty }

  /// The same with the findings that a configuration wants.
  func applying(_ checks: CheckSettings) -> CollectedTelemetry {
    var result = self
    result.findings = checks.appliedExceptToErrors(in: findings)
    return result
  }

  func report(on terminal: Terminal) {
    terminal.report(findings)
    let errors = errors.count
    guard errors > 0 else { return }
    terminal.note(
      "\(path) and its files can't be read completely: what the \(errors == 1 ? "error concerns" : "\(errors) errors concern") counts as collected in part"
    )
  }
}
