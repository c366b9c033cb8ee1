/// How far a rule may be trusted (Sigma Specification 2.1.0, “Status”).
package enum Status: String, Hashable, Sendable, CaseIterable {
  case stable, test, experimental, deprecated, unsupported

  /// Whether coverage leaves rules of this status out.
  package var isRetired: Bool { self == .deprecated || self == .unsupported }
}
