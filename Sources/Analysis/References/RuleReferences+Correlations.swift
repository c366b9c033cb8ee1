import RuleModel

// References from correlations to other rules.

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
    var found = find(reference, of: index, in: rules, names)
    if let other = found, rules[other].ruleClass == .filter {
      faults[index].append(.correlatesFilter(reference))
      found = nil
    }
    correlated[index].append(found)
    guard let found else { return }
    correlatedByName[index][reference.target] = found
    if correlations[found].last != index { correlations[found].append(index) }
  }

  /// Resolves the rules that a temporal condition names.
  private mutating func resolve(
    _ named: [RuleReference], of correlation: Correlation, _ index: RuleID, in rules: RuleColumn<Rule>,
    _ names: RuleNames
  ) {
    let listed = Set(correlation.rules.map(\.target))
    let known = Set(correlated[index].compactMap(\.self))
    var used: Set<RuleID> = []
    for reference in named where !listed.contains(reference.target) {
      // A rule may be listed by id and used by name, or vice versa.
      if let other = names.match(of: reference.target, for: index, in: rules)?.rule, known.contains(other) {
        correlatedByName[index][reference.target] = other
        used.insert(other)
        continue
      }
      correlate(reference, of: index, in: rules, names)
      if correlatedByName[index][reference.target] != nil, !listed.isEmpty {
        faults[index].append(.unlisted(reference))
      }
    }
    let words = Set(named.map(\.target))
    for (reference, rule) in zip(correlation.rules, correlated[index]) where !words.contains(reference.target) {
      if let rule, used.contains(rule) { continue }
      faults[index].append(.unused(reference))
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
        faults[index].append(.unlistedInAlias(reference, alias: alias.name, isInCatalog: other != nil))
      }
    }
  }
}
