/// A position in a ``Column``, which says what a value is about. Each kind of thing has its own type, so that a rule's
/// position can't be mistaken for an indicator's, or for a number.
@usableFromInline package protocol ColumnID: Hashable, Strideable, Sendable where Stride == Int {
  /// - Parameter index: from 0.
  init(_ index: Int)
  /// From 0.
  var index: Int { get }
}

extension ColumnID {
  @inlinable package static func < (left: Self, right: Self) -> Bool { left.index < right.index }
  @inlinable package func distance(to other: Self) -> Int { other.index - index }
  @inlinable package func advanced(by count: Int) -> Self { Self(index + count) }
}

/// One value for each thing of a kind, looked up by the thing's position: `column[id]`.
@usableFromInline package struct Column<ID: ColumnID, Value> {
  @usableFromInline package var values: [Value]

  /// - Parameter values: in the order of positions, without gaps.
  @inlinable package init(_ values: [Value] = []) { self.values = values }

  @inlinable package init(repeating value: Value, count: Int) { values = Array(repeating: value, count: count) }

  /// A column for the same things, with each value transformed.
  @inlinable package func mapValues<Other, Failure: Error>(
    _ transform: (Value) throws(Failure) -> Other
  ) throws(Failure) -> Column<ID, Other> {
    Column<ID, Other>(try values.map(transform))
  }

  /// A column for the same things, with each value computed from its position.
  @inlinable package func mapPlaces<Other, Failure: Error>(
    _ transform: (ID) throws(Failure) -> Other
  ) throws(Failure) -> Column<ID, Other> {
    Column<ID, Other>(try indices.map(transform))
  }

  /// Each position with its value.
  @inlinable package var pairs: Zip2Sequence<Range<ID>, [Value]> { zip(indices, values) }

  /// Adds a value for a new thing.
  ///
  /// - Returns: its position.
  @inlinable @discardableResult package mutating func append(_ value: Value) -> ID {
    values.append(value)
    return ID(values.count - 1)
  }
}

extension Column: RandomAccessCollection, MutableCollection {
  @inlinable package var startIndex: ID { ID(0) }
  @inlinable package var endIndex: ID { ID(values.count) }
  @inlinable package var indices: Range<ID> { startIndex..<endIndex }

  @inlinable package subscript(id: ID) -> Value {
    get { values[id.index] }
    _modify { yield &values[id.index] }
  }

  @inlinable package func makeIterator() -> IndexingIterator<[Value]> { values.makeIterator() }
}

extension Column: Sendable where Value: Sendable {}
extension Column: Equatable where Value: Equatable {}
extension Column: Hashable where Value: Hashable {}
