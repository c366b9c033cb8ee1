package import Attack
package import Diagnostics
import Text

/// Everything that was found in rules, for the reports of `ruledex lint`.
package struct FindingsContent: Sendable {
  /// In the order of places, each once.
  package var findings: [Diagnostic]
  /// The files that rules were read from, with or without findings; sorted, each once.
  package var files: [String]
  /// How the reports write paths, as in ``files``.
  package var spelling: PathSpelling
  package var matrix: AttackMatrix
  /// The program's version: `1.0.0`.
  package var version: String
  /// A finding at or above this severity fails the check.
  package var failing: Diagnostic.Severity
  /// A percent-encoded reference to a file, relative if its path is (RFC 3986).
  package var address: @Sendable (String) -> String

  package init(
    findings: [Diagnostic], files: [SourceFile], spelling: PathSpelling, matrix: AttackMatrix, version: String,
    failing: Diagnostic.Severity, address: @escaping @Sendable (String) -> String
  ) {
    self.findings = findings.sortedOnce(spelled: spelling)
    self.files = Set(files.map { spelling.path(of: $0) }).sorted(by: inByteOrder)
    self.spelling = spelling
    self.matrix = matrix
    self.version = version
    self.failing = failing
    self.address = address
  }

  func path(of location: SourceLocation) -> String { spelling.path(of: location.file) }

  package func count(_ severity: Diagnostic.Severity) -> Int { findings.count { $0.severity == severity } }

  /// The findings that fail the check.
  package var failures: [Diagnostic] { findings.filter { $0.severity <= failing } }
}
