package import Diagnostics
import RuleModel

extension CheckID {
  package static let ruleIDMissing = CheckID(
    "rule-id-missing", .note,
    "The rule has no id. Other rules refer to a rule by its id, which stays the same when the file or title changes. Add a random UUID (version 4)."
  )
}

extension RuleCheck {
  /// Rules without an id.
  static let missingID = RuleCheck.missing(
    .ruleIDMissing, "the rule has no 'id'; give it a random UUID (version 4), which it keeps when it is renamed",
    examples: [
      CheckExample(
        "No id",
        finds: "1:1: the rule has no 'id'; give it a random UUID (version 4), which it keeps when it is renamed",
        in: exampleRule(detection: exampleDetection)),
      CheckExample(
        "A random id", in: exampleRule(head: "id: 7a3c1f52-9be4-4d0a-8f51-2c6e0d9b7e14", detection: exampleDetection)),
    ]
  ) { $0.id == nil }
}
