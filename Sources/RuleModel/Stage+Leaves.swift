extension [Stage] {
  /// Visits each test that the condition uses, and passes whether it is under an odd number of `not`.
  package func forEachTest(_ body: (Test, _ negated: Bool) -> Void) {
    forEachLeaf { leaf, negated in if case .test(let test) = leaf { body(test, negated) } }
  }

  /// Visits each test that the condition uses, and each text that isn't a test, in the same way.
  ///
  /// A stage is visited at most once per sign, however often the condition names it, so the work is bounded by the size
  /// of the rule.
  package func forEachLeaf(_ body: (Predicate.Leaf, _ negated: Bool) -> Void) { _ = visitLeaves(body) }

  /// The signs with which the condition uses each stage.
  package var uses: [Stage.Use] { visitLeaves { _, _ in } }

  /// The same stages, for use after this many others.
  package func referring(from start: Int) -> [Stage] {
    guard start > 0 else { return self }
    return map { stage in
      var stage = stage
      stage.predicate = stage.predicate.withStages { start + $0 }
      return stage
    }
  }

  private func visitLeaves(_ body: (Predicate.Leaf, _ negated: Bool) -> Void) -> [Stage.Use] {
    guard !isEmpty else { return [] }
    var seen = [Stage.Use](repeating: [], count: count)
    var waiting = [(stage: 0, negated: false)]
    seen[0] = .plain
    while let (stage, negated) = waiting.popLast() {
      var found: [(stage: Int, negated: Bool)] = []
      self[stage].predicate.forEachLeaf(negated: negated) { leaf, negated in
        switch leaf {
        case .test, .text: body(leaf, negated)
        case .stage(let next):
          if seen[next].insert(negated ? .negated : .plain).inserted { found.append((next, negated)) }
        }
      }
      waiting += found.reversed()
    }
    return seen
  }
}
