import Analysis
import RuleModel

extension PictureBuilder {
  /// For each tactic, how many of its techniques have a rule; with telemetry, by the state that their rules give them.
  func coverage() -> Picture? {
    let tactics = content.attack.tactics
    guard !tactics.isEmpty else { return nil }
    let total = content.index.techniques.total
    let states = isCollectionKnown ? StateCounts(content.review.coverage.techniques.map(\.state)).words : nil
    let text =
      "\(grouped(total.covered)) of \(counted(total.total, "technique")) and sub-techniques of \(content.attack.title) have a counted rule\(states.map { ": \($0)" } ?? ""). A technique with several tactics counts for each.\(content.review.scopeWords(of: content.review.coverage.techniques).map { " \($0)" } ?? "")"
    var drawing = drawing("Coverage by tactic", text)
    let (left, right) = (160, 66)
    let room = Drawing.width - left - right
    let top = isCollectionKnown ? 76 : 54
    if isCollectionKnown { stateLegend(&drawing, y: 52) }
    var rows: [PictureRow] = []
    for (number, (tactic, row)) in zip(tactics, content.review.coverage.allTactics).enumerated() {
      let entry = content.index.techniques.tactics[number]
      let y = top + Drawing.row * number
      drawing.add(.text(Drawing.fitted(tactic.name, width: left - 8), x: 0, y: y + 12))
      var start = 0
      for (state, count) in parts(of: row) {
        // Each part ends where the running total does, so that rounding doesn't change the total length.
        let (from, to) = (
          length(start, of: row.techniques, within: room), length(start + count, of: row.techniques, within: room)
        )
        if count > 0 { draw(state, Drawing.Box(x: left + from, y: y + 2, width: to - from, height: 13), &drawing) }
        start += count
      }
      drawing.add(.frame(x: left, y: y + 2, width: room, height: 13))
      drawing.add(
        .text("\(grouped(row.covered)) of \(grouped(row.techniques))", x: Drawing.width, y: y + 12, anchor: .end))
      let counts = isCollectionKnown ? parts(of: row).map { grouped($0.count) } : []
      rows.append(
        PictureRow(
          label: tactic.name, page: map.tactic(tactic.id, from: address),
          cells: [words(entry.techniques), words(entry.subtechniques)] + counts + [grouped(entry.rules.count)]))
    }
    drawing.addSmallPrint(content.attack.notice)
    let columns = isCollectionKnown ? TechniqueState.rankedWithRules.map(heading) : []
    return Picture(
      name: "coverage-by-tactic", title: "Coverage by tactic", text: text, drawing: drawing,
      table: PictureTable(
        head: "Tactic", columns: ["Techniques", "Sub-techniques"] + columns + ["Rules"], rows: rows))
  }

  /// The techniques of a tactic that have a rule, by state in the order drawn.
  private func parts(of row: CoverageReview.TacticRow) -> [(state: TechniqueState, count: Int)] {
    guard isCollectionKnown else { return [(.runs, row.covered)] }
    return TechniqueState.rankedWithRules.map { state in
      switch state {
      case .runs: (state, row.runs)
      case .partly: (state, row.partly)
      case .blind: (state, row.blind)
      case .covered, .none: (state, row.covered - row.runs - row.partly - row.blind)
      }
    }
  }

  private func words(_ share: TechniqueCoverage.Share) -> String {
    "\(grouped(share.covered)) of \(grouped(share.total))"
  }
}
