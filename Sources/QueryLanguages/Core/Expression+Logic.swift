package import RuleModel

extension Expression {
  /// Builds a predicate from the logical operators and their operands.
  ///
  /// - Parameter leaf: makes a predicate from an expression that isn't a logical operator.
  package func predicate(_ leaf: (Expression) -> Predicate) -> Predicate {
    predicate(negated: false) { part, _ in leaf(part) }
  }

  /// - Parameters:
  ///   - negated: whether it is under an odd number of `not`.
  ///   - leaf: makes a predicate from an expression that isn't a logical operator, which may be under another `not`.
  package func predicate(negated: Bool, _ leaf: (Expression, _ negated: Bool) -> Predicate) -> Predicate {
    switch kind {
    case .infix(.and, let parts): .all(parts.map { $0.predicate(negated: negated, leaf) })
    case .infix(.or, let parts): .any(parts.map { $0.predicate(negated: negated, leaf) })
    case .prefix(.not, let part): .not(part.predicate(negated: !negated, leaf))
    default: leaf(self, negated)
    }
  }
}
