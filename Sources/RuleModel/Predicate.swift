/// The logic of a stage, as written.
@usableFromInline package indirect enum Predicate: Hashable, Sendable {
  case all([Predicate])
  case any([Predicate])
  case not(Predicate)
  case test(Test)
  /// The logic of another stage of the same rule, by its index in ``Rule/stages``.
  case stage(Int)
  /// Logic that isn't a test, or that the reader can't parse.
  case text(LogicText)
}

extension Predicate {
  @usableFromInline package enum Leaf {
    case test(Test)
    case stage(Int)
    case text(LogicText)
  }

  package init(_ leaf: Leaf) {
    switch leaf {
    case .test(let test): self = .test(test)
    case .stage(let index): self = .stage(index)
    case .text(let text): self = .text(text)
    }
  }

  /// Visits the leaves of this predicate, without following stages, and passes whether each is under an odd
  /// number of `not`.
  package func forEachLeaf(negated: Bool = false, _ body: (Leaf, _ negated: Bool) -> Void) {
    switch self {
    case .all(let parts), .any(let parts):
      for part in parts { part.forEachLeaf(negated: negated, body) }
    case .not(let part): part.forEachLeaf(negated: !negated, body)
    case .test(let test): body(.test(test), negated)
    case .stage(let index): body(.stage(index), negated)
    case .text(let text): body(.text(text), negated)
    }
  }

  /// The same predicate with its references to stages replaced.
  package func withStages(_ place: (Int) -> Int) -> Predicate {
    folded(
      leaf: { if case .stage(let index) = $0 { .stage(place(index)) } else { Predicate($0) } }, all: { .all($0) },
      any: { .any($0) }, not: { .not($0) })
  }

  /// Folds this predicate as written, from its leaves up, without following stages; ``LogicFold`` follows them.
  @inlinable
  package func folded<Value>(
    leaf: (Leaf) -> Value, all: ([Value]) -> Value, any: ([Value]) -> Value, not: (Value) -> Value
  ) -> Value {
    switch self {
    case .all(let parts): all(parts.map { $0.folded(leaf: leaf, all: all, any: any, not: not) })
    case .any(let parts): any(parts.map { $0.folded(leaf: leaf, all: all, any: any, not: not) })
    case .not(let part): not(part.folded(leaf: leaf, all: all, any: any, not: not))
    case .test(let test): leaf(.test(test))
    case .stage(let index): leaf(.stage(index))
    case .text(let text): leaf(.text(text))
    }
  }
}
