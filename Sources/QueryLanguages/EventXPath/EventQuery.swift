/// An XPath expression as the Windows event log accepts it.
///
/// - SeeAlso: Microsoft, "Consuming Events", section "XPath 1.0 limitations"; MS-EVEN6, 2.2.15, which defines the
///   subset.
package indirect enum EventQuery: Hashable, Sendable {
  package enum Comparison: String, Hashable, Sendable {
    case equal = "="
    case unequal = "!="
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="

    /// The same comparison with its operands swapped.
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
    /// The conditions that it must meet.
    package var predicates: [EventQuery]
    /// The offset of its name, in UTF-8 bytes from the start of the query.
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
  /// Text that isn't understood, as written. It has already been reported.
  case unclear(String)
}

/// Why a query can't be read.
package struct EventQueryError: Error, Hashable {
  /// The part of the query that it refers to, in UTF-8 bytes from the start; empty if something is missing there.
  package var span: Range<Int>
  package var message: String
}
