import Diagnostics
import RuleModel

// What filters say of other rules.

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
    report(
      .sigmaFilter, of: index, rules[index], rules[index].logSourcePosition ?? rules[index].source.position,
      severity: .warning,
      "no rule of the catalog has the filter's log source, so that it tunes none; correct the log source or remove the filter"
    )
  }

  /// The rule that a filter tunes by the name that it gives; nil, and reported, where it can't.
  private mutating func tunedRule(
    _ reference: RuleReference, of index: RuleID, in rules: RuleColumn<Rule>, _ names: RuleNames
  ) -> RuleID? {
    guard let other = find(reference, .sigmaFilter, of: index, in: rules, names) else { return nil }
    let fault: String?
    switch rules[other].ruleClass {
    case .correlation: fault = "is a correlation, to which no filter applies; name the rules that it correlates"
    case .filter: fault = "is a filter itself; name the rules to tune"
    case .detection, .hunt, .forwarder, .enrichment:
      fault =
        LogSourceFilters.cover(rules[index].logSources, rules[other].logSources)
        ? nil : "has another log source than the filter, so the filter never applies to it; correct one of them"
    }
    guard let fault else { return other }
    report(.sigmaFilter, of: index, rules[index], reference.position, "'\(shortened(reference.target))' \(fault)")
    return nil
  }
}
