package import RuleModel

extension Expression {
  /// The predicate that its logical operators make of what is between them.
  ///
  /// - Parameter leaf: makes a predicate of what isn't logic, knowing whether it is under an odd number of `not`.
  package func predicate(
    isNegated: Bool = false, _ leaf: (Expression, _ isNegated: Bool) -> Predicate
  ) -> Predicate {
    switch kind {
    case .infix(.and, let parts): .all(parts.map { $0.predicate(isNegated: isNegated, leaf) })
    case .infix(.or, let parts): .any(parts.map { $0.predicate(isNegated: isNegated, leaf) })
    case .prefix(.not, let part): .not(part.predicate(isNegated: !isNegated, leaf))
    default: leaf(self, isNegated)
    }
  }
}
