/// Folds a rule's logic into one value, from its tests up, through the stages that it names.
///
/// `not` is resolved on the way down: it becomes the sign of each leaf, and turns a group into one of the other kind
/// (De Morgan). Each stage is evaluated at most once per sign, however often it is named, so the work is bounded by the
/// size of the rule. Recursion is as deep as the logic is nested, which the readers limit.
@usableFromInline package struct LogicFold<Value> {
  @usableFromInline let stages: [Stage]
  /// By stage: first the plain value, then the negated one.
  @usableFromInline var known: [Value?]

  @inlinable package init(over stages: [Stage]) {
    self.stages = stages
    known = Array(repeating: nil, count: stages.count * 2)
  }

  /// Whether a stage was evaluated.
  @inlinable package func knows(_ stage: Int) -> Bool { known[stage * 2] != nil || known[stage * 2 + 1] != nil }

  /// - Parameters:
  ///   - test: the value of a test, or of its opposite.
  ///   - text: the value of a text that isn't a test.
  ///   - group: combines the values of parts, of which all must hold or at least one.
  ///   - loop: the value of a stage that refers to itself, or that doesn't exist.
  @inlinable
  package mutating func value(
    of predicate: Predicate, negated: Bool = false, test: (Test, _ negated: Bool) -> Value,
    text: (LogicText, _ negated: Bool) -> Value, group: ([Value], _ isAll: Bool) -> Value, loop: () -> Value
  ) -> Value {
    switch predicate {
    case .all(let parts), .any(let parts):
      var isAll = negated
      if case .all = predicate { isAll = !negated }
      var values: [Value] = []
      values.reserveCapacity(parts.count)
      for part in parts {
        values.append(value(of: part, negated: negated, test: test, text: text, group: group, loop: loop))
      }
      return group(values, isAll)
    case .not(let part):
      return value(of: part, negated: !negated, test: test, text: text, group: group, loop: loop)
    case .test(let leaf): return test(leaf, negated)
    case .text(let leaf): return text(leaf, negated)
    case .stage(let index):
      guard stages.indices.contains(index) else { return loop() }
      let place = index * 2 + (negated ? 1 : 0)
      if let value = known[place] { return value }
      known[place] = loop()
      let value = value(
        of: stages[index].predicate, negated: negated, test: test, text: text, group: group, loop: loop)
      known[place] = value
      return value
    }
  }
}
