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
    pages = all.indices.flatMap { list in (1...max(1, all[list].parts)).map { (list, $0) } }
  }

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
    page.facets = facets(of: listed.rules)
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
    row.facets = otherFacets(of: number).map { FacetOption.id($0, $1) }
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

  // MARK: Facets

  /// The facets of a rule besides level and status: key and word.
  private func otherFacets(of number: RuleID) -> [(Facet.Key, String)] {
    let rule = content.index.rules[number]
    var facets: [(Facet.Key, String)] = []
    if all.count > 2 { facets.append((.dialect, rule.key.dialect.rawValue)) }
    let products = rule.products
    facets += (products.isEmpty ? [RuleListBuilder.noProduct] : products).map { (.product, $0) }
    if let state = content.states?[number] { facets.append((.state, KeptVisibility.State(state).rawValue)) }
    facets += content.index.attack[number].rows.map { (.tactic, $0.tactic.description) }
    return facets
  }

  private static let noProduct = "none"
  /// The maximum number of products in the facet; the others are rare.
  private static let products = 12
  /// Of so many rules, at least one must name a product: a facet of nearly nothing else than "no product" sorts out
  /// nothing.
  private static let rulesByProduct = 10

  /// The facets that a list of these rules can be filtered by; each has at least two values.
  func facets(of rules: some Sequence<RuleID>) -> [Facet] {
    var counts: [Facet.Key: [String: Int]] = [:]
    var (all, named) = (0, 0)
    for number in rules {
      let rule = content.index.rules[number]
      if let level = rule.level { counts[.level, default: [:]][level.rawValue, default: 0] += 1 }
      if let status = rule.status { counts[.status, default: [:]][status.rawValue, default: 0] += 1 }
      all += 1
      if !rule.products.isEmpty { named += 1 }
      for (key, word) in otherFacets(of: number) { counts[key, default: [:]][word, default: 0] += 1 }
    }
    if named * RuleListBuilder.rulesByProduct < all { counts[.product] = nil }
    func facet(_ title: String, _ key: Facet.Key, _ words: [(word: String, label: String, mark: String?)]) -> Facet {
      Facet(
        title: title,
        options: words.compactMap { word in
          (counts[key]?[word.word]).map {
            FacetOption(id: FacetOption.id(key, word.word), label: word.label, mark: word.mark, count: $0)
          }
        })
    }
    let products = (counts[.product] ?? [:])
      .sorted { left, right in
        left.value != right.value ? left.value > right.value : inByteOrder(left.key, right.key)
      }
      .prefix(RuleListBuilder.products).map(\.key)
    return [
      facet("Dialect", .dialect, content.index.indicators.dialects.map { ($0.rawValue, $0.label, nil) }),
      facet("Level", .level, Level.allCases.reversed().map { ($0.rawValue, $0.rawValue, "lv \($0)") }),
      facet("Status", .status, Status.allCases.map { ($0.rawValue, $0.rawValue, "st \($0)") }),
      facet(
        "State", .state,
        [RuleState.runs, .partlyBlind, .blind, .unknown].map { state in
          let mark = StateMark(state)
          return (KeptVisibility.State(state).rawValue, mark.word, mark.marked)
        }),
      facet("Product", .product, products.map { ($0, $0 == RuleListBuilder.noProduct ? "no product" : $0, nil) }),
      facet("Tactic", .tactic, content.attack.tactics.map { ($0.id.description, $0.name, nil) }),
    ].filter { $0.options.count > 1 }
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
