import Analysis
import Diagnostics
import RuleModel

extension RuleCheck {
  /// The names that correlations and filters use for other rules.
  static let ruleNames = RuleCheck { rule, catalog in
    catalog.index.references.faults[rule].map { RuleNameFault($0, of: rule, in: catalog.index.rules).finding }
  }
}

/// A fault and the rule it is in.
private struct RuleNameFault {
  private let fault: ReferenceFault
  private let rule: Rule
  private let rules: RuleColumn<Rule>

  init(_ fault: ReferenceFault, of rule: RuleID, in rules: RuleColumn<Rule>) {
    (self.fault, self.rule, self.rules) = (fault, rules[rule], rules)
  }

  var finding: Diagnostic {
    switch fault {
    case .unknown(let reference):
      finding(
        at: reference,
        "the catalog has no rule with the id or name '\(shortened(reference.target))'; \(adviceOnUnknown(reference.target))"
      )
    case .ambiguous(let reference, let taken, let rival, let isInFile):
      finding(
        at: reference, severity: isInFile ? .warning : .error,
        "'\(shortened(reference.target))' is the name of several rules, in \(place(of: taken)) and \(place(of: rival)); "
          + "write the rule's id instead")
    case .correlatesFilter(let reference):
      finding(
        at: reference,
        "'\(shortened(reference.target))' is a filter, which can't be correlated; name the rules that it tunes")
    case .unlisted(let reference):
      finding(
        at: reference, severity: .warning,
        "'\(shortened(reference.target))' isn't among the correlation's rules; add it to 'rules'")
    case .unused(let reference):
      finding(
        at: reference, severity: .warning,
        "the condition doesn't use '\(shortened(reference.target))'; use it or remove it from 'rules'")
    case .unlistedInAlias(let reference, let alias, let isInCatalog):
      finding(
        at: reference,
        "the alias '\(shortened(alias))' names '\(shortened(reference.target))', which isn't among the correlation's rules; "
          // If the rule exists it is the one meant, even if a listed one has a similar name.
          + ((isInCatalog ? nil : nearestListed(to: reference.target)) ?? "add it to 'rules' or correct the name"))
    case .tunes(let reference, let ruleClass):
      finding(
        at: reference,
        "'\(shortened(reference.target))' is "
          + (ruleClass == .correlation
            ? "a correlation, to which no filter applies; name the rules that it correlates"
            : "a filter itself; name the rules to tune"))
    case .otherLogSource(let reference):
      finding(
        at: reference,
        "'\(shortened(reference.target))' has another log source than the filter, so the filter never applies to it; "
          + "correct one of them")
    case .tunesNothing:
      Diagnostic(
        .sigmaFilter, at: rule.logSourceLocation, severity: .warning,
        "no rule of the catalog has the filter's log source, so that it tunes none; correct the log source or remove the filter"
      )
    }
  }

  private func finding(
    at reference: RuleReference, severity: Diagnostic.Severity? = nil, _ message: String
  ) -> Diagnostic {
    Diagnostic(
      rule.ruleClass == .filter ? .sigmaFilter : .sigmaCorrelation,
      at: SourceLocation(rule.source.file, at: reference.span), severity: severity, message)
  }

  private func place(of rule: RuleID) -> String {
    "'\(rules[rule].source.path)' (line \(rules[rule].source.position.line))"
  }

  private func adviceOnUnknown(_ target: String) -> String {
    let advice = "add it or correct the name"
    if rule.ruleClass == .filter, target.lowercased() == "any" {
      return "for all rules of the log source, write 'rules: any' without a list"
    }
    guard case .expression(_, _, let named) = rule.correlation?.criterion, named.count <= RuleNameFault.nearestLimit
    else { return advice }
    // A name that the condition already uses can't be what this one was meant to be.
    let used = Set(named.map(\.target))
    return nearestListed(to: target) { !used.contains($0) } ?? advice
  }

  /// With more listed rules than this, none is suggested, because the search would take too long.
  private static let nearestLimit = 100

  /// Suggests the listed rule that a name was probably meant to be.
  private func nearestListed(to target: String, where isMeant: (String) -> Bool = { _ in true }) -> String? {
    guard let listed = rule.correlation?.rules, listed.count <= RuleNameFault.nearestLimit else { return nil }
    // A name that is itself listed isn't a misspelling of another.
    return nearestName(to: target, in: listed.map(\.target).filter { $0 != target && isMeant($0) }).map {
      "did you mean '\(shortened($0))'?"
    }
  }
}
