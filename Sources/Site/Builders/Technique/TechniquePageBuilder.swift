import Analysis
import Attack
import Diagnostics
import Events
import RuleModel
import Templates
import Text

/// Makes the models of the pages of techniques.
struct TechniquePageBuilder: Sendable {
  private let content: SiteContent
  private let frames: FrameBuilder
  private let tables: RuleTableBuilder
  private let layout: MatrixLayout
  private let fields: FieldCounts
  private let readers: EventReaders
  /// By technique, those that are active.
  private let rows: [TechniqueID: CoverageReview.TechniqueRow]
  /// Empty without telemetry.
  private let states: [TechniqueID: TechniqueState]

  init(_ content: SiteContent, _ frames: FrameBuilder, _ tables: RuleTableBuilder, _ layout: MatrixLayout) {
    self.content = content
    self.frames = frames
    self.tables = tables
    self.layout = layout
    fields = FieldCounts(of: frames.map.fieldPlan.fields.map(\.use), in: content.index.indicators)
    readers = EventReaders(countedIn: content.index)
    rows = Dictionary(uniqueKeysWithValues: content.review.coverage.techniques.map { ($0.technique.id, $0) })
    states = content.review.statesByTechnique
  }

  /// - Parameter id: of the loaded version of ATT&CK.
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
    if content.review.collected != nil {
      page.facts.state = MarkedState(mark: StateMark(row.state), reason: row.reason)
    }
    fill(&page.facts, of: row.technique, entry, row.rules, at: address)
    page.rules = ruleTables(of: id, entry, at: address)
    page.neighbours = neighbours(of: id, number, at: address)
    page.strategies = strategySection(of: id, events, at: address)
    page.users = userLists(of: id)
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

  // MARK: Rules and neighbours

  private func ruleTables(of id: TechniqueID, _ entry: TechniqueCoverage.Entry, at address: Address) -> [RuleTable] {
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

  private func neighbours(of id: TechniqueID, _ number: TechniqueIndex, at address: Address) -> MatrixNeighbours? {
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

  private func addGuide(of rules: [RuleID], _ named: NamedEvents, to page: inout TechniquePage, at address: Address) {
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
            catalogue: use.catalogue,
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

  /// Whether ATT&CK names an event that rules read, or another one that reports the same.
  private func naming(of event: Event, _ named: NamedEvents) -> String {
    if named.contains(event) { return "names it" }
    let same = content.events.equivalents(of: event).first { pair in
      pair.quality == .same && pair.second.map { named.contains($0) } == true
    }
    return same?.second.map { "names \($0.words), which reports the same" } ?? "doesn’t"
  }

  // MARK: What ATT&CK knows

  private func strategySection(of id: TechniqueID, _ events: NamedEvents, at address: Address) -> StrategySection? {
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
      summary: summary(of: events, logSources: platforms.count), unread: unreadTable(of: events, at: address),
      rows: Folded(sorted, seen: 12, most: 100).map { source, platforms in
        StrategyRow(
          component: source.component.name, logSource: source.name, channel: source.channel,
          platforms: platforms.sorted(), reading: reading(of: source, events))
      })
  }

  private func summary(of events: NamedEvents, logSources: Int) -> String {
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

  private func unreadTable(of events: NamedEvents, at address: Address) -> UnreadEventTable? {
    let rows = Folded(events.unread, seen: 12, most: 100)
    guard !rows.isEmpty else { return nil }
    return UnreadEventTable(
      rows: rows.map { unread in
        let title = content.events.title(of: unread.event)
        let event = MappedEvent(event: unread.event, title: title)
        return UnreadEventRow(event: EventRow(event, frames.map, from: address), elsewhere: unread.elsewhere)
      })
  }

  /// What the rules make of a log source that ATT&CK names.
  private func reading(of source: Analytic.LogSource, _ events: NamedEvents) -> String {
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

  private func userLists(of id: TechniqueID) -> [AttackUserList] {
    let users = content.attack.users(of: id).compactMap(content.attack.object)
    let kinds: [(String, AttackObjectID.Kind)] = [
      ("Groups", .group), ("Campaigns", .campaign), ("Software", .software),
    ]
    return kinds.compactMap { title, kind in
      let objects = users.filter { $0.id.kind == kind }
        .map { (object: $0, name: Array($0.name.lowercased().utf8)) }
        .sorted { left, right in
          left.name == right.name ? left.object.id < right.object.id : left.name.lexicographicallyPrecedes(right.name)
        }
        .map(\.object)
      guard !objects.isEmpty else { return nil }
      return AttackUserList(
        title: title,
        objects: Folded(objects, seen: 24).map {
          AttackObjectItem(id: $0.id.description, name: $0.name, page: $0.id.sourceLink?.page)
        })
    }
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
