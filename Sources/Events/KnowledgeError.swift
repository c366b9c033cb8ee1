package import Diagnostics

/// Why files of knowledge (an event map, a field map) can't be used: everything that is wrong with them, in order.
package struct KnowledgeError: Error, Hashable {
  package var diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics.sorted() }

  /// - Parameter warnings: gets the findings where none of them is an error.
  /// - Throws: all of them where one is.
  static func check(_ findings: [Diagnostic], warnings: inout [Diagnostic]) throws(KnowledgeError) {
    if findings.contains(where: { $0.severity == .error }) { throw KnowledgeError(findings) }
    warnings += findings.sorted()
  }
}
