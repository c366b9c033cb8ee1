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

/// A range in a text.
package struct SourceSpan: Hashable, Sendable {
  package var start: SourcePosition
  /// Just after its last byte; nil if unknown.
  package let end: SourcePosition?

  /// - Parameter end: ignored unless it is after the start.
  package init(_ start: SourcePosition, to end: SourcePosition? = nil) {
    self.start = start
    self.end = end.flatMap { $0 > start ? $0 : nil }
  }
}

/// A place in a file. Without a position it means the file as a whole.
package struct SourceLocation: Hashable, Sendable, Comparable {
  package var file: SourceFile
  package var position: SourcePosition?
  /// Just after the last byte of the range; nil if unknown. It doesn't affect the order.
  package var end: SourcePosition?

  package init(_ file: SourceFile, at position: SourcePosition? = nil) {
    self.file = file
    self.position = position
  }

  package init(_ file: SourceFile, at span: SourceSpan) {
    self.file = file
    (position, end) = (span.start, span.end)
  }

  /// A place in a file of which only the path is known.
  package init(path: String, position: SourcePosition? = nil) {
    self.init(SourceFile(path: path), at: position)
  }

  package init(path: String, line: Int, column: Int) {
    self.init(path: path, position: SourcePosition(line: line, column: column))
  }

  /// ``SourceFile/path``.
  package var path: String { file.path }

  /// Sorted by the UTF-8 bytes of paths, then by position; the file as a whole comes first.
  package static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    left.precedes(right, spelled: .opened)
  }

  /// The order in which a report lists locations, based on the paths that it shows.
  package func precedes(_ other: SourceLocation, spelled spelling: PathSpelling) -> Bool {
    if file !== other.file {
      let (path, otherPath) = (spelling.path(of: file), spelling.path(of: other.file))
      if !path.utf8.elementsEqual(otherPath.utf8) { return inByteOrder(path, otherPath) }
    }
    switch (position, other.position) {
    case (let position?, let other?): return position < other
    case (nil, .some): return true
    default: return false
    }
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `path:line:column`, or just `path`.
  package var description: String { description(spelled: .opened) }

  package func description(spelled spelling: PathSpelling) -> String {
    let path = spelling.path(of: file)
    guard let position else { return path }
    return "\(path):\(position.line):\(position.column)"
  }
}
