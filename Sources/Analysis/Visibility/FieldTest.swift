import RuleModel

/// A test, or its opposite, on a field that is known by number; its text is in a ``PatternPool``.
struct FieldTest: Hashable {
  fileprivate enum Values: Hashable {
    case pattern(ValuePattern)
    /// The field must be missing.
    case missing
    /// Something that can't be compared with other tests.
    case unknown
  }

  let field: Int32
  let isNegated: Bool
  /// Where the test as it was written stands, among those of its rule or filter.
  let index: Int32
  private let values: Values

  init(_ test: Test, field: Int32, isNegated: Bool, index: Int, in pool: inout PatternPool) {
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

  /// Whether an event that passes this one passes the other for sure. Both are on the same field.
  func implies(_ other: FieldTest, in pool: PatternPool) -> Bool {
    switch (isNegated, other.isNegated) {
    case (false, false): values.implies(other.values, in: pool)
    case (false, true): values.excludes(other.values, in: pool)
    case (true, true): other.values.implies(values, in: pool)
    case (true, false): false
    }
  }

  /// Whether no event passes both for sure. Both are on the same field.
  func excludes(_ other: FieldTest, in pool: PatternPool) -> Bool {
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
