import Analysis
package import Diagnostics
import RuleModel

extension CheckID {
  package static let ruleDuplicate = CheckID(
    "rule-duplicate", .note,
    "Another rule has the same tests in the same condition on the same logs, or is the same correlation or filter of the same rules, and so matches the same events. Keep one of them."
  )
}

/// Reports rules that have the same tests in the same condition on the same logs as another one, and names that rule,
/// or the first of them. Retired rules aren't reported.
///
/// - Returns: at most one finding per rule.
func duplicateFindings(in index: CatalogIndex) -> [RuleID: Diagnostic] {
  let rules = index.rules
  var twins: [RuleID: Set<RuleID>] = [:]
  for pair in likePairs(index.neighbours.all, of: rules, leastScore: 100) where pair.right.relation == .duplicate {
    // The same detection for another engine isn't needless.
    guard rules[pair.left].key.dialect == rules[pair.right.rule].key.dialect else { continue }
    twins[pair.left, default: []].insert(pair.right.rule)
    twins[pair.right.rule, default: []].insert(pair.left)
  }
  var findings: [RuleID: Diagnostic] = [:]
  for (number, others) in twins {
    guard let first = others.min() else { continue }
    let more = others.count > 1 ? " and \(others.count - 1) more" : ""
    let what =
      switch rules[number].ruleClass {
      case .correlation, .filter: "the \(rules[number].ruleClass.rawValue) does the same to the same rules"
      case .detection, .hunt, .forwarder, .enrichment: "the rule has the same tests in the same condition"
      }
    findings[number] = Diagnostic(
      .ruleDuplicate, at: rules[number].source.location,
      "\(what) as '\(rules[first].key)'\(more); keep one of them")
  }
  return findings
}
