/// Makes one value of a rule's logic, from its tests up, through the stages that it names.
///
/// `not` is gone by then: it is the sign of a leaf, and a group under it is one of the other kind (De Morgan). What a stage comes to is
/// worked out once for each of the two signs that it is used with, however often it is named, so that the work is bounded by the size of the
/// rule. It goes as deep as the logic is nested, which the readers bound.
@usableFromInline package struct LogicFold<Value> {
  @usableFromInline let stages: [Stage]
  /// By stage, first plain, then negated.
  @usableFromInline var known: [Value?]

  @inlinable package init(over stages: [Stage]) {
    self.stages = stages
    known = Array(repeating: nil, count: stages.count * 2)
  }

  /// Whether a stage was met.
  @inlinable package func knows(_ stage: Int) -> Bool { known[stage * 2] != nil || known[stage * 2 + 1] != nil }

  /// - Parameters:
  ///   - test: what a test comes to, or its opposite.
  ///   - text: what a text that is no test comes to.
  ///   - group: what parts come to together, all of which must hold, or one.
  ///   - loop: what a stage comes to within itself, or one that isn't there.
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
