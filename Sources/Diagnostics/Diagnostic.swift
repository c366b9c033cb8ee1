import Text

/// Something that a user can fix: where it is, how severe it is, what is wrong and what to do about it.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
    case error, warning, note

    /// Most severe first.
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
  package var id: CheckID
  /// What is wrong, then what to do, without a full stop at the end.
  package var message: String

  /// - Parameter severity: defaults to that of the check.
  package init(_ id: CheckID, at location: SourceLocation, severity: Severity? = nil, _ message: String) {
    self.location = location
    self.severity = severity ?? id.severity
    self.id = id
    self.message = message
  }
}

extension Diagnostic: CustomStringConvertible {
  /// In compiler format: `file:line:column: error: message [identifier]`.
  package var description: String { description(spelled: .opened) }

  package func description(spelled spelling: PathSpelling) -> String {
    "\(location.description(spelled: spelling)): \(statement)"
  }

  /// The same without the place: `error: message [identifier]`.
  package var statement: String { "\(severity.rawValue): \(message) [\(id.name)]" }
}

extension Diagnostic: Comparable {
  /// Sorted by location, then severity, identifier and message; the same in each run.
  package static func < (left: Diagnostic, right: Diagnostic) -> Bool { left.precedes(right, spelled: .opened) }

  /// The order in which a report lists findings, based on the paths that it shows.
  package func precedes(_ other: Diagnostic, spelled spelling: PathSpelling) -> Bool {
    if location.precedes(other.location, spelled: spelling) { return true }
    if other.location.precedes(location, spelled: spelling) { return false }
    if severity != other.severity { return severity < other.severity }
    if id != other.id { return id.name < other.id.name }
    return inByteOrder(message, other.message)
  }
}

extension Sequence<Diagnostic> {
  /// Sorted and unique. Without this, a document that others build on would have its findings reported once for each of
  /// them.
  ///
  /// - Parameter spelling: how the report shows paths; findings that read the same there are duplicates.
  package func sortedOnce(spelled spelling: PathSpelling = .opened) -> [Diagnostic] {
    var result: [Diagnostic] = []
    for diagnostic in sorted(by: { $0.precedes($1, spelled: spelling) })
    where result.last.map({ $0.precedes(diagnostic, spelled: spelling) }) ?? true {
      result.append(diagnostic)
    }
    return result
  }
}
