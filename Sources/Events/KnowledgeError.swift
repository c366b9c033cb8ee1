package import Diagnostics

/// Why files of knowledge (an event map, a field map) can't be used: everything that is wrong with them, in order.
package struct KnowledgeError: Error, Hashable {
  package var diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics.sorted() }
}
