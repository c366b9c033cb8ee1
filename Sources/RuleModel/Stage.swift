package import Diagnostics

/// One step of a rule's logic. A rule's first stage is its condition; those that follow are what it names.
package struct Stage: Hashable, Sendable {
  package enum Role: Hashable, Sendable {
    case condition
    case selection
    /// By its name, or because it stands under `not` only.
    case filter
  }

  /// The search identifier, or `condition`.
  package var name: String
  package var role: Role
  /// The condition's text as written; nil for other stages.
  package var text: String?
  package var predicate: Predicate
  package var position: SourcePosition
  /// Whether its parts are about different events, and one event need not match them all: Sigma 1's `near`, and its
  /// `timeframe`.
  package var joinsEvents = false

  package init(name: String, role: Role, text: String? = nil, predicate: Predicate, position: SourcePosition) {
    self.name = name
    self.role = role
    self.text = text
    self.predicate = predicate
    self.position = position
  }
}
