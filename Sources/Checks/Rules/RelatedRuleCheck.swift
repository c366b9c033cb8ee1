import Diagnostics
import RuleModel

extension RuleCheck {
  /// Rules that a rule declares itself related to.
  static let relatedRules = RuleCheck { rule, catalog in
    let subject = catalog.index.rules[rule]
    // The ties begin with the relations that the rule declares, in its order.
    return zip(subject.related, catalog.index.references.ties[rule]).compactMap { related, tie in
      let place = SourceLocation(subject.source.file, at: related.position)
      if related.id.lowercased() == subject.id?.lowercased() {
        return Diagnostic(
          .ruleRelated, at: place, severity: .warning,
          "the rule is related to itself; correct the id or remove the entry")
      }
      // If a rule was renamed, its old id isn't expected to exist any more.
      if tie.rule != nil || related.kind == .renamed { return nil }
      return Diagnostic(
        .ruleRelated, at: place,
        "the related rule '\(shortened(related.id))' is not in this catalog; add it or correct the id")
    }
  }
}
