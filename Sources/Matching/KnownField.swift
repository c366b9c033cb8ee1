import RuleModel

/// A field of which every event of a kind has one of a few values: `EventType`, which says the same as the event's id.
package struct KnownField: Sendable {
  package let field: Int32
  private let values: [FieldTest]

  /// - Parameter values: at least one.
  package init(field: Int32, values: [String], in pool: inout PatternPool) {
    self.field = field
    self.values = values.map { value in
      // No rule wrote this test.
      FieldTest(
        Test(field: nil, kind: .eq, value: value, modifiers: .cased), field: field, isNegated: false,
        index: FieldTest.unwritten, in: &pool
      )
    }
  }

  /// That the field has one of the values.
  package var logic: EventLogic { .joined(values.map { .test($0) }, byAnd: false) }

  /// Whether the events pass a test: all of them, none of them, or nil.
  package func decides(_ test: FieldTest, in pool: PatternPool) -> Bool? {
    guard test.field == field else { return nil }
    if values.allSatisfy({ $0.implies(test, in: pool) }) { return true }
    return values.allSatisfy { $0.excludes(test, in: pool) } ? false : nil
  }
}
