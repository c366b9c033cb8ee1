import Analysis
import Attack
import Diagnostics
import Events
import RuleModel
import Templates
import Text

/// Makes the models of the pages of techniques.
struct TechniquePageBuilder: Sendable {
  let content: SiteContent
  let frames: FrameBuilder
  let tables: RuleTableBuilder
  let layout: MatrixLayout
  let fields: FieldCounts
  let readers: EventReaders
  /// By technique; active ones only.
  let rows: [TechniqueID: CoverageReview.TechniqueRow]
  /// Empty without telemetry.
  let states: [TechniqueID: TechniqueState]

  init(_ content: SiteContent, _ frames: FrameBuilder, _ tables: RuleTableBuilder, _ layout: MatrixLayout) {
    self.content = content
    self.frames = frames
    self.tables = tables
    self.layout = layout
    fields = FieldCounts(of: frames.map.fieldPlan.fields.map(\.use), in: content.index.indicators)
    readers = EventReaders(countedIn: content.index)
    rows = content.review.coverage.rowsByTechnique
    states = content.review.statesByTechnique
  }

  /// - Parameter id: an id in the loaded version of ATT&CK.
  func page(of id: TechniqueID) -> TechniquePage {
    let address = Address.technique(id)
    let name = content.attack.fullName(of: id)
    var page = TechniquePage(
      frame: frame(of: id, name, at: address), name: name, id: id.description,
      facts: TechniqueFacts(source: id.sourceLink))
    page.facts.parent = id.parent.map { titledLink(to: $0, from: address) }
    if let note = content.index.notes.techniques[id] {
      var builder = NoteSectionBuilder(content, frames.map, at: address)
      page.notes = builder.section([note])
    }
    guard let number = content.attack.index(of: id), let row = rows[id] else {
      page.notices = [notice(of: id, at: address)]
      let naming = content.index.techniques.naming[id] ?? []
      page.rules = [tables.table("Rules that still name it", naming, word: "\(id)", revoked: id, from: address)]
        .compactMap { $0 }
      return page
    }
    let entry = content.index.techniques.techniques[number]
    let events = NamedEvents(row, in: content.index, readers: readers)
    page.summary = row.technique.summary.isEmpty ? nil : row.technique.summary
    if content.collected != nil {
      page.facts.state = MarkedState(mark: StateMark(row.state), reason: row.reason)
    }
    page.facts.scope = row.exclusion?.reason
    let depth = content.review.depth.techniques[id]
    page.facts.depth = depth.map(words)
    fill(&page.facts, of: row.technique, entry, row.rules, at: address)
    page.rules = ruleTables(of: id, entry, at: address)
    page.neighbours = neighbours(of: id, number, at: address)
    page.tests = testTable(of: id, row.rules, at: address)
    page.strategies = strategySection(of: id, events, depth, at: address)
    page.users = userLists(of: id, at: address)
    page.lead = lead(entry, page)
    addGuide(of: row.rules, events, to: &page, at: address)
    return page
  }

  // MARK: Head

  private func frame(of id: TechniqueID, _ name: String, at address: Address) -> SiteFrame {
    var crumbs: [(title: String, address: Address)] = [("ATT&CK", .matrix)]
    if let tactic = content.attack.technique(id)?.tactics.first.flatMap(content.attack.tactic) {
      crumbs.append((tactic.name, .tactic(tactic.id)))
    }
    if let parent = id.parent, frames.map.technique(parent, from: address) != nil {
      crumbs.append(("\(parent) \(content.attack.fullName(of: parent))", .technique(parent)))
    }
    return frames.frame(
      of: address, titles: ["\(name) (\(id))", "ATT&CK"],
      summary: "Detection rules for \(id), \(name): what they watch, test and exclude.", crumbs: crumbs,
      showsAttack: true)
  }

  private func titledLink(to id: TechniqueID, from address: Address) -> TitledLink {
    TitledLink(title: "\(id) \(content.attack.fullName(of: id))", page: frames.map.technique(id, from: address))
  }

  private func notice(of id: TechniqueID, at address: Address) -> RuleNotice {
    switch content.attack.resolve(id) {
    case .active(let successor):
      RuleNotice(
        text: "Revoked: \(content.attack.title) no longer has \(id), and its rules count for",
        rules: [titledLink(to: successor, from: address)])
    case .deprecated, .unknown:
      RuleNotice(text: "Deprecated: ATT&CK has withdrawn \(id) without a replacement. Its rules aren’t counted.")
    }
  }

  private func lead(_ entry: TechniqueCoverage.Entry, _ page: TechniquePage) -> String {
    guard entry.isCovered else {
      var hints: [String] = []
      if let sources = page.strategies?.rows.total {
        hints.append("ATT&CK names \(counted(sources, "log source")) that can show it")
      }
      if let groups = page.users.first(where: { $0.title == "Groups" })?.objects.total {
        hints.append("\(counted(groups, "group")) \(groups == 1 ? "uses" : "use") it")
      }
      return "No counted rule looks for it yet." + (hints.isEmpty ? "" : " \(hints.joined(separator: "; ")).")
    }
    let rules = counted(entry.counted, "counted rule") + (entry.counted == 1 ? " looks for it" : " look for it")
    if entry.ownCounted == entry.counted { return rules + "." }
    return rules
      + ": \(grouped(entry.ownCounted)) of its own, \(grouped(entry.counted - entry.ownCounted)) of its sub-techniques."
  }

  private func fill(
    _ facts: inout TechniqueFacts, of technique: Technique, _ entry: TechniqueCoverage.Entry, _ counted: [RuleID],
    at address: Address
  ) {
    facts.tactics = technique.tactics.map { tactic in
      TitledLink(
        title: content.attack.tactic(tactic)?.name ?? tactic.description, page: frames.map.tactic(tactic, from: address)
      )
    }
    facts.platforms = technique.platforms
    facts.levels = MarkedCount.levels(of: counted, in: content.index)
    facts.statuses = MarkedCount.statuses(of: counted, in: content.index)
    let dialects = counted.reduce(into: [Dialect: Int]()) { $0[content.index.rules[$1].key.dialect, default: 0] += 1 }
    if dialects.count > 1 {
      facts.dialects = content.index.indicators.dialects.compactMap { dialect in
        dialects[dialect].map { MarkedCount(label: dialect.label, count: $0) }
      }
    }
    let others = entry.all.count - entry.counted
    if others > 0 { facts.uncounted = "\(grouped(others)) more: deprecated, unsupported, or not detections" }
  }
}
