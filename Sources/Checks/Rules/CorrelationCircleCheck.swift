import Diagnostics
import RuleModel

extension RuleCheck {
  /// Correlations that lead back to themselves, directly or through others, and so can never be computed.
  static let correlationCircles = RuleCheck { rule, catalog in
    guard catalog.index.references.isCircular[rule] else { return [] }
    return [
      Diagnostic(
        .sigmaCorrelation, at: catalog.index.rules[rule].source.location,
        "the correlation relates itself, by way of the rules that it names; break the circle")
    ]
  }
}
