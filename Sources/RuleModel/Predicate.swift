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
  /// Visits each test with whether it stands under an odd number of `not`.
  package func forEachTest(negated: Bool = false, in stages: [Stage], _ body: (Test, _ negated: Bool) -> Void) {
    switch self {
    case .all(let parts), .any(let parts):
      for part in parts { part.forEachTest(negated: negated, in: stages, body) }
    case .not(let part): part.forEachTest(negated: !negated, in: stages, body)
    case .test(let test): body(test, negated)
    case .stage(let index): stages[index].predicate.forEachTest(negated: negated, in: stages, body)
    case .opaque: break
    }
  }
}
