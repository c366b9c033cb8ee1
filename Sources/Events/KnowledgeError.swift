package import Diagnostics

/// Why files of knowledge (an event map, a field map) can't be used: all problems in them, in order.
package struct KnowledgeError: Error, Hashable {
  package var diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics.sorted() }

  /// - Parameter warnings: receives the findings if none of them is an error.
  /// - Throws: all findings if one is an error.
  static func check(_ findings: [Diagnostic], warnings: inout [Diagnostic]) throws(KnowledgeError) {
    if findings.contains(where: { $0.severity == .error }) { throw KnowledgeError(findings) }
    warnings += findings.sorted()
  }
}
