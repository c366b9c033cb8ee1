import Analysis
import RuleModel

extension PictureBuilder {
  /// For each tactic, how many of its techniques have a rule.
  func coverage() -> Picture? {
    let tactics = content.attack.tactics
    guard !tactics.isEmpty else { return nil }
    let total = content.index.techniques.total
    let text =
      "\(grouped(total.covered)) of \(counted(total.total, "technique")) and sub-techniques of \(content.attack.title) have a counted rule. One of several tactics counts for each."
    var drawing = drawing("Coverage by tactic", text)
    let (left, right) = (160, 66)
    let room = Drawing.width - left - right
    var rows: [PictureRow] = []
    for (number, tactic) in tactics.enumerated() {
      let entry = content.index.techniques.tactics[number]
      let covered = entry.techniques.covered + entry.subtechniques.covered
      let all = entry.techniques.total + entry.subtechniques.total
      let y = 54 + Drawing.row * number
      drawing.add(.text(Drawing.fitted(tactic.name, width: left - 8), x: 0, y: y + 12))
      drawing.add(
        .bar(x: left, y: y + 2, width: length(covered, of: all, within: room), height: 13, tone: .bar))
      drawing.add(.frame(x: left, y: y + 2, width: room, height: 13))
      drawing.add(.text("\(grouped(covered)) of \(grouped(all))", x: Drawing.width, y: y + 12, anchor: .end))
      rows.append(
        PictureRow(
          label: tactic.name, page: map.tactic(tactic.id, from: address),
          cells: [words(entry.techniques), words(entry.subtechniques), grouped(entry.rules.count)]))
    }
    drawing.addSmallPrint(content.attack.notice)
    return Picture(
      name: "coverage-by-tactic", title: "Coverage by tactic", text: text, drawing: drawing,
      table: PictureTable(head: "Tactic", columns: ["Techniques", "Sub-techniques", "Rules"], rows: rows))
  }

  private func words(_ share: TechniqueCoverage.Share) -> String {
    "\(grouped(share.covered)) of \(grouped(share.total))"
  }
}
