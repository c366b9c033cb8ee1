import Text

/// Something that a user can mend: where it is, how grave it is, what is wrong and what to do about it.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
    case error, warning, note

    /// From the gravest down.
    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .error: 0
      case .warning: 1
      case .note: 2
      }
    }
  }

  package var location: SourceLocation
  package var severity: Severity
  /// Which kind of finding this is; never changes, so that it can be searched for and silenced.
  package var id: DiagnosticID
  /// What is wrong, then what to do, without a full stop at the end.
  package var message: String

  /// - Parameter severity: as the identifier has it when left out.
  package init(_ id: DiagnosticID, at location: SourceLocation, severity: Severity? = nil, _ message: String) {
    self.location = location
    self.severity = severity ?? id.severity
    self.id = id
    self.message = message
  }
}

extension Diagnostic: CustomStringConvertible {
  /// As compilers print: `file:line:column: error: message [identifier]`.
  package var description: String { "\(location): \(severity.rawValue): \(message) [\(id.rawValue)]" }
}

extension Diagnostic: Comparable {
  /// In the order of places, then severity, identifier and message: the same in each run.
  package static func < (left: Diagnostic, right: Diagnostic) -> Bool {
    if left.location != right.location { return left.location < right.location }
    if left.severity != right.severity { return left.severity < right.severity }
    if left.id != right.id { return left.id.rawValue < right.id.rawValue }
    return inByteOrder(left.message, right.message)
  }
}

extension Sequence<Diagnostic> {
  /// Sorted, each once: a document that others build on would have its findings told for each of them.
  package func sortedOnce() -> [Diagnostic] {
    var result: [Diagnostic] = []
    for diagnostic in sorted() where result.last != diagnostic { result.append(diagnostic) }
    return result
  }
}
