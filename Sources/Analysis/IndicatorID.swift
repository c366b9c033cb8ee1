package import RuleModel

/// What rules look for in one way, or leave out: its place in an ``IndicatorTable``. The ids of two tables have nothing to do with each other.
package struct IndicatorID: ColumnID {
  private let number: UInt32

  package init(_ index: Int) { number = UInt32(truncatingIfNeeded: index) }
  package var index: Int { Int(number) }
}

/// What is known of each indicator, or each exclusion.
package typealias IndicatorColumn<Value> = Column<IndicatorID, Value>
