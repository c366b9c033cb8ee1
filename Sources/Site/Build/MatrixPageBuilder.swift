import Analysis
import Attack
import RuleModel

/// Makes the model of the matrix.
struct MatrixPageBuilder: Sendable {
  private let content: SiteContent
  private let frames: FrameBuilder
  private let layout: MatrixLayout
  private let data: MatrixData
  /// Empty where it isn't told what is collected.
  private let states: [TechniqueID: TechniqueState]

  init(_ content: SiteContent, _ frames: FrameBuilder, _ layout: MatrixLayout, _ data: MatrixData) {
    self.content = content
    self.frames = frames
    self.layout = layout
    self.data = data
    states =
      content.review.collected == nil
      ? [:] : Dictionary(uniqueKeysWithValues: content.review.coverage.techniques.map { ($0.technique.id, $0.state) })
  }

  func page() -> MatrixPage {
    let address = Address.matrix
    let total = content.index.techniques.total
    let lead =
      "How many counted rules stand under each technique of \(content.attack.title); a technique’s number holds its sub-techniques’. Deprecated and unsupported rules, and what raises no alert, are left out. \(grouped(total.covered)) of \(counted(total.total, "technique")) and sub-techniques have a rule."
    var page = MatrixPage(
      frame: frames.frame(of: address, titles: ["ATT&CK matrix"], summary: lead, showsAttack: true),
      picture: address.link(to: .pictures, fragment: "matrix"),
      title: content.attack.title, lead: lead,
      summary: "\(counted(data.ruleCount, "rule")), \(counted(total.covered, "technique"))",
      tactics: zip(content.attack.tactics, layout.columns).map { column($0, $1, at: address) })
    if content.review.collected != nil { page.states = content.review.stateKeys.filter { $0.mark != .none } }
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
      covered: cells.count { $0.rules > 0 }, cells: cells)
  }

  private func cell(_ number: Int, at address: Address) -> MatrixCell {
    let technique = content.attack.techniques[number]
    return MatrixCell(
      id: technique.id.description, name: technique.name, page: frames.map.technique(technique.id, from: address),
      rules: content.index.techniques.techniques[number].counted,
      mark: states[technique.id].flatMap { $0 == .none ? nil : StateMark($0) })
  }
}
