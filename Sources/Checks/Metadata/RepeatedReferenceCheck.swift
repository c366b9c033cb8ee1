package import Diagnostics
import RuleModel

extension CheckID {
  package static let ruleReferenceRepeated = CheckID(
    "rule-reference-repeated", .note,
    "The rule lists the same reference twice. Remove one.")
}

extension RuleCheck {
  /// References that a rule lists twice.
  static let repeatedReferences = RuleCheck(
    .ruleReferenceRepeated,
    examples: [
      CheckExample(
        "The same address twice",
        finds: "4:5: the reference 'https://example.org/whoami' is listed twice; remove one",
        in: exampleRule(
          head: "references:\n  - https://example.org/whoami\n  - https://example.org/whoami",
          detection: exampleDetection)),
      CheckExample(
        "Two places of one page",
        in: exampleRule(
          head: "references:\n  - https://example.org/whoami#use\n  - https://example.org/whoami#why",
          detection: exampleDetection)),
    ]
  ) { rule, catalog in
    let subject = catalog.index.rules[rule]
    return repeated(in: subject.references) { $0 }.map { reference, occurrence in
      Diagnostic(
        .ruleReferenceRepeated, at: subject.place(of: reference, occurrence: occurrence),
        "the reference '\(shortened(reference))' is listed twice; remove one")
    }
  }
}
