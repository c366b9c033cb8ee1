package import RuleModel

/// A technique or sub-technique of a matrix: its place in ``AttackMatrix/techniques``.
package struct TechniqueIndex: ColumnID {
  private let number: UInt16

  package init(_ index: Int) { number = UInt16(truncatingIfNeeded: index) }
  package var index: Int { Int(number) }
}

/// What is known of each technique of a matrix, the inactive ones too.
package typealias TechniqueColumn<Value> = Column<TechniqueIndex, Value>
