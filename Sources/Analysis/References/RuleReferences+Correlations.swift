import Diagnostics
import RuleModel

// What correlations say of other rules.

extension RuleReferences {
  mutating func resolveCorrelation(_ index: RuleID, in rules: RuleColumn<Rule>, _ names: RuleNames) {
    guard let correlation = rules[index].correlation else { return }
    for reference in correlation.rules { correlate(reference, of: index, in: rules, names) }
    if case .expression(_, _, let named) = correlation.criterion {
      resolve(named, of: correlation, index, in: rules, names)
    }
    resolveAliases(of: correlation, index, in: rules, names)
  }

  private mutating func correlate(
    _ reference: RuleReference, of index: RuleID, in rules: RuleColumn<Rule>, _ names: RuleNames
  ) {
    var found = find(reference, .sigmaCorrelation, of: index, in: rules, names)
    if let other = found, rules[other].ruleClass == .filter {
      report(
        .sigmaCorrelation, of: index, rules[index], reference.span,
        "'\(shortened(reference.target))' is a filter, which can't be correlated; name the rules that it tunes")
      found = nil
    }
    correlated[index].append(found)
    guard let found else { return }
    correlatedByName[index][reference.target] = found
    if correlations[found].last != index { correlations[found].append(index) }
  }

  /// The rules that a temporal condition names.
  private mutating func resolve(
    _ named: [RuleReference], of correlation: Correlation, _ index: RuleID, in rules: RuleColumn<Rule>,
    _ names: RuleNames
  ) {
    let listed = Set(correlation.rules.map(\.target))
    let known = Set(correlated[index].compactMap(\.self))
    var used: Set<RuleID> = []
    for reference in named where !listed.contains(reference.target) {
      // A rule that is listed by its id may be named by its name, and the other way round.
      if let other = names.match(of: reference.target, for: index, in: rules)?.rule, known.contains(other) {
        correlatedByName[index][reference.target] = other
        used.insert(other)
        continue
      }
      correlate(reference, of: index, in: rules, names)
      if correlatedByName[index][reference.target] != nil, !listed.isEmpty {
        report(
          .sigmaCorrelation, of: index, rules[index], reference.span, severity: .warning,
          "'\(shortened(reference.target))' isn't among the correlation's rules; add it to 'rules'")
      }
    }
    let words = Set(named.map(\.target))
    for (reference, rule) in zip(correlation.rules, correlated[index]) where !words.contains(reference.target) {
      if let rule, used.contains(rule) { continue }
      report(
        .sigmaCorrelation, of: index, rules[index], reference.span, severity: .warning,
        "the condition doesn't use '\(shortened(reference.target))'; use it or remove it from 'rules'")
    }
  }

  private mutating func resolveAliases(
    of correlation: Correlation, _ index: RuleID, in rules: RuleColumn<Rule>, _ names: RuleNames
  ) {
    let listed = Set(correlation.rules.map(\.target))
    let known = Set(correlated[index].compactMap(\.self))
    for alias in correlation.aliases {
      for reference in alias.fields.lazy.map(\.rule) where !listed.contains(reference.target) {
        let other = names.match(of: reference.target, for: index, in: rules)?.rule
        if let other, known.contains(other) {
          correlatedByName[index][reference.target] = other
          continue
        }
        // A rule that is there is meant, even if a listed one is called much the same.
        let near = other == nil ? nearest(to: reference.target, in: correlation.rules) : nil
        report(
          .sigmaCorrelation, of: index, rules[index], reference.span,
          "the alias '\(shortened(alias.name))' names '\(shortened(reference.target))', which isn't among the correlation's rules; "
            + (near ?? "add it to 'rules' or correct the name"))
      }
    }
  }
}
