import Text

/// A place in a text: line and column, both starting at 1. Columns count UTF-8 bytes.
package struct SourcePosition: Hashable, Sendable, Comparable {
  package var line: Int32
  package var column: Int32

  package init(line: Int, column: Int) {
    self.line = Int32(clamping: line)
    self.column = Int32(clamping: column)
  }

  package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A place in a file. Without a position it means the file as a whole.
package struct SourceLocation: Hashable, Sendable, Comparable {
  /// The path as the user would type or recognise it; never an absolute path that the user didn't give.
  package var path: String
  package var position: SourcePosition?

  package init(path: String, position: SourcePosition? = nil) {
    self.path = path
    self.position = position
  }

  package init(path: String, line: Int, column: Int) {
    self.init(path: path, position: SourcePosition(line: line, column: column))
  }

  /// In the order of paths' UTF-8 bytes, then of positions; the whole file comes first.
  package static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    if !left.path.utf8.elementsEqual(right.path.utf8) {
      return inByteOrder(left.path, right.path)
    }
    switch (left.position, right.position) {
    case (let left?, let right?): return left < right
    case (nil, .some): return true
    default: return false
    }
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `path:line:column`, or `path` alone.
  package var description: String {
    guard let position else { return path }
    return "\(path):\(position.line):\(position.column)"
  }
}
