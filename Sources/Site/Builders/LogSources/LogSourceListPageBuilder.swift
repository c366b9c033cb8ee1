import Analysis
import Events
import RuleModel

/// Makes the model of the list of log sources.
struct LogSourceListPageBuilder: Sendable {
  private let content: SiteContent
  private let frames: FrameBuilder
  private let tables: RuleTableBuilder
  private let plan: LogSourcePlan
  private let address = Address.logSources

  /// The maximum number of events beside a log source, and of rules under it; other rules are found through the events.
  private static let (eventsShown, rulesShown) = (12, 24)

  init(_ content: SiteContent, _ frames: FrameBuilder, _ tables: RuleTableBuilder) {
    self.content = content
    self.frames = frames
    self.tables = tables
    plan = frames.map.logSourcePlan
  }

  func page() -> LogSourceListPage {
    let unread = unread()
    let lead =
      "\(counted(plan.uses.count, "log source")) that rules name: the product, the category of events or the service whose log "
      + "they read. The event map says which events each holds."
    return LogSourceListPage(
      frame: frames.frame(of: address, titles: ["Log sources"], summary: lead, showsAttack: false),
      title: "Log sources", lead: lead, unmapped: unmapped(), rows: plan.uses.indices.map(row), unread: unread)
  }

  private func row(_ number: Int) -> LogSourceRow {
    let use = plan.uses[number]
    let rules = tables.sorted(use.rules)
    // A log source that the map doesn't know has no events through which its rules could be found.
    let shown = use.events.isEmpty ? rules[...] : rules.prefix(LogSourceListPageBuilder.rulesShown)
    return LogSourceRow(
      anchor: plan.anchors[number], title: use.logSource.shortWords, rules: rules.count,
      events: events(of: use),
      isMapped: use.unmapped == nil,
      first: shown.map { rule in
        let rule = content.index.rules[rule]
        return FieldRuleItem(title: rule.title, page: address.link(to: .rule(rule.key)), level: rule.level)
      })
  }

  private func events(of use: LogSourceUse) -> UseList {
    var provider: String?
    let uses = use.events.prefix(LogSourceListPageBuilder.eventsShown).map { used in
      let event = used.event.event
      // A provider's name is shown once for consecutive events.
      let name = event.isAny ? "any event" : event.name
      let title = event.provider == provider ? name : "\(event.provider) \(name)"
      provider = event.provider
      return UseItem(title: title, page: frames.map.event(event, from: address), count: used.rules)
    }
    return UseList(uses: uses, hidden: max(0, use.events.count - uses.count))
  }

  private func unmapped() -> [UnmappedLogSourceItem] {
    plan.uses.enumerated().compactMap { number, use in
      use.unmapped.map { unmapped in
        UnmappedLogSourceItem(
          title: use.logSource.shortWords, row: address.link(to: address, fragment: plan.anchors[number]),
          rules: use.rules.count, nearest: unmapped.nearest?.shortWords, entry: unmapped.entry)
      }
    }
  }

  private func unread() -> [UnreadLogSourceItem] {
    content.events.logSources.filter { $0.isInTaxonomy && plan.anchor(of: $0.logSource) == nil }
      .map { source in
        var providers: [String] = []
        for target in source.targets where !providers.contains(target.provider) { providers.append(target.provider) }
        return UnreadLogSourceItem(
          title: source.logSource.shortWords,
          providers: providers.map { TitledLink(title: $0, page: frames.map.provider($0, from: address)) })
      }
      .map { (item: $0, order: Array($0.title.utf8)) }
      .sorted { $0.order.lexicographicallyPrecedes($1.order) }.map(\.item)
  }
}
