/// Which rules count towards coverage.
package struct CountedRules: Hashable, Sendable {
  package var classes: Set<RuleClass>
  /// Whether rules that are disabled in their engine count.
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
