import RuleModel

extension [Stage] {
  /// Whether the condition, the first of them, has tests to match by: one that must hold, or only such as must not, with nothing beside
  /// them that couldn't be read.
  var lookForSomething: Bool {
    var (hasTest, hasExclusion, hasUnread) = (false, false, false)
    var seen = [(plain: Bool, negated: Bool)](repeating: (false, false), count: count)
    func visit(_ predicate: Predicate, negated: Bool) {
      switch predicate {
      case .all(let parts), .any(let parts): for part in parts { visit(part, negated: negated) }
      case .not(let part): visit(part, negated: !negated)
      case .test: if negated { hasExclusion = true } else { hasTest = true }
      case .opaque: if !negated { hasUnread = true }
      case .stage(let index):
        if negated ? seen[index].negated : seen[index].plain { return }
        if negated { seen[index].negated = true } else { seen[index].plain = true }
        visit(self[index].predicate, negated: negated)
      }
    }
    if let first { visit(first.predicate, negated: false) }
    return hasTest || hasExclusion && !hasUnread
  }
}
