package import Diagnostics

/// Why the site can't be written where it should be.
package struct PublishError: Error, Hashable {
  package var path: String
  /// What is wrong and what to do, as in `Diagnostic.message`.
  package var message: String

  package var diagnostic: Diagnostic { Diagnostic(.output, at: SourceLocation(path: path), message) }
}
