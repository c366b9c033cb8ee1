package import Diagnostics
import RuleModel

extension CheckID {
  package static let ruleFalsePositivesMissing = CheckID(
    "rule-false-positives-missing", .note, isOptional: true,
    "The rule doesn't say what else may match it, which whoever gets its alert needs first. List what is known, or write `Unknown`."
  )
}

extension RuleCheck {
  /// Rules that don't say what else may match.
  static let missingFalsePositives = RuleCheck.missing(
    .ruleFalsePositivesMissing, "the rule has no 'falsepositives'; list what else may match it, or write Unknown",
    in: [.detection, .correlation],
    examples: [
      CheckExample(
        "No false positives",
        finds: "1:1: the rule has no 'falsepositives'; list what else may match it, or write Unknown",
        in: exampleRule(detection: exampleDetection)),
      CheckExample(
        "Known ones", in: exampleRule(head: "falsepositives: [Inventory scripts]", detection: exampleDetection)),
    ]
  ) { $0.falsePositives.isEmpty }
}
