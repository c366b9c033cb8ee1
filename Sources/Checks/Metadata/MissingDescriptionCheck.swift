package import Diagnostics
import RuleModel

extension CheckID {
  package static let ruleDescriptionMissing = CheckID(
    "rule-description-missing", .note,
    "The rule has no description, so analysts have to read its logic to understand its alerts. Say what it detects and why that matters."
  )
}

extension RuleCheck {
  /// Rules without a description, of any dialect.
  static let missingDescription = RuleCheck.missing(
    .ruleDescriptionMissing, "the rule has no description; say what it finds and why that matters",
    dialects: Set(Dialect.listed),
    examples: [
      CheckExample(
        "No description", finds: "1:1: the rule has no description; say what it finds and why that matters",
        in: exampleRule(detection: exampleDetection)),
      CheckExample(
        "A description",
        in: exampleRule(
          head: "description: Finds users who ask who they are, as intruders do first.", detection: exampleDetection)),
    ]
  ) { $0.description == nil }
}
