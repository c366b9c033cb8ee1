/// An expression of the XPath that the Windows event log takes.
///
/// - SeeAlso: Microsoft, "Consuming Events", section "XPath 1.0 limitations"; MS-EVEN6, 2.2.15, which lists what the subset has.
package indirect enum EventQuery: Hashable, Sendable {
  package enum Comparison: String, Hashable, Sendable {
    case equal = "="
    case unequal = "!="
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="

    /// The same, seen from the other operand.
    package var mirrored: Comparison {
      switch self {
      case .less: .greater
      case .atMost: .atLeast
      case .greater: .less
      case .atLeast: .atMost
      default: self
      }
    }
  }

  package struct Step: Hashable, Sendable {
    /// An element, `*`, `.`, or an attribute with its `@`.
    package var name: String
    /// What must hold of it.
    package var predicates: [EventQuery]
    /// Of its name, in UTF-8 bytes from the query's first.
    package var offset: Int
  }

  case any([EventQuery])
  case all([EventQuery])
  case compare(EventQuery, Comparison, EventQuery)
  case path([Step])
  case text(String)
  /// As written, decimal or hexadecimal.
  case number(String)
  /// `band`, `timediff`, `position`.
  case function(String, [EventQuery])
  /// What isn't understood, as written. It has been reported.
  case unclear(String)
}

/// Why a query can't be read.
package struct EventQueryError: Error, Hashable {
  /// What it is about, in UTF-8 bytes from the query's first; empty where something is missing.
  package var span: Range<Int>
  package var message: String
}
