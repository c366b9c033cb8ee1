import RuleModel

/// A field that has one of a few values in every event of a kind: `EventType`, which repeats what the event's id says.
package struct KnownField: Sendable {
  package let field: Int32
  private let values: [FieldTest]

  /// - Parameter values: at least one.
  package init(field: Int32, values: [String], in pool: inout PatternPool) {
    self.field = field
    self.values = values.map { value in
      // This test doesn't come from any rule.
      FieldTest(
        Test(field: nil, kind: .eq, value: value, modifiers: .cased), field: field, isNegated: false,
        index: FieldTest.unwritten, in: &pool
      )
    }
  }

  /// The condition that the field has one of the values.
  package var logic: EventLogic { .joined(values.map { .test($0) }, byAnd: false) }

  /// Whether the events meet a test: true if all do, false if none does, otherwise nil.
  package func decides(_ test: FieldTest, in pool: PatternPool) -> Bool? {
    guard test.field == field else { return nil }
    if values.allSatisfy({ $0.implies(test, in: pool) }) { return true }
    return values.allSatisfy { $0.excludes(test, in: pool) } ? false : nil
  }
}
