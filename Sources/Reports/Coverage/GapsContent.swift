package import Analysis
package import Attack
package import RuleModel

/// What reports of gaps are made from.
package struct GapsContent: Sendable {
  package var review: CoverageReview
  package var gaps: GapReview
  package var matrix: AttackMatrix
  /// The catalogue's rules.
  package var rules: RuleColumn<Rule>
  /// The baseline's.
  package var baseline: RuleColumn<Rule>
  /// What each rule of the catalogue sees; nil without telemetry.
  package var visibility: VisibilityReview?
  /// What the review is about, where not everything: `APT29 (G0016)`.
  package var scope: String?
  /// The same with the way in which each technique came in.
  package var target: AttackTarget?
  /// What makes the report: `ruledex 1.0.0`.
  package var generator: String

  package init(
    review: CoverageReview, gaps: GapReview, matrix: AttackMatrix, rules: RuleColumn<Rule>, baseline: RuleColumn<Rule>,
    visibility: VisibilityReview? = nil, scope: String?, target: AttackTarget? = nil, generator: String
  ) {
    self.review = review
    self.gaps = gaps
    self.matrix = matrix
    self.rules = rules
    self.baseline = baseline
    self.visibility = visibility
    self.scope = scope
    self.target = target
    self.generator = generator
  }

  /// The partly blind rules that the review is about.
  var partlyBlindRules: [PartlyBlindRule] {
    visibility.map { Analysis.partlyBlindRules(rules, $0, among: review.rulesInScope) } ?? []
  }

  /// Why a rule is blind, in words.
  func reason(for blind: GapReview.BlindRule) -> String {
    if let contradiction = blind.contradiction { return "it can never match, as \(contradiction)" }
    guard let hiding = visibility?.fullyHiding(blind.rule) else { return "none of its events is collected" }
    return "a filter hides all that it looks for: \(hiding.reason.location): \(hiding.reason.whole)"
  }

  func candidateRule(_ candidate: GapReview.Candidate) -> Rule { baseline[candidate.rule] }

  /// `83 of 250 techniques of APT29 (G0016) have a gap: 80 no rule, 3 blind rules only`.
  package var summary: String {
    let counts = GapReview.Reason.allCases.compactMap { reason -> String? in
      let count = gaps.gaps.count { $0.reason == reason }
      return count == 0 ? nil : "\(count) \(reason.words)"
    }
    let head = "\(gaps.gaps.count) of \(review.totals.techniques) techniques of \(scope ?? matrix.title) have a gap"
    let words = counts.isEmpty ? head : head + ": " + counts.joined(separator: ", ")
    return words + (target.map { "; of these techniques, \($0.words)" } ?? "")
  }
}
