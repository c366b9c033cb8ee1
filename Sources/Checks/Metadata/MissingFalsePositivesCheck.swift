package import Diagnostics
import RuleModel

extension CheckID {
  package static let ruleFalsePositivesMissing = CheckID(
    "rule-false-positives-missing", .note, isOptional: true,
    "The rule lists no false positives, which analysts need first when it raises an alert. List the known ones, or write `Unknown`."
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
