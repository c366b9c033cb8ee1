import Analysis
import Attack
import Diagnostics
import Events
import RuleModel
import Templates
import Text

// The rules of a technique, its neighbours, and what the rules have in common.

extension TechniquePageBuilder {
  func ruleTables(of id: TechniqueID, _ entry: TechniqueCoverage.Entry, at address: Address) -> [RuleTable] {
    let own = Set(entry.own)
    let others = entry.all.filter { !own.contains($0) }
    var first = tables.table(
      others.isEmpty ? "Its rules" : "Rules of its own", entry.own, word: "\(id)", from: address)
    first?.isAlone = others.isEmpty
    return [
      first,
      tables.table("Rules of its sub-techniques", others, word: "\(id).", from: address),
    ].compactMap { $0 }
  }

  func neighbours(of id: TechniqueID, _ number: TechniqueIndex, at address: Address) -> MatrixNeighbours? {
    var section = MatrixNeighbours()
    let rows = TechniqueRowBuilder(content, frames, states, from: address)
    let family = id.parent ?? id
    let subtechniques = content.attack.subtechniques(of: family).compactMap { content.attack.index(of: $0.id) }
    if let top = content.attack.index(of: family), !subtechniques.isEmpty {
      section.family = TechniqueTable(
        title: (id.isSubtechnique ? "Its technique and all sub-techniques. " : "Itself and its sub-techniques. ")
          + TechniqueRowBuilder.columns,
        rows: [rows.row(top, isCurrent: top == number)]
          + subtechniques.map { rows.row($0, isCurrent: $0 == number, isSub: true) })
    }
    if !id.isSubtechnique {
      section.columns = zip(content.attack.tactics, layout.columns).compactMap { tactic, cells in
        guard let at = cells.firstIndex(where: { $0.technique == number }) else { return nil }
        func cell(_ at: Int) -> TitledLink? {
          guard cells.indices.contains(at) else { return nil }
          let technique = content.attack.techniques[cells[at].technique]
          let rules = content.index.techniques.techniques[cells[at].technique].counted
          return TitledLink(
            title: "\(technique.name), \(counted(rules, "rule"))",
            page: frames.map.technique(technique.id, from: address))
        }
        return ColumnNeighbours(
          tactic: TitledLink(title: tactic.name, page: frames.map.tactic(tactic.id, from: address)),
          previous: cell(at - 1), next: cell(at + 1))
      }
    }
    return section.family == nil && section.columns.isEmpty ? nil : section
  }

  // MARK: What the rules have in common

  func addGuide(of rules: [RuleID], _ named: NamedEvents, to page: inout TechniquePage, at address: Address) {
    guard !rules.isEmpty else { return }
    let guide = AuthoringGuide(of: rules, in: content.index, fields: fields)
    let events = Folded(guide.events, seen: 12, most: 200)
    if !events.isEmpty {
      let largest = guide.events.first?.rules ?? 0
      page.events = EventUseTable(
        rows: events.map { use in
          EventUseRow(
            event: EventRow(use.event, frames.map, from: address), naming: naming(of: use.event.event, named),
            rules: use.rules, largest: largest)
        })
    }
    let tested = Folded(guide.fields, seen: 12, most: 100)
    if !tested.isEmpty {
      page.fields = FieldUseTable(
        rows: tested.map { use in
          FieldUseRow(
            field: use.name, page: frames.map.field(use.name, from: address), rules: use.rules,
            catalog: use.catalog,
            kinds: use.kinds.map { "\($0.kind.words) \(grouped($0.rules))" }.joined(separator: ", "),
            values: use.values.map { FieldValueItem($0, frames.map, from: address) })
        })
    }
    let shared = SharedTestBuilder(frames.map)
    page.values = shared.table(
      "What two or more of the counted rules look for.", guide.indicators, isExcluded: false, at: address)
    page.exclusions = shared.table(
      "What two or more of the counted rules exclude: the false positives that their authors met.", guide.exclusions,
      isExcluded: true, at: address)
  }

  /// Whether ATT&CK names an event that rules read, or an equivalent one.
  func naming(of event: Event, _ named: NamedEvents) -> String {
    if named.contains(event) { return "names it" }
    let same = content.events.equivalents(of: event).first { pair in
      pair.quality == .same && pair.second.map { named.contains($0) } == true
    }
    return same?.second.map { "names \($0.words), which reports the same" } ?? "doesn’t"
  }
}

extension EventRow {
  init(_ mapped: MappedEvent, _ map: SiteMap, from address: Address) {
    self.init(
      provider: mapped.event.provider, providerPage: map.provider(mapped.event.provider, from: address),
      event: mapped.event.name, page: map.event(mapped.event, from: address),
      title: mapped.event.isAny ? "any event of the provider" : mapped.title, share: map.share(of: mapped.event))
  }
}
