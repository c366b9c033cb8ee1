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
  private let pictures: [Picture]

  init(_ content: SiteContent, _ frames: FrameBuilder, _ lists: ReviewListBuilder, _ pictures: [Picture]) {
    self.pictures = pictures
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
    page.thin = thinTable()
    page.accepted = acceptedTable()
    page.outOfScope = outOfScopeSection()
    page.wake = lists.wake.isEmpty ? nil : lists.wakeTable(lists.beginning(of: lists.wake, .wake), at: address)
    page.blind = lists.blind.isEmpty ? nil : lists.blindTable(lists.beginning(of: lists.blind, .blind), at: address)
    page.partlyBlind =
      lists.partlyBlind.isEmpty
      ? nil : lists.partlyBlindTable(lists.beginning(of: lists.partlyBlind, .partlyBlind), at: address)
    page.exclusions =
      lists.exclusions.isEmpty
      ? nil : lists.exclusionTable(lists.beginning(of: lists.exclusions, .exclusions), at: address)
    page.untapped =
      lists.untapped.isEmpty ? nil : lists.untappedList(lists.beginning(of: lists.untapped, .untapped), at: address)
    page.untested = untestedList()
    page.history = historySection()
    page.pictures = pictures.map { picture in
      ReviewPicture(
        title: picture.title, text: picture.text, file: address.link(to: .picture(picture.name)),
        table: address.link(to: .pictures, fragment: picture.name), width: picture.width, height: picture.height)
    }
    return page
  }

  // MARK: Head

  private var lead: String {
    var parts = ["The counted rules against \(review.target ?? content.attack.title)"]
    if let collected = review.collected { parts[0] += " and what \(collected.name) says is collected" }
    if let title = review.coverage.agreed?.title { parts.append("scope: \(title)") }
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
    let inScope = review.coverage.agreed == nil ? "" : " in scope"
    var figures = [Figure(count: totals.counted, label: "rules counted", page: address.link(to: .rules))]
    if let collected = review.collected {
      let states = content.index.rules.indices.lazy.filter { content.index.techniques.isCounted[$0] }
        .map { collected.view.states[$0] }
      let counts = states.reduce(into: [RuleState: Int]()) { $0[$1, default: 0] += 1 }
      figures += RuleState.allCases.compactMap { state in
        guard let count = counts[state] else { return nil }
        return Figure(count: count, label: "of them \(state.words(count))")
      }
      figures.append(Figure(count: totals.runs, label: "techniques run, of \(grouped(totals.techniques))\(inScope)"))
      if totals.partly > 0 { figures.append(Figure(count: totals.partly, label: "techniques partly blind")) }
      figures.append(Figure(count: totals.blind, label: "techniques blind"))
    } else {
      figures.append(
        Figure(count: totals.covered, label: "techniques covered, of \(grouped(totals.techniques))\(inScope)"))
    }
    figures.append(Figure(count: totals.techniques - totals.covered, label: "without a rule"))
    if !review.depth.thin.isEmpty { figures.append(Figure(count: review.depth.thin.count, label: "thin")) }
    if review.coverage.agreed != nil {
      let all = review.coverage.allTotals
      figures.append(
        Figure(
          count: review.collected == nil ? all.covered : all.runs,
          label: "\(review.collected == nil ? "covered" : "run") in all, of \(grouped(all.techniques))"))
    }
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
    let builder = GapRowBuilder(content, frames, at: address)
    return GapSection(
      total: gaps.count, summary: builder.summary(of: gaps), hasBaseline: review.baseline != nil,
      rows: Folded(gaps, seen: 20, most: 60).map { builder.row(of: $0, events: 4, candidates: 3) },
      tactics: content.attack.tactics.compactMap { tactic in
        let own = gaps.filter { $0.row.technique.tactics.contains(tactic.id) }
          .sorted { $0.row.technique.id < $1.row.technique.id }
        guard !own.isEmpty else { return nil }
        return TacticGaps(
          name: tactic.name, page: frames.map.tactic(tactic.id, from: address), summary: builder.summary(of: own),
          rows: own.map { builder.row(of: $0, events: 0, candidates: 0) })
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
