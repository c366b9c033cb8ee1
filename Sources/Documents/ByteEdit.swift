/// A change of some bytes of a text, which leaves all others as they are.
package struct ByteEdit: Hashable, Sendable {
  /// Of the text before the change.
  package var range: Range<Int>
  package var bytes: [UInt8]

  package init(range: Range<Int>, bytes: [UInt8]) {
    self.range = range
    self.bytes = bytes
  }
}

/// A text with changes made.
///
/// - Parameter edits: in the order of their ranges, which don't overlap.
package func applying(_ edits: [ByteEdit], to source: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  var at = 0
  for edit in edits {
    result += source[at..<edit.range.lowerBound]
    result += edit.bytes
    at = edit.range.upperBound
  }
  return result + source[at...]
}
