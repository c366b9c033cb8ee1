package import Diagnostics

extension CheckID {
  package static let ruleDuplicateID = CheckID(
    "rule-duplicate-id", .error,
    "Two rules have the same id, so that references to it are ambiguous. Give one of them a new id.")
}

extension RuleCheck {
  /// An id that two rules share.
  static let sharedID = RuleCheck { rule, catalog in
    let (rules, subject) = (catalog.index.rules, catalog.index.rules[rule])
    guard let other = catalog.index.references.sameID[rule] else { return [] }
    return [
      Diagnostic(
        .ruleDuplicateID, at: SourceLocation(subject.source.file, at: subject.idPosition ?? subject.source.position),
        "the rule has the id of '\(rules[other].source.path)'; give one of them a new id")
    ]
  }
}
