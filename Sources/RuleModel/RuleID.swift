/// A rule of a catalog: its place in the order of keys.
@usableFromInline package struct RuleID: ColumnID {
  @usableFromInline let number: UInt32

  @inlinable package init(_ index: Int) { number = UInt32(truncatingIfNeeded: index) }
  @inlinable package var index: Int { Int(number) }
}

extension RuleID: CustomStringConvertible {
  @usableFromInline package var description: String { "\(index)" }
}

/// What is known of each rule of a catalog.
package typealias RuleColumn<Value> = Column<RuleID, Value>
