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
    let objects = ThreatItemBuilder.byName(frames.map.threats.pages(of: kind).compactMap(content.attack.object))
    let lead =
      "\(kind.listTitle) of \(content.attack.title), with the techniques that each uses itself and how many of them "
      + (hasTelemetry ? "run here, if only in part." : "counted rules here cover.")
    let left = all(kind).count(where: \.isActive) - objects.count
    var others = ThreatListPageBuilder.links(frames.map, from: address)
    others.removeAll { $0.title == kind.listTitle }
    return ThreatListPage(
      frame: frames.frame(
        of: address, titles: [kind.listTitle, "ATT&CK"], summary: lead, crumbs: [("ATT&CK", .matrix)],
        showsAttack: true),
      title: kind.listTitle, lead: lead, others: others, summary: "\(kind.counted(objects.count)), by name",
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
      lists: ThreatListPageBuilder.links(frames.map, from: .compare).filter { $0.title != "Compare" })
  }

  /// The lists that the site has, and the comparison.
  static func links(_ map: SiteMap, from address: Address) -> [TitledLink] {
    let kinds = map.threats.listed
    guard !kinds.isEmpty else { return [] }
    return kinds.map { TitledLink(title: $0.listTitle, page: address.link(to: .threats($0))) }
      + [TitledLink(title: "Compare", page: address.link(to: .compare))]
  }

  private func all(_ kind: AttackObjectID.Kind) -> [AttackObject] {
    switch kind {
    case .campaign: content.attack.campaigns
    case .software: content.attack.software
    default: content.attack.groups
    }
  }
}
