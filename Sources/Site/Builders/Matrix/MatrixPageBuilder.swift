import Analysis
import Attack
import RuleModel

/// Makes the model of the matrix.
struct MatrixPageBuilder: Sendable {
  private let content: SiteContent
  private let frames: FrameBuilder
  private let layout: MatrixLayout
  private let data: MatrixData
  private let rows: [TechniqueID: CoverageReview.TechniqueRow]

  init(_ content: SiteContent, _ frames: FrameBuilder, _ layout: MatrixLayout, _ data: MatrixData) {
    self.content = content
    self.frames = frames
    self.layout = layout
    self.data = data
    rows = content.review.coverage.rowsByTechnique
  }

  func page() -> MatrixPage {
    let address = Address.matrix
    let total = content.index.techniques.total
    let hasTelemetry = content.collected != nil
    let lead =
      "How many counted rules each technique of \(content.attack.title) has; a technique’s number includes its sub-techniques’. Deprecated and unsupported rules, and those that raise no alert, aren’t counted."
      + (hasTelemetry ? " The shade shows the rules that aren’t blind." : "")
    let states = hasTelemetry ? StateCounts(content.review.coverage.techniques.map(\.state)).words : nil
    // The page's script composes the same sentence.
    let counts =
      "\(grouped(total.covered)) of \(counted(total.total, "technique")) and sub-techniques have a rule\(states.map { ": \($0)" } ?? "")."
    var page = MatrixPage(
      frame: frames.frame(of: address, titles: ["ATT&CK matrix"], summary: "\(lead) \(counts)", showsAttack: true),
      picture: address.link(to: .pictures, fragment: "matrix"),
      title: content.attack.title, lead: lead, counts: counts,
      summary: "\(counted(data.ruleCount, "rule")), \(counted(total.covered, "technique"))",
      tactics: zip(content.attack.tactics, layout.columns).map { column($0, $1, at: address) })
    // A selection of rules can put techniques into states that none is in with all rules.
    if hasTelemetry { page.states = content.review.possibleStateKeys.filter { $0.mark != .none } }
    page.scope = content.review.scopeWords(of: content.review.coverage.techniques)
    page.threats = ThreatListPageBuilder.links(frames.map, from: address)
    page.filters = data.filters.filter { $0.options.count > 1 }
    return page
  }

  private func column(_ tactic: Tactic, _ cells: [MatrixLayout.Cell], at address: Address) -> MatrixColumn {
    let cells = cells.map { place in
      var cell = self.cell(place.technique, at: address)
      cell.subtechniques = place.subtechniques.map { self.cell($0, at: address) }
      return cell
    }
    return MatrixColumn(
      id: tactic.id.description, name: tactic.name, page: frames.map.tactic(tactic.id, from: address),
      found: cells.count { cell in
        cell.exclusion == nil && cell.mark.map { $0 == .runs || $0 == .partly } ?? (cell.rules > 0)
      },
      areRunning: content.collected != nil, cells: cells)
  }

  private func cell(_ number: TechniqueIndex, at address: Address) -> MatrixCell {
    let technique = content.attack.techniques[number]
    let row = rows[technique.id]
    let state = content.collected == nil ? nil : row?.state
    return MatrixCell(
      id: technique.id.description, name: technique.name, page: frames.map.technique(technique.id, from: address),
      rules: content.index.techniques.techniques[number].counted, awake: row?.awake ?? 0,
      mark: state.flatMap { $0 == .none ? nil : StateMark($0) }, exclusion: row?.exclusion?.state,
      depth: content.review.depth.techniques[technique.id]?.shortWords)
  }
}
