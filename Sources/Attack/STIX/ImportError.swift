package import Diagnostics

/// Why a STIX bundle can't be imported.
package struct ImportError: Error, Hashable {
  /// What is wrong and what to do, as in ``Diagnostic/message``.
  package var message: String

  init(_ message: String) { self.message = message }

  package func diagnostic(in path: String) -> Diagnostic {
    Diagnostic(.attackBundle, at: SourceLocation(path: path), message)
  }
}
