import Analysis
import Attack
import RuleModel
import Templates

/// Makes the lists of groups, campaigns and software, and the page that compares them.
struct ThreatListPageBuilder: Sendable {
  private let content: SiteContent
  private let frames: FrameBuilder
  private let rows: [TechniqueID: CoverageReview.TechniqueRow]

  init(_ content: SiteContent, _ frames: FrameBuilder) {
    self.content = content
    self.frames = frames
    rows = content.review.coverage.rowsByTechnique
  }

  func page(of kind: AttackObjectID.Kind) -> ThreatListPage {
    let address = Address.threats(kind)
    let hasTelemetry = content.collected != nil
    let objects = ThreatItemBuilder.byName(frames.map.threats.pages(of: kind))
    let lead =
      "\(kind.listTitle) of \(content.attack.title), with the techniques that each uses itself and how many of them "
      + (hasTelemetry ? "run here, if only in part." : "counted rules here cover.")
    let left = all(kind).count(where: \.isActive) - objects.count
    return ThreatListPage(
      frame: frames.frame(
        of: address, titles: [kind.listTitle, "ATT&CK"], summary: lead, crumbs: [("ATT&CK", .matrix)],
        showsAttack: true),
      title: kind.listTitle, lead: lead, others: ThreatListPageBuilder.links(frames.map, from: address),
      summary: "\(kind.counted(objects.count)), by name",
      found: hasTelemetry ? "Run" : "Covered",
      rows: objects.compactMap { object in
        let tally = TechniqueTally(of: object.techniques.compactMap { rows[$0]?.state })
        return frames.map.threat(object.id, from: address).map { page in
          ThreatRow(
            id: object.id.description, name: object.name, page: page, aliases: object.aliases,
            techniques: tally.techniques, found: tally.found(hasTelemetry: hasTelemetry), uncovered: tally.uncovered,
            rules: frames.map.threats.rules[object.id]?.count ?? 0)
        }
      },
      hidden: left > 0 ? "\(kind.counted(left)) that no rule here names \(left == 1 ? "isn’t" : "aren’t") listed." : nil
    )
  }

  func comparePage() -> ComparePage {
    ComparePage(
      frame: frames.frame(
        of: .compare, titles: ["Compare", "ATT&CK"],
        summary: "Groups, campaigns and software side by side: what they use, and what of it is covered.",
        crumbs: [("ATT&CK", .matrix)], showsAttack: true),
      title: "Compare groups, campaigns and software",
      lists: ThreatListPageBuilder.links(frames.map, from: .compare))
  }

  /// Links to the lists that the site has, and to the comparison, without the page itself.
  static func links(_ map: SiteMap, from address: Address) -> [TitledLink] {
    let kinds = map.threats.listed
    guard !kinds.isEmpty else { return [] }
    let pages = kinds.map { ($0.listTitle, Address.threats($0)) } + [("Compare", .compare)]
    return pages.filter { $0.1 != address }.map { TitledLink(title: $0, page: address.link(to: $1)) }
  }

  private func all(_ kind: AttackObjectID.Kind) -> [AttackObject] {
    switch kind {
    case .campaign: content.attack.campaigns
    case .software: content.attack.software
    default: content.attack.groups
    }
  }
}
