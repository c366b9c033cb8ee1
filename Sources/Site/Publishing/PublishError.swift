import Checks
package import Diagnostics
import Files

/// Why the site can't be written to its place.
package struct PublishError: Error, Hashable {
  package var path: String
  /// What is wrong and what to do, as in `Diagnostic.message`.
  package var message: String

  init(path: String, message: String) { (self.path, self.message) = (path, message) }

  init(path: String, _ error: FileError) {
    self.init(path: path, message: "\(error.reason); check the folder and its permissions")
  }

  package var diagnostic: Diagnostic { Diagnostic(.output, at: SourceLocation(path: path), message) }
}

/// Adds the path to the error of a file system call.
func at<Result: ~Copyable>(
  _ path: String, _ body: () throws(FileError) -> Result
) throws(PublishError) -> Result {
  do throws(FileError) { return try body() } catch { throw PublishError(path: path, error) }
}
