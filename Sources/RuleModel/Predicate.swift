/// The logic of a stage, kept as written.
package indirect enum Predicate: Hashable, Sendable {
  case all([Predicate])
  case any([Predicate])
  case not(Predicate)
  case test(Test)
  /// The logic of another stage of the same rule, by its index in ``Rule/stages``.
  case stage(Int)
  /// Logic that the reader can't take apart, as text.
  case opaque(String)
}

extension Predicate {
  /// Visits the leaves of this predicate itself, with whether each is under an odd number of `not`.
  package func forEachLeaf(negated: Bool = false, _ body: (Leaf, _ negated: Bool) -> Void) {
    switch self {
    case .all(let parts), .any(let parts):
      for part in parts { part.forEachLeaf(negated: negated, body) }
    case .not(let part): part.forEachLeaf(negated: !negated, body)
    case .test(let test): body(.test(test), negated)
    case .stage(let index): body(.stage(index), negated)
    case .opaque(let text): body(.opaque(text), negated)
    }
  }

  package enum Leaf {
    case test(Test)
    case stage(Int)
    case opaque(String)
  }
}
