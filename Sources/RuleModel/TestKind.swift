/// How a field is compared. The raw values are part of the output format.
package enum TestKind: String, Hashable, Sendable, CaseIterable {
  case eq, contains
  case startsWith = "starts_with"
  case endsWith = "ends_with"
  /// A value with `*` or `?` inside, as written in the dialect's wildcard syntax.
  case wildcard
  case regex, cidr, lt, lte, gt, gte, exists
  case isNull = "is_null"
  /// The value is the name of another field.
  case fieldRef = "field_ref"
  /// A search of the whole event.
  case keyword

  /// In words: `starts with`.
  package var words: String {
    switch self {
    case .startsWith: "starts with"
    case .endsWith: "ends with"
    case .regex: "regex"
    case .cidr: "in network"
    case .lt: "less than"
    case .lte: "at most"
    case .gt: "greater than"
    case .gte: "at least"
    case .isNull: "is null"
    case .fieldRef: "equals field"
    default: rawValue
    }
  }
}
