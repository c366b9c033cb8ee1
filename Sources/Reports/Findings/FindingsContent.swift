package import Attack
package import Diagnostics

/// All that was found in rules, for the reports of `ruledex lint`.
package struct FindingsContent: Sendable {
  /// In the order of places, each once; paths are those of ``files``.
  package var findings: [Diagnostic]
  /// The files that rules were read from, whether anything was found in them or not, as seen from the working folder; sorted, each once.
  package var files: [String]
  package var matrix: AttackMatrix
  /// The program's: `1.0.0`.
  package var version: String
  /// A finding that is so grave, or graver, fails the check.
  package var failing: Diagnostic.Severity
  /// The percent-encoded reference to a file, relative where its path is (RFC 3986).
  package var address: @Sendable (String) -> String
  /// The bytes of a file, as they were read; nil where it can't be.
  package var text: @Sendable (String) -> [UInt8]?

  package init(
    findings: [Diagnostic], files: [String], matrix: AttackMatrix, version: String, failing: Diagnostic.Severity,
    address: @escaping @Sendable (String) -> String, text: @escaping @Sendable (String) -> [UInt8]?
  ) {
    self.findings = findings
    self.files = files
    self.matrix = matrix
    self.version = version
    self.failing = failing
    self.address = address
    self.text = text
  }

  package func count(_ severity: Diagnostic.Severity) -> Int { findings.count { $0.severity == severity } }

  /// The findings that fail the check.
  package var failures: [Diagnostic] { findings.filter { $0.severity <= failing } }
}
