/// What a rule is for. Coverage counts detections only.
package enum RuleClass: String, Hashable, Sendable, CaseIterable {
  case detection
  /// Raises nothing until an analyst runs it.
  case hunt
  /// Forwards an alert that another product has raised.
  case forwarder
  /// Gathers context and raises nothing.
  case enrichment
  /// Correlates matches of other rules (Sigma Correlation Rules Specification).
  case correlation
  /// Excludes what other rules would match (Sigma Filters Specification).
  case filter
}
