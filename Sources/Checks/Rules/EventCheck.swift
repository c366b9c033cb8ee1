import Events

extension RuleCheck {
  /// The events that a rule asks for: log sources and events that nobody knows, and what can't be.
  static let events = RuleCheck { rule, catalog in
    let subject = catalog.index.rules[rule]
    // What a correlation reaches is its rules', and a filter narrows those of others.
    guard subject.ruleClass == .detection || subject.ruleClass == .hunt else { return [] }
    return catalog.index.events[rule].findings(at: subject.logSourceLocation)
  }
}
