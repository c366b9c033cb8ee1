import Analysis
import Attack
import Diagnostics
import Events
import RuleModel
import Templates
import Text

// What ATT&CK says about a technique.

extension TechniquePageBuilder {
  /// - Parameter depth: what holds the technique up; nil if nothing does.
  func strategySection(
    of id: TechniqueID, _ events: NamedEvents, _ depth: DepthReview.Depth?, at address: Address
  ) -> StrategySection? {
    let strategies = content.attack.strategies(for: id)
    var platforms: [Analytic.LogSource: Set<String>] = [:]
    for analytic in strategies.flatMap(\.analytics) {
      for source in analytic.logSources { platforms[source, default: []].formUnion(analytic.platforms) }
    }
    guard !platforms.isEmpty else { return nil }
    let sorted = platforms.sorted { left, right in
      let (one, other) = (left.key.component.name, right.key.component.name)
      return one == other ? left.key < right.key : inByteOrder(one, other)
    }
    return StrategySection(
      strategies: strategies.map { strategy in
        TitledLink(title: strategy.id.description, page: strategy.id.sourceLink?.page)
      },
      summary: summary(of: events, logSources: platforms.count), depth: depth.flatMap(sourceWords),
      unread: unreadTable(of: events, at: address),
      rows: Folded(sorted, seen: 12, most: 100).map { source, platforms in
        StrategyRow(
          component: source.component.name, logSource: source.name, channel: source.channel,
          platforms: platforms.sorted(),
          reading: reading(of: source, events) + (isCollected(source) == false ? "; not collected" : ""))
      })
  }

  /// What holds a technique up: `thin: one event, Microsoft-Windows-Sysmon 1`, `4 rules, 3 events, 2 levels`.
  func words(_ depth: DepthReview.Depth) -> String {
    guard depth.thin.isEmpty else { return "thin: \(depth.thin.map(\.words).joined(separator: "; "))" }
    return "\(counted(depth.rules.count, "rule")), \(depth.shortWords)"
  }

  /// Which of several log sources the rules read: `The rules that run read 2 of these 5 log sources; 1 isn’t collected.`
  private func sourceWords(_ depth: DepthReview.Depth) -> String? {
    guard depth.sources.count > 1 else { return nil }
    let read = depth.sources.count { $0.isRead }
    let missing = depth.sources.count { !$0.isRead && $0.isCollected == false }
    let runs = depth.rules.contains { content.collected?.view.states[$0].canFire == true }
    let rules = runs ? "The rules that run" : "The rules"
    return "\(rules) read \(read == 0 ? "none" : grouped(read)) of these \(grouped(depth.sources.count)) log sources"
      + (missing == 0 ? "." : "; \(grouped(missing)) \(missing == 1 ? "isn’t" : "aren’t") collected.")
  }

  func summary(of events: NamedEvents, logSources: Int) -> String {
    let sources = counted(logSources, "log source")
    switch (events.total, events.unread.count) {
    case (0, _): return sources
    case (1, 0): return "\(sources), 1 event, read by rules here"
    case (let total, 0): return "\(sources), \(grouped(total)) events, all read by rules here"
    case (1, _): return "\(sources), 1 event, not read by any rule here"
    case (let total, let unread):
      return
        "\(sources), \(grouped(total)) events, \(grouped(unread)) of them not read by any rule here"
    }
  }

  func unreadTable(of events: NamedEvents, at address: Address) -> UnreadEventTable? {
    let rows = Folded(events.unread, seen: 12, most: 100)
    guard !rows.isEmpty else { return nil }
    return UnreadEventTable(
      rows: rows.map { unread in
        let title = content.events.title(of: unread.event)
        let event = MappedEvent(event: unread.event, title: title)
        return UnreadEventRow(event: EventRow(event, frames.map, from: address), elsewhere: unread.elsewhere)
      })
  }

  /// Whether one of a log source's events is collected; nil if that isn't known.
  private func isCollected(_ source: Analytic.LogSource) -> Bool? {
    guard let view = content.collected?.view, let events = content.strategies.references[source]?.events,
      !events.isEmpty
    else { return nil }
    return events.contains { (frames.map.share(of: $0) ?? view.share(of: $0)) != .none }
  }

  /// How the rules use a log source that ATT&CK names.
  func reading(of source: Analytic.LogSource, _ events: NamedEvents) -> String {
    func read(_ rules: Int, _ what: String) -> String {
      "\(counted(rules, "rule")) \(rules == 1 ? "reads" : "read") \(what)"
    }
    switch content.strategies.references[source] {
    case .events(let named):
      let rules = events.rules(ofAny: named)
      if rules > 0 { return read(rules, named.count == 1 ? "it" : "one of its events") }
      let all = events.rules(readingAllAround: named)
      if all > 0 { return read(all, "all of its provider") }
      return named.count == 1 ? "no rule reads it" : "no rule reads any of its events"
    case .provider(let provider):
      let rules = events.rules(ofAny: [Event(provider: provider, name: "*")])
      return rules == 0 ? "no rule reads this log" : read(rules, "this log")
    case .unknown, nil: return "not in the event map"
    }
  }

  func userLists(of id: TechniqueID, at address: Address) -> [AttackUserList] {
    let users = content.attack.users(of: id).compactMap(content.attack.object)
    let items = ThreatItemBuilder(content, frames.map, at: address)
    return ThreatPlan.kinds.compactMap { kind in
      items.list(kind.listTitle, users.filter { $0.id.kind == kind })
    }
  }
}
