package import RuleModel

/// Identifies something that rules look for, or exclude, by its index in an ``IndicatorTable``. Ids from different
/// tables are unrelated.
package struct IndicatorID: ColumnID {
  private let number: UInt32

  package init(_ index: Int) { number = UInt32(truncatingIfNeeded: index) }
  package var index: Int { Int(number) }
}

/// A value for each indicator, or each exclusion.
package typealias IndicatorColumn<Value> = Column<IndicatorID, Value>
