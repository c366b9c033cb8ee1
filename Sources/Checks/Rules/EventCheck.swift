import Events

extension RuleCheck {
  /// The events that a rule asks for: unknown log sources and events, and impossible combinations.
  static let events = RuleCheck { rule, catalog in
    let subject = catalog.index.rules[rule]
    // A correlation gets its events from its rules, and a filter narrows those of other rules.
    guard subject.ruleClass == .detection || subject.ruleClass == .hunt else { return [] }
    return catalog.index.events[rule].findings(at: subject.logSourceLocation)
  }
}
