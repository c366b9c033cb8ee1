/// Logic that is joined by `and` and `or`; this defines joining for all types of logic.
package protocol JoinedLogic {
  static func all(_ parts: [Self]) -> Self
  static func any(_ parts: [Self]) -> Self

  /// Whether it is an empty `all`.
  var isAlways: Bool { get }
  /// Whether it is an empty `any`.
  var isNever: Bool { get }
}

extension JoinedLogic {
  package static var always: Self { .all([]) }
  package static var never: Self { .any([]) }

  /// Joins the parts as written; a single part is returned as it is.
  package static func group(_ parts: [Self], byAnd: Bool) -> Self {
    if parts.count == 1 { return parts[0] }
    return byAnd ? .all(parts) : .any(parts)
  }

  /// Joins the parts and simplifies: drops those without effect (always true in `and`, never true in `or`), and reduces
  /// the whole to a part that decides it.
  package static func joined(_ parts: [Self], byAnd: Bool) -> Self {
    if parts.contains(where: { byAnd ? $0.isNever : $0.isAlways }) { return byAnd ? .never : .always }
    return .group(parts.filter { byAnd ? !$0.isAlways : !$0.isNever }, byAnd: byAnd)
  }

  package static func conjunction(_ parts: [Self]) -> Self { .joined(parts, byAnd: true) }
  package static func disjunction(_ parts: [Self]) -> Self { .joined(parts, byAnd: false) }
}

extension Predicate: JoinedLogic {
  package var isAlways: Bool { if case .all(let parts) = self { parts.isEmpty } else { false } }
  package var isNever: Bool { if case .any(let parts) = self { parts.isEmpty } else { false } }

  /// The opposite; always becomes never, and the reverse.
  package static func negation(_ part: Predicate) -> Predicate {
    if part.isAlways { return .never }
    if part.isNever { return .always }
    if case .not(let inner) = part { return inner }
    return .not(part)
  }
}
