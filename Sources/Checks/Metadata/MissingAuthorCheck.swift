package import Diagnostics
import RuleModel

extension CheckID {
  package static let ruleAuthorMissing = CheckID(
    "rule-author-missing", .note,
    "The rule names no author, so nobody knows whom to ask about it. Name a person or a team.")
}

extension RuleCheck {
  /// Rules without an author.
  static let missingAuthor = RuleCheck.missing(
    .ruleAuthorMissing, "the rule has no 'author'; name the person or the team to ask about it",
    examples: [
      CheckExample(
        "No author", finds: "1:1: the rule has no 'author'; name the person or the team to ask about it",
        in: exampleRule(detection: exampleDetection)),
      CheckExample("A team", in: exampleRule(head: "author: Detection team", detection: exampleDetection)),
    ]
  ) { $0.authors.isEmpty }
}
