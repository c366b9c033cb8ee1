import Analysis
import Attack
import RuleModel
import Templates

/// Makes the models of the pages of groups, campaigns and software.
struct ThreatPageBuilder: Sendable {
  let content: SiteContent
  let frames: FrameBuilder
  private let tables: RuleTableBuilder
  /// By technique; active ones only.
  let rows: [TechniqueID: CoverageReview.TechniqueRow]
  let users: ThreatUsers

  init(_ content: SiteContent, _ frames: FrameBuilder, _ tables: RuleTableBuilder) {
    self.content = content
    self.frames = frames
    self.tables = tables
    rows = content.review.coverage.rowsByTechnique
    users = ThreatUsers(content.attack)
  }

  /// - Parameter object: an active group, campaign or piece of software.
  func page(of object: AttackObject) -> ThreatPage {
    let (id, name) = (object.id, object.name)
    let address = Address.threat(id)
    let own = object.techniques.compactMap { rows[$0] }
    let tally = TechniqueTally(of: own.map(\.state))
    let lead = self.lead(tally)
    let crumbs: [(title: String, address: Address)] = [
      ("ATT&CK", .matrix), (id.kind.listTitle, .threats(id.kind)),
    ]
    var page = ThreatPage(
      frame: frames.frame(
        of: address, titles: ["\(name) (\(id))", "ATT&CK"], summary: "\(name): \(lead)", crumbs: crumbs,
        showsAttack: true),
      name: name, id: id.description, lead: lead, aliases: object.aliases, source: id.sourceLink,
      comparison: address.link(toComparisonOf: id))
    page.summary = object.summary.isEmpty ? nil : object.summary
    page.figures = figures(tally)
    page.scope = own.isEmpty ? nil : content.review.scopeWords(of: own)
    page.rules = tables.table(
      "Rules that name it", frames.map.threats.rules[id] ?? [], word: "\(id)", from: address)
    page.rules?.isAlone = true
    page.techniques = techniqueTable(own, at: address)
    page.gaps = gapTable(own, at: address)
    page.further = further(of: object, at: address)
    page.relations = relations(of: object, at: address)
    return page
  }

  // MARK: Head

  var hasTelemetry: Bool { content.collected != nil }

  private func lead(_ tally: TechniqueTally) -> String {
    guard tally.techniques > 0 else { return "\(content.attack.title) names no technique that it uses itself." }
    let used = "It uses \(counted(tally.techniques, "technique")). "
    if tally.covered == 0 { return used + "No counted rule here looks for any of them." }
    let covered = "Counted rules here look for \(grouped(tally.covered)) of them"
    guard hasTelemetry else { return used + covered + "." }
    return used + covered + ", and \(grouped(tally.found(hasTelemetry: true))) of these run, if only in part."
  }

  private func figures(_ tally: TechniqueTally) -> [Figure] {
    guard tally.techniques > 0 else { return [] }
    var figures = [Figure(count: tally.techniques, label: tally.techniques == 1 ? "technique" : "techniques")]
    if hasTelemetry {
      figures.append(Figure(count: tally.runs, label: tally.runs == 1 ? "runs" : "run"))
      if tally.partly > 0 { figures.append(Figure(count: tally.partly, label: "partly blind")) }
      figures.append(Figure(count: tally.blind, label: "blind"))
    } else {
      figures.append(Figure(count: tally.covered, label: "covered"))
    }
    figures.append(Figure(count: tally.uncovered, label: "without a rule"))
    return figures
  }

  // MARK: Techniques

  private func techniqueTable(_ own: [CoverageReview.TechniqueRow], at address: Address) -> ThreatTechniqueTable? {
    guard !own.isEmpty else { return nil }
    return ThreatTechniqueTable(
      total: own.count, hasStates: hasTelemetry,
      tactics: content.attack.tactics.compactMap { tactic in
        let techniques = own.filter { $0.technique.tactics.contains(tactic.id) }
        guard !techniques.isEmpty else { return nil }
        let found = TechniqueTally(of: techniques.map(\.state)).found(hasTelemetry: hasTelemetry)
        return ThreatTactic(
          tactic: TitledLink(title: tactic.name, page: frames.map.tactic(tactic.id, from: address)),
          summary:
            "\(grouped(found)) of \(grouped(techniques.count)) \(hasTelemetry ? found == 1 ? "runs" : "run" : "covered")",
          rows: techniques.map { row($0, at: address) })
      })
  }

  private func row(_ row: CoverageReview.TechniqueRow, at address: Address) -> ThreatTechniqueRow {
    let id = row.technique.id
    return ThreatTechniqueRow(
      id: id.description, name: content.attack.fullName(of: id), page: frames.map.technique(id, from: address),
      rules: row.rules.count, state: content.review.mark(row.state),
      thin: content.review.depth.techniques[id].flatMap { $0.thin.isEmpty ? nil : $0.shortWords })
  }

  /// Those of the review's gaps that are among techniques, in its order.
  func gaps(of rows: [CoverageReview.TechniqueRow]) -> [GapReview.Gap] {
    let ids = Set(rows.map(\.technique.id))
    return content.review.gaps.gaps.filter { ids.contains($0.row.technique.id) }
  }

  private func gapTable(_ own: [CoverageReview.TechniqueRow], at address: Address) -> ThreatGapTable? {
    let ownGaps = gaps(of: own)
    guard !ownGaps.isEmpty else { return nil }
    let builder = GapRowBuilder(content, frames, at: address)
    return ThreatGapTable(
      summary: builder.summary(of: ownGaps), hasBaseline: content.review.baseline != nil,
      rows: Folded(ownGaps, seen: 12, most: 40).map { builder.row(of: $0, events: 2, candidates: 3) })
  }
}
