import RuleModel

/// Makes the model of a rule's page.
struct RulePageBuilder: Sendable {
  let content: SiteContent
  let frames: FrameBuilder
  /// The frames of rules' pages depend on the dialect and title, and on whether ATT&CK names appear on the page.
  let frameOfKind: [FrameKind: SiteFrame]

  struct FrameKind: Hashable {
    var dialect: Dialect
    var showsAttack: Bool
  }

  init(_ content: SiteContent, _ frames: FrameBuilder) {
    self.content = content
    self.frames = frames
    let kinds = content.index.indicators.dialects.flatMap { dialect in
      [true, false].map { FrameKind(dialect: dialect, showsAttack: $0) }
    }
    frameOfKind = kinds.reduce(into: [:]) { result, kind in
      result[kind] = frames.frame(
        of: .rule(RuleKey(dialect: kind.dialect, slug: "")), titles: [], summary: nil,
        crumbs: [("Detection rules", .rules), (kind.dialect.label, .rules(of: kind.dialect))],
        showsAttack: kind.showsAttack)
    }
  }

  func page(of number: RuleID) -> RulePage {
    let rule = content.index.rules[number]
    let address = Address.rule(rule.key)
    let attack = attackSection(of: number, at: address)
    var page = RulePage(
      frame: frame(of: rule, at: address, showsAttack: attack != nil), title: rule.title,
      facts: facts(of: number, at: address))
    page.notices = notices(of: number, at: address)
    page.description = paragraphs(of: rule.description ?? "")
    if !rule.notes.isEmpty {
      var builder = NoteSectionBuilder(content, frames.map, at: address)
      page.notes = builder.section(rule.notes)
    }
    page.attack = attack
    page.references = rule.references.map(reference)
    page.events = eventSection(of: number, at: address)
    page.sameAction = sameAction(of: number, at: address)
    page.body = body(of: rule)
    page.stages = stageSection(of: number, at: address)
    page.exclusions = valueTable(content.index.exclusions, isExcluded: true, of: number, at: address)
    page.indicators = valueTable(content.index.indicators, isExcluded: false, of: number, at: address)
    page.falsePositives = rule.falsePositives
    page.simulations = SimulationTableBuilder(content, frames, at: address).table(of: rule.simulations)
    page.related = relatedSection(of: number, at: address)
    page.neighbours = neighbourSection(of: number, at: address)
    let shown = page.body?.lines.first.map { $0.number..<$0.number + (page.body?.lines.count ?? 0) } ?? 1..<1
    page.findings = content.findings.ofRules[number].map { finding($0, of: rule, showing: shown, at: address) }
    return page
  }
}
