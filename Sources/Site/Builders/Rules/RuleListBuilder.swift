import Analysis
import Diagnostics
import RuleModel
import Templates
import Text

/// Makes the models of the lists of rules: of all dialects, and of each.
struct RuleListBuilder: Sendable {
  /// A list, and the rules in it.
  struct Listed: Sendable {
    /// nil for the list of all dialects.
    var dialect: Dialect?
    /// In the order shown.
    var rules: [RuleID]

    var address: Address { .rules(of: dialect) }
    /// The number of its pages.
    var parts: Int { (rules.count + RuleListBuilder.rowsOfPage - 1) / RuleListBuilder.rowsOfPage }
  }

  private let content: SiteContent
  private let frames: FrameBuilder
  /// The list of all rules, then those of the dialects that have rules.
  let all: [Listed]
  /// All pages: a list, and which of its pages, from 1.
  let pages: [(list: Int, part: Int)]
  private let facets: RuleFacets
  /// For each of the lists, what it can be filtered by: the same on all of its pages.
  private let filters: [OnDemand<[Facet]>]

  /// The maximum number of rules on one page.
  private static let rowsOfPage = 500

  init(_ content: SiteContent, _ frames: FrameBuilder) {
    self.content = content
    self.frames = frames
    let order = newestFirst(content.index.rules)
    let dialects = content.index.indicators.dialects.compactMap { dialect -> Listed? in
      let rules = order.filter { content.index.rules[$0].key.dialect == dialect }
      return rules.isEmpty ? nil : Listed(dialect: dialect, rules: rules)
    }
    let all = [Listed(dialect: nil, rules: order)] + dialects
    self.all = all
    let facets = RuleFacets(content, namesDialects: all.count > 2)
    self.facets = facets
    filters = all.map { listed in OnDemand { facets.filters(of: listed.rules) } }
    pages = all.indices.flatMap { list in (1...max(1, all[list].parts)).map { (list, $0) } }
  }

  /// What the list of all rules can be filtered by.
  var filtersOfAll: [Facet] { filters[0].value }

  func address(of page: Int) -> Address { .rules(of: all[pages[page].list].dialect, part: pages[page].part) }

  func page(_ number: Int) -> RuleListPage {
    let (listed, part) = (all[pages[number].list], pages[number].part)
    let address = address(of: number)
    let name = listed.dialect.map { "\($0.label) rules" } ?? "Detection rules"
    let title = part == 1 ? name : "\(name), page \(part)"
    let logic = part == 1 && listed.dialect != nil ? logic(of: listed) : (share: nil, unread: nil)
    let lead = [self.lead(of: listed), logic.share].compactMap(\.self).joined(separator: " ")
    let above =
      (listed.dialect == nil ? [] : [("Detection rules", Address.rules)]) + (part == 1 ? [] : [(name, listed.address)])
    let start = (part - 1) * RuleListBuilder.rowsOfPage
    let rules = listed.rules[start..<min(start + RuleListBuilder.rowsOfPage, listed.rules.count)]
    var page = RuleListPage(
      frame: frames.frame(of: address, titles: [title], summary: lead, crumbs: above, showsAttack: true),
      title: title, lead: lead, rows: rules.map { row($0, in: listed, from: address) }, before: start,
      total: listed.rules.count)
    if all.count > 2 {
      page.lists = all.filter { $0.dialect != listed.dialect }.map { other in
        TitledLink(
          title: (other.dialect?.label ?? "All dialects") + ", " + counted(other.rules.count, "rule"),
          page: address.link(to: other.address))
      }
      page.dialect = listed.dialect
    }
    page.unread = logic.unread
    page.facets = filters[pages[number].list].value
    page.parts = partLinks(of: listed, at: part)
    return page
  }

  /// The pages of a list: the first, the last, and those around the current one, which has no link.
  private func partLinks(of listed: Listed, at part: Int) -> [TitledLink] {
    if listed.parts < 2 { return [] }
    let shown = Set([1, listed.parts] + Array(part - 5...part + 5)).filter { (1...listed.parts).contains($0) }.sorted()
    return shown.map { other in
      TitledLink(
        title: "Page \(grouped(other))",
        page: other == part
          ? nil : Address.rules(of: listed.dialect, part: part).link(to: .rules(of: listed.dialect, part: other)))
    }
  }

  private func lead(of listed: Listed) -> String {
    guard let dialect = listed.dialect else {
      let dialects = all.compactMap(\.dialect?.label)
      return
        "\(counted(listed.rules.count, "rule")) from \(counted(content.tally.total, "file")): \(dialects.joined(separator: ", "))."
    }
    let written = listed.rules.count == 1 ? "is written" : "are written"
    return
      "\(counted(listed.rules.count, "rule")) of \(grouped(content.index.rules.count)) \(written) in \(dialect.label)."
  }

