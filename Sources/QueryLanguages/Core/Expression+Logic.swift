package import RuleModel

extension Expression {
  /// Builds a predicate from the logical operators and their operands.
  ///
  /// - Parameter leaf: makes a predicate from an expression that isn't a logical operator.
  package func predicate(_ leaf: (Expression) -> Predicate) -> Predicate {
    switch kind {
    case .infix(.and, let parts): .all(parts.map { $0.predicate(leaf) })
    case .infix(.or, let parts): .any(parts.map { $0.predicate(leaf) })
    case .prefix(.not, let part): .not(part.predicate(leaf))
    default: leaf(self)
    }
  }
}
