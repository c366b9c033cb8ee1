import Analysis
import RuleModel
import Templates

extension CoveragePageBuilder {
  /// What has changed since the last recorded state.
  func historySection() -> HistorySection? {
    guard let history = content.review.history, let last = history.kept.last else { return nil }
    let changes = history.changes
    let lists =
      stateLists(changes.states) + [
        ChangeList(title: "Techniques gained", items: Folded(changes.techniques.gained, seen: 12, most: 60).map(item)),
        ChangeList(title: "Techniques lost", items: Folded(changes.techniques.lost, seen: 12, most: 60).map(item)),
        ChangeList(title: "Events gained", items: Folded(changes.events.gained, seen: 12, most: 60).map(item)),
        ChangeList(title: "Events lost", items: Folded(changes.events.lost, seen: 12, most: 60).map(item)),
        ChangeList(title: "Rules added", items: Folded(changes.added, seen: 12, most: 100).map { item($0) }),
        ChangeList(title: "Rules removed", items: Folded(changes.removed, seen: 12, most: 100).map { removed($0) }),
        ChangeList(
          title: "Rules moved",
          items: Folded(changes.moved, seen: 12, most: 100).map { moved in
            item(moved.new, what: "\(moved.old.source) → \(moved.new.source)")
          }),
        changeList("Rules that detect something else", changes) { $0.changesDetection },
        changeList("Rules changed otherwise", changes) { !$0.changesDetection },
      ]
    let counts = [
      (changes.added.count, "added"), (changes.removed.count, "removed"), (changes.moved.count, "moved"),
      (changes.changed.count, "changed"),
    ]
    .filter { $0.0 > 0 }.map { "\(counted($0, "rule")) \($1)" }
    let totals = history.kept.map { ($0.name, $0.totals) } + [("now", history.now)]
    let largest = totals.map(\.1.techniques).max() ?? 0
    return HistorySection(
      since: last.name,
      summary: counts.isEmpty ? "no rule was added, removed or changed" : counts.joined(separator: ", "),
      remarks: [changes.attackRemark, changes.formatRemark, changes.telemetryRemark].compactMap { $0 },
      lists: lists.filter { !$0.items.isEmpty },
      trend: totals.map { name, totals in
        TrendRow(
          name: name, rules: totals.rules, counted: totals.counted, techniques: totals.techniques,
          running: totals.running, partlyBlind: totals.partlyBlind, events: totals.events, largest: largest)
      },
      showsRunning: totals.contains { $0.1.running != nil })
  }

  private func changeList(
    _ title: String, _ changes: CatalogChanges, _ isIncluded: (CatalogChanges.ChangedRule) -> Bool
  ) -> ChangeList {
    ChangeList(
      title: title,
      items: Folded(changes.changed.filter(isIncluded), seen: 12, most: 100).map {
        item($0.new, what: changes.words(of: $0))
      })
  }

  /// The techniques and rules whose state changed, each with the reason, by what became of them.
  private func stateLists(_ states: StateChanges?) -> [ChangeList] {
    guard let states else { return [] }
    let lists = states.byKind.flatMap { kind, techniques, rules in
      [
        ChangeList(
          title: "Techniques that \(kind.words)",
          items: Folded(techniques, seen: 12, most: 100).map {
            item($0.technique, what: $0.reason)
          }),
        ChangeList(
          title: "Rules that \(kind.words)",
          items: Folded(rules, seen: 12, most: 100).map {
            item($0.new, what: $0.reason)
          }),
      ]
    }
    return lists + [
      ChangeList(
        title: "Events now collected", items: Folded(states.collected.gained, seen: 12, most: 60).map(item)),
      ChangeList(
        title: "Events no longer collected", items: Folded(states.collected.lost, seen: 12, most: 60).map(item)),
    ]
  }

  private func item(_ id: TechniqueID) -> ChangeItem { item(id, what: nil) }

  private func item(_ id: TechniqueID, what: String?) -> ChangeItem {
    let name = content.attack.technique(id) == nil ? "" : " \(content.attack.fullName(of: id))"
    return ChangeItem(title: "\(id)\(name)", page: frames.map.technique(id, from: address), what: what)
  }

  private func item(_ event: Event) -> ChangeItem {
    ChangeItem(title: event.words, page: frames.map.event(event, from: address))
  }

  private func item(_ entry: CatalogSnapshot.Entry, what: String? = nil) -> ChangeItem {
    ChangeItem(title: entry.title, page: address.link(to: .rule(entry.key)), what: what)
  }

  private func removed(_ entry: CatalogSnapshot.Entry) -> ChangeItem {
    ChangeItem(title: entry.title, what: entry.source)
  }
}
