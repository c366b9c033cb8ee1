import Analysis
import Attack
import RuleModel
import Templates

/// Makes rows of uncovered techniques for one page.
struct GapRowBuilder {
  private let content: SiteContent
  private let frames: FrameBuilder
  private let address: Address
  private let baseline: RuleColumn<Rule>?

  init(_ content: SiteContent, _ frames: FrameBuilder, at address: Address) {
    self.content = content
    self.frames = frames
    self.address = address
    baseline = content.review.baseline?.rules
  }

  /// `65 no rule, 8 blind rules only`.
  func summary(of gaps: [GapReview.Gap]) -> String {
    GapReview.Reason.allCases.compactMap { reason in
      let count = gaps.count { $0.reason == reason }
      return count == 0 ? nil : "\(grouped(count)) \(reason.words)"
    }.joined(separator: ", ")
  }

  /// - Parameters:
  ///   - events: how many events are listed; the rest are counted.
  ///   - candidates: likewise.
  func row(of gap: GapReview.Gap, events: Int, candidates: Int) -> GapRow {
    let id = gap.row.technique.id
    return GapRow(
      id: id.description, name: content.attack.fullName(of: id), page: frames.map.technique(id, from: address),
      why: gap.reason.words, groups: gap.groups,
      events: Folded(gap.events, seen: events, most: events).map { event in
        GapEvent(
          name: event.event.words, page: frames.map.event(event.event, from: address), isCollected: event.isCollected)
      },
      candidates: Folded(gap.candidates, seen: candidates, most: candidates).map { candidate in
        let rule = baseline?[candidate.rule]
        return CandidateItem(
          title: rule?.title ?? "", source: rule?.source.path ?? "",
          reason: rule.map { candidate.reason(for: $0) } ?? "")
      })
  }
}
