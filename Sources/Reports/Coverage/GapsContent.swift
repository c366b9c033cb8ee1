package import Analysis
package import Attack
import RuleModel

/// The content of gap reports.
package struct GapsContent: Sendable {
  package let review: Review
  package let matrix: AttackMatrix
  /// What the review covers, if not everything, with how each technique was included.
  package let target: AttackTarget?
  /// What makes the report: `ruledex 1.0.0`.
  package let generator: String

  package init(_ review: Review, matrix: AttackMatrix, target: AttackTarget? = nil, generator: String) {
    self.review = review
    self.matrix = matrix
    self.target = target
    self.generator = generator
  }

  package var gaps: GapReview { review.gaps }

  /// The techniques that rules detect, but that no rule says how to test; none if no rule says how to test anything.
  var untested: [UntestedTechnique] { review.namesSimulations ? review.untested(matrix) : [] }

  /// The reason a rule is blind, in words.
  func reason(for blind: GapReview.BlindRule) -> String {
    if let contradiction = blind.contradiction { return "it can never match, as \(contradiction)" }
    guard let hiding = review.telemetry?.visibility.fullyHiding(blind.rule) else {
      return "none of its events is collected"
    }
    if hiding.reason.isMissingField {
      return "its events come without a field that it needs: \(hiding.reason.location): \(hiding.reason.whole)"
    }
    return "a filter hides all that it looks for: \(hiding.reason.location): \(hiding.reason.whole)"
  }

  func candidateRule(_ candidate: GapReview.Candidate) -> Rule { review.baseline[candidate.rule] }

  /// `83 of 250 techniques of APT29 (G0016) have a gap: 80 no rule, 3 blind rules only`.
  package var summary: String {
    let counts = GapReview.Reason.allCases.compactMap { reason -> String? in
      let count = gaps.gaps.count { $0.reason == reason }
      return count == 0 ? nil : "\(count) \(reason.words)"
    }
    let techniques = review.coverage.totals.techniques
    let inScope = review.coverage.agreed == nil ? "" : " in scope"
    let head =
      "\(gaps.gaps.count) of \(techniques) techniques\(inScope) of \(target?.title ?? matrix.title) have a gap"
    let words = (counts.isEmpty ? head : head + ": " + counts.joined(separator: ", ")) + review.coverage.allGapWords
    return words + (target.map { "; of these techniques, \($0.words)" } ?? "")
  }
}
