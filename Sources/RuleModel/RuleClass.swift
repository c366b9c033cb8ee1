/// What a rule is for. Coverage counts detections only.
package enum RuleClass: String, Hashable, Sendable, CaseIterable {
  case detection
  /// Passes on an alert that another product has raised.
  case forwarder
  /// Gathers context and raises nothing.
  case enrichment
  /// Relates matches of other rules (Sigma Correlation Rules Specification).
  case correlation
  /// Excludes what other rules would match (Sigma Filters Specification).
  case filter
}
