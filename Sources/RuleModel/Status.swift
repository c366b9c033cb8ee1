/// How mature a rule is (Sigma Specification 2.1.0, “Status”).
package enum Status: String, Hashable, Sendable, CaseIterable {
  case stable, test, experimental, deprecated, unsupported

  /// Whether coverage excludes rules with this status.
  package var isRetired: Bool { self == .deprecated || self == .unsupported }
}
