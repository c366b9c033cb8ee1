/// What a rule is for. Coverage counts detections only.
package enum RuleClass: String, Hashable, Sendable, CaseIterable {
  case detection
  /// Raises nothing until somebody runs it.
  case hunt
  /// Passes on an alert that another product has raised.
  case forwarder
  /// Gathers context and raises nothing.
  case enrichment
  /// Relates matches of other rules (Sigma Correlation Rules Specification).
  case correlation
  /// Excludes what other rules would match (Sigma Filters Specification).
  case filter
}
