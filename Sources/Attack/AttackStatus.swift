/// Whether an ATT&CK object still holds, as the data says of it alone.
package enum AttackStatus<ID: Hashable & Sendable>: Hashable, Sendable {
  case active
  /// Replaced by another object, which may be revoked in its turn: see `AttackMatrix.resolve`.
  case revoked(by: ID)
  /// Withdrawn without a replacement.
  case deprecated
}

/// What an id means in a version of ATT&CK, once its replacements are followed to the end.
package enum AttackResolution<ID: Hashable & Sendable>: Hashable, Sendable {
  /// The id itself or, where it was revoked, the active one that took its place.
  case active(ID)
  case deprecated
  case unknown
}
