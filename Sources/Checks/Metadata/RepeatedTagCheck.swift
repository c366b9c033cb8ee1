package import Diagnostics
import RuleModel

extension CheckID {
  package static let ruleTagRepeated = CheckID(
    "rule-tag-repeated", .note,
    "The rule has the same tag twice, ignoring case. Remove one.")
}

extension RuleCheck {
  /// Tags that a rule has twice.
  static let repeatedTags = RuleCheck(
    .ruleTagRepeated,
    examples: [
      CheckExample(
        "The same tag twice, once in capitals", finds: "4:5: the tag 'attack.T1033' is listed twice; remove one",
        in: exampleRule(
          head: "tags:\n  - attack.t1033\n  - attack.T1033", detection: exampleDetection)),
      CheckExample(
        "A technique and its sub-technique",
        in: exampleRule(head: "tags: [attack.t1059, attack.t1059.001]", detection: exampleDetection)),
    ]
  ) { rule, catalog in
    let subject = catalog.index.rules[rule]
    return repeated(in: subject.tags) { $0.lowercased() }.map { tag, occurrence in
      Diagnostic(
        .ruleTagRepeated, at: subject.place(of: tag, occurrence: occurrence),
        "the tag '\(shortened(tag))' is listed twice; remove one")
    }
  }
}
