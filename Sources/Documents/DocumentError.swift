package import Diagnostics

/// Why a file isn't a readable document.
package struct DocumentError: Error, Hashable {
  package var id: CheckID
  /// nil for the file as a whole.
  package var position: SourcePosition?
  /// See ``SourceLocation/end``.
  package var end: SourcePosition?
  /// What is wrong and what to do; see ``Diagnostic/message``.
  package var message: String

  package init(_ id: CheckID, at position: SourcePosition?, _ message: String) {
    self.id = id
    self.position = position
    self.message = message
  }

  package init(_ id: CheckID, at span: SourceSpan, _ message: String) {
    self.init(id, at: span.start, message)
    end = span.end
  }

  package func diagnostic(in file: SourceFile) -> Diagnostic {
    Diagnostic(
      id, at: position.map { SourceLocation(file, at: SourceSpan($0, to: end)) } ?? SourceLocation(file), message)
  }

  package func diagnostic(in path: String) -> Diagnostic { diagnostic(in: SourceFile(path: path)) }
}

/// Limits on the size of a file.
package struct DocumentLimits: Hashable, Sendable {
  /// The maximum size of the file, in bytes.
  package var bytes: Int
  package var depth: Int
  /// The maximum size of its expanded aliases, in bytes.
  package var aliasBytes: Int

  /// - Parameter aliasBytes: defaults to the limit for the file.
  package init(bytes: Int, depth: Int, aliasBytes: Int? = nil) {
    self.bytes = bytes
    self.depth = depth
    self.aliasBytes = aliasBytes ?? bytes
  }

  /// For files that users write: rules, configuration, maps.
  package static let standard = ReadingLimits.standard.document
}
