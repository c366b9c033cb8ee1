import RuleModel

// References from filters to other rules.

extension RuleReferences {
  mutating func resolveFilters(in rules: RuleColumn<Rule>, _ names: RuleNames) {
    let byLogSource = LogSourceFilters(of: rules)
    var named: [RuleID: [RuleID]] = [:]
    for index in rules.indices {
      switch rules[index].filter {
      case nil: break
      case .any: resolve(byLogSource.tuned[index] ?? ListedRules(), of: index, in: rules)
      case .rules(let references):
        let tuned = Set(references.compactMap { tunedRule($0, of: index, in: rules, names) }).sorted()
        filtered[index] = ListedRules(tuned)
        for rule in tuned { named[rule, default: []].append(index) }
      }
    }
    for index in rules.indices {
      let (listed, own) = (byLogSource.filters[index] ?? ListedRules(), named[index] ?? [])
      filters[index] = ListedRules(
        Array((listed.rules + own).sorted().prefix(ListedRules.limit)), count: listed.count + own.count)
    }
  }

  private mutating func resolve(_ tuned: ListedRules, of index: RuleID, in rules: RuleColumn<Rule>) {
    filtered[index] = tuned
    guard tuned.count == 0, !rules[index].logSources.isEmpty else { return }
    faults[index].append(.tunesNothing)
  }

  /// The rule that a filter tunes by this name; anything that prevents it is recorded as a fault and gives nil.
  private mutating func tunedRule(
    _ reference: RuleReference, of index: RuleID, in rules: RuleColumn<Rule>, _ names: RuleNames
  ) -> RuleID? {
    guard let other = find(reference, of: index, in: rules, names) else { return nil }
    switch rules[other].ruleClass {
    case .correlation, .filter: faults[index].append(.tunes(reference, rules[other].ruleClass))
    case .detection, .hunt, .forwarder, .enrichment:
      if LogSourceFilters.cover(rules[index].logSources, rules[other].logSources) { return other }
      faults[index].append(.otherLogSource(reference))
    }
    return nil
  }
}
