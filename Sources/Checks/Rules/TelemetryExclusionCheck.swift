package import Analysis
package import Diagnostics
package import RuleModel
import Text

extension CheckID {
  package static let telemetryExclusion = CheckID(
    "telemetry-exclusion", .warning,
    "The rule excludes by a field that its events don't have, so the exclusion has no effect and the rule also matches what it should exclude. Collect the field, or exclude by another one."
  )
}

extension DeadExclusion {
  /// - Parameter rule: the rule that excludes.
  package func diagnostic(in rule: Rule) -> Diagnostic {
    let shown = tests.prefix(3).map { test in
      "'\(shortened([test.field ?? "", test.kind.words, test.value].filter { !$0.isEmpty }.joined(separator: " ")))'"
    }
    let more = tests.count > 3 ? [counted(tests.count - 3, "more test")] : []
    return Diagnostic(
      .telemetryExclusion, at: SourceLocation(rule.source.file, at: tests.first?.position ?? rule.source.position),
      "excluding \(listed(shown + more, "and")) can't work: \(listed(events.map(\.words), "and")) "
        + "\(events.count == 1 ? "comes" : "come") without \(clause.text) (\(location.description(spelled: .published))); "
        + "collect it, or exclude by another field")
  }
}
