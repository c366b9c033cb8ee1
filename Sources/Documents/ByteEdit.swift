/// A change to some bytes of a text that leaves all others unchanged.
package struct ByteEdit: Hashable, Sendable {
  /// The range in the original text.
  package var range: Range<Int>
  package var bytes: [UInt8]

  package init(range: Range<Int>, bytes: [UInt8]) {
    self.range = range
    self.bytes = bytes
  }
}

/// Applies changes to a text.
///
/// - Parameter edits: sorted by range, without overlaps.
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
