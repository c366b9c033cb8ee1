import Analysis
import Diagnostics
import RuleModel
import Templates
import Text

/// Makes the model of the home page.
struct HomePageBuilder {
  private let content: SiteContent
  private let frames: FrameBuilder
  private let lists: RuleListBuilder
  /// The ids of the facets in the list of all rules.
  private let facets: Set<String>
  private let findings: Int
  private let address = Address.home

  /// - Parameter findings: the number of findings that `lint.html` shows.
  init(_ content: SiteContent, _ frames: FrameBuilder, _ lists: RuleListBuilder, findings: Int) {
    self.findings = findings
    self.content = content
    self.frames = frames
    self.lists = lists
    facets = Set(lists.filtersOfAll.flatMap { $0.options.map(\.id) })
  }

  func page() -> HomePage {
    let rules = counted(content.index.rules.count, "rule")
    let lead =
      "\(rules), read into one model: what they look for, on which events, and how they cover ATT&CK \(content.attack.version)."
    var page = HomePage(
      frame: frames.frame(of: address, titles: [], summary: lead, showsAttack: true), title: content.title, lead: lead,
      figures: figures(), ways: ways(), allRules: address.link(to: .rules))
    page.recent = recent()
    page.makeUp = [byLevel(), byStatus(), byProduct()].filter { !$0.rows.isEmpty }
    page.tally = [
      (content.tally.rules, "rule file"), (content.tally.correlations, "correlation file"),
      (content.tally.filters, "filter file"), (content.tally.notRules, "other file"),
      (content.tally.broken, "broken file"),
    ].map { count, label in Figure(count: count, label: count == 1 ? label : label + "s") }
    return page
  }

  private func figures() -> [Figure] {
    func figure(_ count: Int, _ one: String, _ many: String, _ page: Link? = nil) -> Figure {
      Figure(count: count, label: count == 1 ? one : many, page: page)
    }
    let techniques = content.index.techniques.total.covered
    let read = frames.map.eventPlan.read
    return [
      Figure(
        count: content.index.rules.count, label: content.index.rules.count == 1 ? "rule" : "rules",
        page: address.link(to: .rules)),
      Figure(
        count: techniques, label: techniques == 1 ? "technique" : "techniques", page: address.link(to: .matrix)),
      figure(read.events, "event", "events", address.link(to: .events)),
      figure(read.providers, "provider", "providers", address.link(to: .events)),
      figure(content.index.indicators.ruleCounts.count, "indicator", "indicators", address.link(to: .indicators)),
      figure(findings, "finding", "findings", address.link(to: .lint)),
    ]
  }

  private func ways() -> [Way] {
    let rules = lists.all.filter { $0.dialect == nil || lists.all.count > 2 }.map { listed in
      Way(
        title: listed.dialect?.label ?? "Rules", page: address.link(to: listed.address), count: listed.rules.count,
        text: listed.dialect.map { "The rules written in \($0.label)" }
          ?? "Every rule with its tests as a tree, its events, what it excludes, and what it shares with others")
    }
    let fields = frames.map.fieldPlan.fields.count
    return rules + [
      Way(
        title: "ATT&CK", page: address.link(to: .matrix), count: content.index.techniques.total.covered,
        text:
          "The matrix, with the rules for each technique and what they have in common, to help you write the next one"),
      Way(
        title: "Events", page: address.link(to: .events),
        count: frames.map.eventPlan.read.events,
        text: "What rules read, by provider: the fields of each event, what rules test in them, and how to turn it on"
      ),
      Way(
        title: "Log sources", page: address.link(to: .logSources), count: frames.map.logSourcePlan.uses.count,
        text: "The products, categories and services that rules name, with their rules and events"),
      Way(
        title: "Fields", page: address.link(to: .fields), count: fields,
        text: "Each field with its values, by the number of rules that share them, and its names in other schemas"),
      Way(
        title: "Indicators", page: address.link(to: .indicators), count: content.index.indicators.ruleCounts.count,
        text: "The most shared indicators and exclusions, and the pairs of rules that are worth merging"),
      Way(
        title: "Coverage", page: address.link(to: .coverage), count: content.review.coverage.totals.covered,
        text: "What runs, what is blind, which techniques are uncovered, and what would close the gaps"),
      Way(
        title: "At a glance", page: address.link(to: .pictures),
        text: "The catalog in pictures for a report or a wiki: coverage, levels, growth, events"),
    ]
  }

  private func recent() -> [RecentRow] {
    (lists.all.first?.rules ?? []).prefix(10).compactMap { number in
      let rule = content.index.rules[number]
      guard let date = rule.lastChange else { return nil }
      return RecentRow(
        title: rule.title, page: address.link(to: .rule(rule.key)), logSource: rule.shortWords,
        level: rule.level,
        change: rule.modified == nil || rule.modified == rule.date ? .new : .changed, date: date)
    }
  }

  // MARK: Composition

  private func byLevel() -> ShareTable {
    let counts = count { $0.level?.rawValue }
    return ShareTable(
      title: "By level", head: "Level",
      rows: Level.allCases.reversed().compactMap { level in
        row(level.rawValue, mark: "lv \(level)", facet: (.level, level.rawValue), count: counts[level.rawValue])
      })
  }

  private func byStatus() -> ShareTable {
    let counts = count { $0.status?.rawValue }
    return ShareTable(
      title: "By status", head: "Status",
      rows: Status.allCases.compactMap { status in
        row(status.rawValue, mark: "st \(status)", facet: (.status, status.rawValue), count: counts[status.rawValue])
      })
  }

  private func byProduct() -> ShareTable {
    let counts = content.index.rules.reduce(into: [String: Int]()) { counts, rule in
      for product in rule.products { counts[product, default: 0] += 1 }
    }
    let largest = counts.sorted { left, right in
      left.value != right.value ? left.value > right.value : inByteOrder(left.key, right.key)
    }
    return ShareTable(
      title: largest.count > 10 ? "By product, the ten largest" : "By product", head: "Product",
      rows: largest.prefix(10).compactMap { row($0.key, mark: nil, facet: (.product, $0.key), count: $0.value) })
  }

  private func count(_ property: (Rule) -> String?) -> [String: Int] {
    content.index.rules.reduce(into: [:]) { counts, rule in
      if let value = property(rule) { counts[value, default: 0] += 1 }
    }
  }

  private func row(_ label: String, mark: String?, facet: (Facet.Key, String), count: Int?) -> ShareRow? {
    count.map {
      let id = FacetOption.id(facet.0, facet.1)
      // A value that all rules have narrows nothing, and isn't among the list's facets.
      let page = address.link(to: .rules, fragment: facets.contains(id) ? id : nil)
      return ShareRow(label: label, mark: mark, page: page, count: $0)
    }
  }
}
