package import RuleModel

extension Expression {
  /// The predicate that its logical operators make of what is between them.
  ///
  /// - Parameter leaf: makes a predicate of what isn't logic.
  package func predicate(_ leaf: (Expression) -> Predicate) -> Predicate {
    switch kind {
    case .infix(.and, let parts): .all(parts.map { $0.predicate(leaf) })
    case .infix(.or, let parts): .any(parts.map { $0.predicate(leaf) })
    case .prefix(.not, let part): .not(part.predicate(leaf))
    default: leaf(self)
    }
  }
}
