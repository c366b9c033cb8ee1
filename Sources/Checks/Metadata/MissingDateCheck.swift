package import Diagnostics
import RuleModel

extension CheckID {
  package static let ruleDateMissing = CheckID(
    "rule-date-missing", .note,
    "The rule has no date, so readers can't see how old it is. Add `date: YYYY-MM-DD`."
  )
}

extension RuleCheck {
  /// Rules without a date. One that can't be read is another finding.
  static let missingDate = RuleCheck.missing(
    .ruleDateMissing, "the rule has no 'date'; write the day on which it was written, as YYYY-MM-DD",
    examples: [
      CheckExample(
        "No date", finds: "1:1: the rule has no 'date'; write the day on which it was written, as YYYY-MM-DD",
        in: exampleRule(detection: exampleDetection)),
      CheckExample("A date", in: exampleRule(head: "date: 2026-11-30", detection: exampleDetection)),
      CheckExample(
        "A date that isn't one is a finding of rule-date",
        in: exampleRule(head: "date: 2026-11-31", detection: exampleDetection)),
    ]
  ) { rule in rule.date == nil && !rule.findings.contains { $0.id == .ruleDate } }
}
