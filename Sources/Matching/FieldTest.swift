package import RuleModel

/// A test or its negation, on a field given by number; its text is in a ``PatternPool``.
package struct FieldTest: Hashable, Sendable {
  fileprivate enum Values: Hashable, Sendable {
    case pattern(ValuePattern)
    /// The field must be missing.
    case missing
    /// A condition that can't be compared with other tests.
    case unknown
  }

  package let field: Int32
  package private(set) var isNegated: Bool
  /// The index of the original test among those of its rule or filter.
  package let index: Int32
  /// The index of tests that come from no rule or filter.
  package static let unwritten = -1
  private let values: Values

  package init(_ test: Test, field: Int32, isNegated: Bool, index: Int, in pool: inout PatternPool) {
    self.field = field
    self.isNegated = isNegated
    self.index = Int32(index)
    if let pattern = pool.pattern(of: test) {
      values = .pattern(pattern)
    } else if test.kind == .isNull || test.kind == .exists {
      values = .missing
    } else {
      values = .unknown
    }
  }

  /// Met by exactly the events that don't meet this test.
  package var opposite: FieldTest {
    var result = self
    result.isNegated.toggle()
    return result
  }

  /// Whether no event without a value in its field meets it. What can't be compared, such as a regular expression, is taken
  /// to need a value: systems don't apply it to a field that is missing.
  package var needsValue: Bool {
    switch values {
    case .pattern(let pattern): !isNegated && !pattern.takesEmpty
    case .missing: isNegated
    case .unknown: !isNegated
    }
  }

  /// Whether every event that meets this test is certain to meet the other. Both must be on the same field.
  package func implies(_ other: FieldTest, in pool: PatternPool) -> Bool {
    switch (isNegated, other.isNegated) {
    case (false, false): values.implies(other.values, in: pool)
    case (false, true): values.excludes(other.values, in: pool)
    case (true, true): other.values.implies(values, in: pool)
    case (true, false): false
    }
  }

  /// Whether it is certain that no event meets both tests. Both must be on the same field.
  package func excludes(_ other: FieldTest, in pool: PatternPool) -> Bool {
    switch (isNegated, other.isNegated) {
    case (false, false): values.excludes(other.values, in: pool)
    case (false, true): values.implies(other.values, in: pool)
    case (true, false): other.values.implies(values, in: pool)
    case (true, true): false
    }
  }
}

extension FieldTest.Values {
  fileprivate func implies(_ other: FieldTest.Values, in pool: PatternPool) -> Bool {
    switch (self, other) {
    case (.pattern(let one), .pattern(let other)): pool.implies(one, other)
    case (.missing, .missing): true
    default: false
    }
  }

  fileprivate func excludes(_ other: FieldTest.Values, in pool: PatternPool) -> Bool {
    switch (self, other) {
    case (.pattern(let one), .pattern(let other)): pool.excludes(one, other)
    case (.pattern(let pattern), .missing), (.missing, .pattern(let pattern)): !pattern.takesEmpty
    default: false
    }
  }
}
