package import Diagnostics
import RuleModel

extension CheckID {
  package static let ruleLevelMissing = CheckID(
    "rule-level-missing", .note,
    "The rule has no level, so nobody knows how urgent its alerts are. Write one of informational, low, medium, high and critical."
  )
}

extension RuleCheck {
  /// Rules that raise alerts without saying how urgent they are. A level that doesn't exist is another finding.
  static let missingLevel = RuleCheck.missing(
    .ruleLevelMissing, "the rule has no 'level'; write one of informational, low, medium, high and critical",
    in: [.detection, .correlation],
    examples: [
      CheckExample(
        "No level", finds: "1:1: the rule has no 'level'; write one of informational, low, medium, high and critical",
        in: exampleRule(detection: exampleDetection)),
      CheckExample("A level", in: exampleRule(head: "level: low", detection: exampleDetection)),
      CheckExample(
        "A level that doesn't exist is a finding of rule-level",
        in: exampleRule(head: "level: urgent", detection: exampleDetection)),
    ]
  ) { rule in rule.level == nil && !rule.findings.contains { $0.id == .ruleLevel } }
}
