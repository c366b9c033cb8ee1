/// Which rules coverage counts.
package struct CountedRules: Hashable, Sendable {
  package var classes: Set<RuleClass>
  /// Whether those count that their engine has switched off.
  package var includesDisabled: Bool

  package init(classes: Set<RuleClass> = [.detection], includesDisabled: Bool = false) {
    self.classes = classes
    self.includesDisabled = includesDisabled
  }

  package func contains(_ rule: Rule) -> Bool {
    classes.contains(rule.ruleClass) && rule.status?.isRetired != true && (includesDisabled || !rule.isDisabled)
      && !rule.lacksLogic
  }
}