  /// How much of the rules' logic is read, in a sentence, and what isn't: up to 100 parts, in the order of the list.
  private func logic(of listed: Listed) -> (share: String?, unread: UnreadParts?) {
    var rows: [UnreadPart] = []
    var (sum, rules) = (CoverageReview.LanguageRow(), 0)
    for number in listed.rules {
      let rule = content.index.rules[number]
      let before = sum.opaque
      for stage in rule.stages {
        stage.predicate.forEachLeaf { leaf, _ in
          sum.add(leaf)
          guard case .text(let text) = leaf, text.meaning == .opaque, rows.count < 100 else { return }
          rows.append(
            UnreadPart(
              rule: TitledLink(title: rule.title, page: listed.address.link(to: .rule(rule.key))), text: text.text))
        }
      }
      if sum.opaque > before { rules += 1 }
    }
    let parts = sum.opaque
    let whose = listed.rules.count == 1 ? "its" : "their"
    let share =
      sum.leaves == 0 ? nil : "\(percent(sum.understood, of: sum.leaves)) of \(whose) logic is read."
    if parts == 0 { return (share, nil) }
    return (
      share,
      UnreadParts(
        title: "\(counted(parts, "part")) of \(counted(rules, "rule")) can’t be read", rows: rows,
        more: parts > rows.count ? "and \(grouped(parts - rows.count)) more" : nil)
    )
  }

  private func row(_ number: RuleID, in listed: Listed, from address: Address) -> RuleRow {
    var row = plainRow(number, from: address)
    if listed.dialect != nil { row.dialect = nil }
    row.facets = facets.others(of: number).map { FacetOption.id($0, $1) }
    return row
  }

  /// A rule's row without facets, for pages where the list has no filters.
  ///
  /// - Parameter revoked: a revoked id, shown before its replacement: `T1562.001 → T1685`.
  func plainRow(_ number: RuleID, revoked: TechniqueID? = nil, from address: Address) -> RuleRow {
    let rule = content.index.rules[number]
    var row = RuleRow(title: rule.title, page: address.link(to: .rule(rule.key)), logSource: rule.shortWords)
    if all.count > 2 { row.dialect = rule.key.dialect }
    row.level = rule.level
    row.status = rule.status
    row.state = content.states.map { StateMark($0[number]) }
    let coverage = content.index.attack[number]
    let replaced = revoked.flatMap { revoked in coverage.revoked.first { $0.written == revoked.description } }
    row.techniques = coverage.techniques.map {
      let id = $0.description
      return TitledLink(
        title: replaced.map { $0.active == id ? "\($0.written) → \(id)" : id } ?? id,
        page: frames.map.technique($0, from: address))
    }
    row.date = rule.lastChange
    return row
  }
}

/// The rules, most recently changed first; those without a date last; then by title and key.
func newestFirst(_ rules: RuleColumn<Rule>) -> [RuleID] {
  let order = rules.mapValues { (change: $0.lastChange, title: $0.title.lowercased(), key: $0.key) }
  return rules.indices.sorted { left, right in
    let (left, right) = (order[left], order[right])
    switch (left.change, right.change) {
    case (let first?, let second?) where first != second: return first > second
    case (.some, nil): return true
    case (nil, .some): return false
    default:
      let order = byteOrder(left.title, right.title)
      return order == 0 ? left.key < right.key : order < 0
    }
  }
}

extension Rule {
  /// When it was last changed or, if it never was, written.
  var lastChange: CalendarDate? {
    switch (date, modified) {
    case (let date?, let modified?): max(date, modified)
    default: modified ?? date
    }
  }
}

extension Rule {
  /// What it reads, on one line: its log source; for a correlation, its type.
  var shortWords: String {
    guard ruleClass == .correlation else { return logSources.shortWords }
    return ["correlation", correlation?.kind?.rawValue].compactMap(\.self).joined(separator: " · ")
  }
}

extension [LogSource] {
  /// On one line: `windows · ps_module, windows · ps_script`; if there are more than two, the first and how many more
  /// there are.
  var shortWords: String {
    count > 2 ? "\(self[0].shortWords), \(count - 1) more" : map(\.shortWords).joined(separator: ", ")
  }
}

extension LogSource {
  /// On one line, the most general first: `windows · process_creation`.
  var shortWords: String { [product, category, service].compactMap { $0 }.joined(separator: " · ") }
}
