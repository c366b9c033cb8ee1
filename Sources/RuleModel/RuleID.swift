/// Identifies a rule in a catalog by its index in the order of keys.
@usableFromInline package struct RuleID: ColumnID {
  @usableFromInline let number: UInt32

  @inlinable package init(_ index: Int) { number = UInt32(truncatingIfNeeded: index) }
  @inlinable package var index: Int { Int(number) }
}

extension RuleID: CustomStringConvertible {
  @usableFromInline package var description: String { "\(index)" }
}

/// A value for each rule of a catalog.
package typealias RuleColumn<Value> = Column<RuleID, Value>
