package import Diagnostics

/// Why a file is no document that can be read.
package struct DocumentError: Error, Hashable {
  package var id: CheckID
  /// nil for the file as a whole.
  package var position: SourcePosition?
  /// As in ``SourceLocation/end``.
  package var end: SourcePosition?
  /// What is wrong and what to do, as in ``Diagnostic/message``.
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

/// How large a file may be.
package struct DocumentLimits: Hashable, Sendable {
  /// Of the file.
  package var bytes: Int
  package var depth: Int
  /// What its aliases may unfold to, in bytes.
  package var aliasBytes: Int

  /// - Parameter aliasBytes: as many as the file may have when left out.
  package init(bytes: Int, depth: Int, aliasBytes: Int? = nil) {
    self.bytes = bytes
    self.depth = depth
    self.aliasBytes = aliasBytes ?? bytes
  }

  /// For what users write: rules, configuration, maps.
  package static let standard = ReadingLimits.standard.document
}
