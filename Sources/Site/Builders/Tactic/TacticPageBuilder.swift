import Analysis
import Attack
import RuleModel
import Templates

/// Makes the models of the pages of tactics.
struct TacticPageBuilder: Sendable {
  private let content: SiteContent
  private let frames: FrameBuilder
  private let tables: RuleTableBuilder
  private let layout: MatrixLayout
  /// Empty without telemetry.
  private let states: [TechniqueID: TechniqueState]

  init(_ content: SiteContent, _ frames: FrameBuilder, _ tables: RuleTableBuilder, _ layout: MatrixLayout) {
    self.content = content
    self.frames = frames
    self.tables = tables
    self.layout = layout
    states = content.review.statesByTechnique
  }

  /// - Parameter number: an index of the matrix's tactics.
  func page(of number: Int) -> TacticPage {
    let tactic = content.attack.tactics[number]
    let entry = content.index.techniques.tactics[number]
    let address = Address.tactic(tactic.id)
    let lead = self.lead(entry, tactic)
    let rows = TechniqueRowBuilder(content, frames, states, from: address)
    var page = TacticPage(
      frame: frames.frame(
        of: address, titles: ["\(tactic.name) (\(tactic.id))", "ATT&CK"], summary: lead, crumbs: [("ATT&CK", .matrix)],
        showsAttack: true),
      name: tactic.name, id: tactic.id.description, lead: lead,
      techniques: TechniqueTable(
        title: TechniqueRowBuilder.columns,
        rows: layout.columns[number].flatMap { cell in
          [rows.row(cell.technique)] + cell.subtechniques.map { rows.row($0, isSub: true) }
        }))
    page.scope = content.review.scopeWords(
      of: content.review.coverage.techniques.filter { $0.technique.tactics.contains(tactic.id) })
    page.source = tactic.id.sourceLink
    page.previous = link(to: number - 1, from: address)
    page.next = link(to: number + 1, from: address)
    page.unspecific = tables.table(
      "Rules that name no technique of it", entry.unspecific, word: tactic.shortName, from: address)
    return page
  }

  private func lead(_ entry: TechniqueCoverage.TacticEntry, _ tactic: Tactic) -> String {
    func words(_ share: TechniqueCoverage.Share, _ name: String) -> String {
      "\(grouped(share.covered)) of its \(counted(share.total, name))"
    }
    var covered = words(entry.techniques, "technique")
    if entry.subtechniques.total > 0 { covered += " and \(words(entry.subtechniques, "sub-technique"))" }
    return "\(counted(entry.rules.count, "counted rule")) \(entry.rules.count == 1 ? "looks" : "look") for \(covered)."
      + (states(of: tactic).map { " Of these, \($0)." } ?? "")
  }

  /// The state of its techniques, given what is collected; nil without telemetry, or if none has a rule.
  private func states(of tactic: Tactic) -> String? {
    guard content.collected != nil else { return nil }
    let rows = content.review.coverage.techniques.filter { $0.technique.tactics.contains(tactic.id) }
    return StateCounts(rows.map(\.state)).words
  }

  private func link(to number: Int, from address: Address) -> TitledLink? {
    guard content.attack.tactics.indices.contains(number) else { return nil }
    let tactic = content.attack.tactics[number]
    return TitledLink(title: tactic.name, page: frames.map.tactic(tactic.id, from: address))
  }
}
