import Diagnostics
import RuleModel

/// What is told of rules that have the same tests in the same condition on the same logs as another one: which that is, or the first
/// of them. Retired rules stay as they are.
///
/// - Returns: at most one finding a rule.
func duplicateFindings(_ neighbours: RuleColumn<[Neighbour]>, of rules: RuleColumn<Rule>) -> [RuleID: Diagnostic] {
  var twins: [RuleID: Set<RuleID>] = [:]
  for pair in likePairs(neighbours, of: rules, leastScore: 100) where pair.right.relation == .duplicate {
    twins[pair.left, default: []].insert(pair.right.rule)
    twins[pair.right.rule, default: []].insert(pair.left)
  }
  var findings: [RuleID: Diagnostic] = [:]
  for (number, others) in twins {
    guard let first = others.min() else { continue }
    let more = others.count > 1 ? " and \(others.count - 1) more" : ""
    findings[number] = Diagnostic(
      .ruleDuplicate, at: rules[number].source.location,
      "the rule has the same tests in the same condition as '\(rules[first].key)'\(more); keep one of them")
  }
  return findings
}
