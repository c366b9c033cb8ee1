import RuleModel

extension [Stage] {
  /// Whether the condition, the first stage, has tests to match by: one that must hold, or only ones that must not,
  /// with nothing unread beside them.
  var lookForSomething: Bool {
    var (hasTest, hasExclusion, hasUnread) = (false, false, false)
    forEachLeaf { leaf, negated in
      switch leaf {
      case .test: if negated { hasExclusion = true } else { hasTest = true }
      case .text: if !negated { hasUnread = true }
      case .stage: break
      }
    }
    return hasTest || hasExclusion && !hasUnread
  }
}
