/// Logic that is joined by `and` and `or`: how it is joined is said here for all of its kinds.
package protocol JoinedLogic {
  static func all(_ parts: [Self]) -> Self
  static func any(_ parts: [Self]) -> Self

  /// Whether it is `all` of nothing.
  var isAlways: Bool { get }
  /// Whether it is `any` of nothing.
  var isNever: Bool { get }
}

extension JoinedLogic {
  package static var always: Self { .all([]) }
  package static var never: Self { .any([]) }

  /// These as they were written; a group of one is that one.
  package static func group(_ parts: [Self], byAnd: Bool) -> Self {
    if parts.count == 1 { return parts[0] }
    return byAnd ? .all(parts) : .any(parts)
  }

  /// These, what says nothing left out: what is always so in `and`, what is never so in `or`.
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

  /// The opposite; what is always so is never so.
  package static func negation(_ part: Predicate) -> Predicate {
    if part.isAlways { return .never }
    if part.isNever { return .always }
    if case .not(let inner) = part { return inner }
    return .not(part)
  }
}
