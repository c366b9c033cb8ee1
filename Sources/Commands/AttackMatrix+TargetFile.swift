import Attack
import Diagnostics
import Documents

extension AttackMatrix {
  /// The techniques that a file names: a Navigator layer or a list of ids.
  ///
  /// - Returns: the target, and what in the file doesn't prevent it from being used.
  /// - Throws: if the file can't be read.
  func target(
    inFile path: String, via routes: Set<AttackTarget.Route>
  ) throws(InputError) -> (target: AttackTarget, findings: [Diagnostic]) {
    let bytes = try InputFile.bytes(of: path)
    do throws(DocumentError) {
      return try target(parsing: bytes, path: path, via: routes)
    } catch {
      throw InputError([error.diagnostic(in: path)])
    }
  }
}
