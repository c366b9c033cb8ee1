package import Attack
package import RuleModel

/// The rules that name each group, campaign and piece of software by a tag, counted or not, ascending.
package func rulesNamingThreats(_ attack: RuleColumn<AttackCoverage>) -> [AttackObjectID: [RuleID]] {
  var rules: [AttackObjectID: [RuleID]] = [:]
  for (rule, coverage) in attack.pairs {
    for id in coverage.groups + coverage.campaigns + coverage.software { rules[id, default: []].append(rule) }
  }
  return rules
}
