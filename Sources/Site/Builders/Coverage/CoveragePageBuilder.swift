import Analysis
import Attack
import Events
import RuleModel
import Templates

/// Makes the model of the coverage and gap review.
struct CoveragePageBuilder: Sendable {
  let content: SiteContent
  let frames: FrameBuilder
  let address = Address.coverage
  private let review: SiteReview
  private let lists: ReviewListBuilder

  init(_ content: SiteContent, _ frames: FrameBuilder, _ lists: ReviewListBuilder) {
    self.content = content
    self.frames = frames
    self.lists = lists
    review = content.review
  }

  func page() -> CoveragePage {
    let lead = self.lead
    var page = CoveragePage(
      frame: frames.frame(of: address, titles: ["Coverage gap review"], summary: lead, showsAttack: true),
      title: "Coverage gap review", lead: lead, figures: figures(), states: review.stateKeys, tactics: tacticTable())
    page.advice = advice
    page.dialects = dialectTable()
    page.gaps = gapSection()
    page.wake = lists.wake.isEmpty ? nil : lists.wakeTable(lists.beginning(of: lists.wake, .wake), at: address)
    page.blind = lists.blind.isEmpty ? nil : lists.blindTable(lists.beginning(of: lists.blind, .blind), at: address)
    page.partlyBlind =
      lists.partlyBlind.isEmpty
      ? nil : lists.partlyBlindTable(lists.beginning(of: lists.partlyBlind, .partlyBlind), at: address)
    page.untapped =
      lists.untapped.isEmpty ? nil : lists.untappedList(lists.beginning(of: lists.untapped, .untapped), at: address)
    page.history = historySection()
    return page
  }

  // MARK: Head

  private var lead: String {
    var parts = ["The counted rules against \(content.attack.title)"]
    if let collected = review.collected { parts[0] += " and what \(collected.name) says is collected" }
    if let baseline = review.baseline {
      parts.append("baseline: \(counted(baseline.rules.count, "rule")) of \(baseline.names.joined(separator: ", "))")
    }
    return parts.joined(separator: "; ") + "."
  }

  private var advice: String? {
    guard review.collected != nil else {
      return
        "No telemetry configured: list a telemetry.yml under ‘telemetry’ in ruledex.yml, and this page shows which rules are blind."
    }
    return review.gaps.wake.first.map { wake in
      "The largest possible gain: \(wake.event.words) would wake \(counted(wake.rules.count, "rule")) and \(counted(wake.techniques.count, "technique"))."
    }
  }

  private func figures() -> [Figure] {
    let totals = review.coverage.totals
    var figures = [Figure(count: totals.counted, label: "rules counted", page: address.link(to: .rules))]
    if let collected = review.collected {
      let states = content.index.rules.indices.lazy.filter { content.index.techniques.isCounted[$0] }
        .map { collected.view.states[$0] }
      let counts = states.reduce(into: [RuleState: Int]()) { $0[$1, default: 0] += 1 }
      figures += RuleState.allCases.compactMap { state in
        guard let count = counts[state] else { return nil }
        return Figure(count: count, label: "of them \(state.words(count))")
      }
      figures.append(Figure(count: totals.runs, label: "techniques run, of \(grouped(totals.techniques))"))
      if totals.partly > 0 { figures.append(Figure(count: totals.partly, label: "techniques partly blind")) }
      figures.append(Figure(count: totals.blind, label: "techniques blind"))
    } else {
      figures.append(Figure(count: totals.covered, label: "techniques covered, of \(grouped(totals.techniques))"))
    }
    figures.append(Figure(count: totals.techniques - totals.covered, label: "without a rule"))
    if review.baseline != nil {
      figures.append(
        Figure(
          count: review.gaps.gaps.count { $0.candidates.contains(where: \.runs) },
          label: "gaps that the baseline closes"))
    }
    return figures
  }

  // MARK: Tactics

  private func tacticTable() -> TacticStateTable {
    let states = review.stateKeys.map(\.mark)
    let largest = review.coverage.tactics.map(\.techniques).max() ?? 0
    let rows = review.coverage.tactics.map { row in
      TacticStateRow(
        name: row.tactic.name, page: frames.map.tactic(row.tactic.id, from: address),
        counts: states.map { ($0, row.count(of: $0)) }, largest: largest,
        found: review.collected == nil ? row.covered : row.runs + row.partly, rules: row.rules)
    }
    return TacticStateTable(states: states, rows: rows)
  }

  private func dialectTable() -> DialectTable? {
    let rows = review.coverage.dialects
    guard rows.count > 1 else { return nil }
    return DialectTable(
      rows: rows.map { row in
        DialectRow(
          name: row.dialect.label, page: address.link(to: .rules(of: row.dialect)), rules: row.rules,
          counted: row.counted, techniques: row.covered, onlyHere: row.onlyHere.count,
          understood: percent(row.allLanguages.understood, of: row.allLanguages.leaves))
      },
      alone: rows.filter { !$0.onlyHere.isEmpty }.map { row in
        DialectTechniques(
          title: "\(counted(row.onlyHere.count, "technique")) only in \(row.dialect.label)",
          techniques: row.onlyHere.map { id in
            TitledLink(
              title: "\(id) \(content.attack.fullName(of: id))", page: frames.map.technique(id, from: address))
          })
      })
  }

  // MARK: Gaps

  private func gapSection() -> GapSection? {
    let gaps = review.gaps.gaps
    guard !gaps.isEmpty else { return nil }
    return GapSection(
      total: gaps.count, summary: summary(of: gaps), hasBaseline: review.baseline != nil,
      rows: Folded(gaps, seen: 20, most: 60).map { row(of: $0, events: 4, candidates: 3) },
      tactics: content.attack.tactics.compactMap { tactic in
        let own = gaps.filter { $0.row.technique.tactics.contains(tactic.id) }
          .sorted { $0.row.technique.id < $1.row.technique.id }
        guard !own.isEmpty else { return nil }
        return TacticGaps(
          name: tactic.name, page: frames.map.tactic(tactic.id, from: address), summary: summary(of: own),
          rows: own.map { row(of: $0, events: 0, candidates: 0) })
      })
  }

  private func summary(of gaps: [GapReview.Gap]) -> String {
    GapReview.Reason.allCases.compactMap { reason in
      let count = gaps.count { $0.reason == reason }
      return count == 0 ? nil : "\(grouped(count)) \(reason.words)"
    }.joined(separator: ", ")
  }

  private func row(of gap: GapReview.Gap, events: Int, candidates: Int) -> GapRow {
    let id = gap.row.technique.id
    return GapRow(
      id: id.description, name: content.attack.fullName(of: id), page: frames.map.technique(id, from: address),
      why: gap.reason.words, groups: gap.groups,
      events: Folded(gap.row.events, seen: events, most: events).map { event in
        GapEvent(
          name: event.event.words, page: frames.map.event(event.event, from: address), isCollected: event.isCollected)
      },
      candidates: Folded(gap.candidates, seen: candidates, most: candidates).map { candidate in
        let rule = review.baseline?.rules[candidate.rule]
        return CandidateItem(
          title: rule?.title ?? "", source: rule?.source.path ?? "",
          reason: rule.map { candidate.reason(for: $0) } ?? "")
      })
  }
}

extension CoverageReview.TacticRow {
  /// The number of its techniques in a state.
  fileprivate func count(of state: StateMark) -> Int {
    switch state {
    case .runs: runs
    case .partly: partly
    case .blind: blind
    case .covered: covered
    case .open: covered - runs - partly - blind
    default: techniques - covered
    }
  }
}
