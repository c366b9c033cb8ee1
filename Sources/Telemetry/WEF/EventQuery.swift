/// An expression of the XPath that the Windows event log takes.
///
/// - SeeAlso: Microsoft, "Consuming Events", section "XPath 1.0 limitations"; MS-EVEN6, 2.2.15, which lists what the subset has.
indirect enum EventQuery: Hashable, Sendable {
  enum Comparison: String, Hashable, Sendable {
    case equal = "="
    case unequal = "!="
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="

    /// The same, seen from the other operand.
    var mirrored: Comparison {
      switch self {
      case .less: .greater
      case .atMost: .atLeast
      case .greater: .less
      case .atLeast: .atMost
      default: self
      }
    }
  }

  struct Step: Hashable, Sendable {
    /// An element, `*`, `.`, or an attribute with its `@`.
    var name: String
    /// What must hold of it.
    var predicates: [EventQuery]
    /// Of its name, in UTF-8 bytes from the query's first.
    var offset: Int
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

/// Why a query can't be read; the offset counts UTF-8 bytes from its first.
struct EventQueryError: Error, Hashable {
  var offset: Int
  var message: String
}
