import Analysis
import Events
import RuleModel
import Templates

/// Makes the models of the pages of events and of providers.
struct EventPageBuilder: Sendable {
  private let content: SiteContent
  private let frames: FrameBuilder
  private let tables: RuleTableBuilder
  private let plan: EventPlan
  /// How many rules read each event.
  private let ruleCounts: [Event: Int]
  /// The pages: of which event or, where it has one, of which provider; and which of its pages.
  private let pages: [(page: EventPlan.Page, provider: Int?, part: Int)]

  /// The number of log sources at a page's head.
  private static let logSourcesShown = 12

  init(_ content: SiteContent, _ frames: FrameBuilder, _ tables: RuleTableBuilder) {
    self.content = content
    self.frames = frames
    self.tables = tables
    plan = frames.map.eventPlan
    ruleCounts = (plan.events + plan.providers.map(\.page)).reduce(into: [:]) { $0[$1.event] = $1.rules.count }
    let whole: [(page: EventPlan.Page, provider: Int?)] =
      plan.events.map { ($0, nil) } + plan.providers.enumerated().map { ($1.page, $0) }
    pages = whole.flatMap { whole in whole.page.parts.indices.map { (whole.page, whole.provider, $0) } }
  }

  var count: Int { pages.count }

  func address(of number: Int) -> Address {
    let (page, _, part) = pages[number]
    return page.parts[part].address
  }

  func page(_ number: Int) -> EventPage {
    let (page, provider, part) = pages[number]
    let address = page.parts[part].address
    var model =
      if part > 0 {
        next(page, part)
      } else if let provider {
        self.page(of: plan.providers[provider], at: address)
      } else {
        self.page(of: page, at: address)
      }
    if part == 0, let note = content.index.notes.events[page.event] {
      var builder = NoteSectionBuilder(content, frames.map, at: address)
      model.notes = builder.section([note])
    }
    let sorted = tables.sorted(page.rules)
    model.rules = tables.part(
      page.event.isAny ? "Rules that name no event" : "Rules that read it", sorted[page.parts[part].range],
      seen: part == 0 ? 24 : .max, from: address)
    model.ruleCount = page.rules.count
    model.parts = partLinks(page, part)
    return model
  }

  // MARK: One event

  private func page(of page: EventPlan.Page, at address: Address) -> EventPage {
    let event = page.event
    let covered = CoveredTechniques(of: page.rules, in: content.index)
    let lead = self.lead(covered, page.rules.count, ofProvider: false)
    var model = EventPage(frame: frame(of: page, summary: lead, at: address), title: title(of: event), lead: lead)
    if content.events.description(of: event)?.title != nil { model.name = words(for: event) }
    model.facts = facts(of: page.rules, covered)
    model.facts?.provider = TitledLink(
      title: event.provider, page: frames.map.provider(event.provider, from: address))
    model.facts?.event = event.name
    model.facts?.state = state(of: event, counted: covered.counted)
    model.facts?.aliases = content.events.description(of: event)?.aliases ?? []
    model.facts?.channels = content.events.provider(named: event.provider)?.channels ?? []
    model.facts?.logSources = logSources(of: page.rules, from: address)
    let counted = countedOnes(of: page.rules)
    let tested = testedFields(of: counted, known: knownFields(of: event))
    fill(&model, counted, tested, covered, at: address)
    model.equivalents = equivalents(of: event, tested, at: address)
    model.requirements = content.events.requirements(of: event).map { RequirementRow($0, showsEvents: false) }
    return model
  }

  /// The state of an event, given what is collected; nil without telemetry, or if it is neither collected nor asked for.
  private func state(of event: Event, counted: Int) -> MarkedState? {
    guard let collected = content.review.collected else { return nil }
    switch (frames.map.share(of: event) ?? collected.view.share(of: event), counted > 0) {
    case (.whole, true): return MarkedState(mark: .used, reason: "it is collected, and rules read it")
    case (.part, true):
      return MarkedState(mark: .filtered, reason: "a collector’s filter can drop some of it, and rules read it")
    case (.whole, false): return MarkedState(mark: .untapped, reason: "it is collected, and no counted rule reads it")
    case (.part, false):
      return MarkedState(
        mark: .untapped,
        reason: "it is collected, though a collector’s filter can drop some of it, and no counted rule reads it")
    case (.none, true): return MarkedState(mark: .missing, reason: "rules read it, and it isn’t collected")
    case (.none, false): return nil
    }
  }

  // MARK: One provider

  private func page(of provider: EventPlan.Provider, at address: Address) -> EventPage {
    let known = content.events.provider(named: provider.page.event.provider)
    let covered = CoveredTechniques(of: provider.rules, in: content.index)
    let lead = self.lead(covered, provider.rules.count, ofProvider: true)
    var model = EventPage(
      frame: frame(of: provider.page, summary: lead, at: address), title: provider.page.event.provider,
      lead: lead)
    model.facts = facts(of: provider.rules, covered)
    model.facts?.about = known?.title
    model.facts?.aliases = known?.aliases.map(\.text) ?? []
    model.facts?.channels = known?.channels ?? []
    model.facts?.logSources = logSources(of: provider.rules, from: address)
    model.events = events(of: provider, known, at: address)
    let counted = countedOnes(of: provider.rules)
    let tested = testedFields(of: counted, known: [])
    fill(&model, counted, tested, covered, at: address)
    model.equivalents = equivalents(of: provider.page.event, tested, at: address)
    model.requirements = (known?.requirements ?? []).map { RequirementRow($0, showsEvents: true) }
    return model
  }

  private func events(
    of provider: EventPlan.Provider, _ known: Provider?, at address: Address
  ) -> ProviderEventTable? {
    let read = plan.events[provider.events].map(\.event)
    let seen = Set(read.map(\.name))
    let others = (known?.events ?? []).filter { !seen.contains($0.name) }
      .map { Event(provider: provider.page.event.provider, name: $0.name) }
    let rows = (read + others).map { (event: $0, order: EventNameOrder($0.name)) }.sorted { $0.order < $1.order }
      .map { event, _ in
        ProviderEventRow(
          event: event.name, page: frames.map.event(event, from: address), title: content.events.title(of: event),
          rules: ruleCounts[event] ?? 0)
      }
    return rows.isEmpty ? nil : ProviderEventTable(rows: rows)
  }

  // MARK: What both have

  private func frame(of page: EventPlan.Page, summary: String, at address: Address, part: Int = 0) -> SiteFrame {
    var titles = [documentTitle(of: page.event), page.event.isAny ? "Events" : "Event"]
    var crumbs: [(title: String, address: Address)] = [("Events", .events)]
    if !page.event.isAny { crumbs.append((page.event.provider, page.providerAddress)) }
    if part > 0 {
      titles[0] += ", page \(part + 1)"
      crumbs.append((title(of: page.event), page.address))
    }
    return frames.frame(of: address, titles: titles, summary: summary, crumbs: crumbs, showsAttack: true)
  }

  /// The title of an event, or its name where that isn't known; a provider's name.
  private func title(of event: Event) -> String {
    content.events.description(of: event)?.title ?? (event.isAny ? event.provider : words(for: event))
  }

  private func documentTitle(of event: Event) -> String {
    let title = content.events.description(of: event)?.title
    return words(for: event) + (title.map { ": \($0)" } ?? "")
  }

  private func words(for event: Event) -> String { event.isAny ? event.provider : "\(event.provider) \(event.name)" }

  private func lead(_ covered: CoveredTechniques, _ rules: Int, ofProvider: Bool) -> String {
    guard rules > 0 else {
      return ofProvider
        ? "No rule reads its events." : "No rule reads it, but rules read an equivalent event."
    }
    guard covered.counted > 0 else { return "No counted rule reads it." }
    let reading = covered.counted == 1 ? "reads" : "read"
    let techniques = covered.techniques.count
    return "\(counted(covered.counted, "counted rule")) \(reading) \(ofProvider ? "its events" : "it")"
      + (techniques > 0 ? ", looking for \(counted(techniques, "technique"))." : ".")
  }

  private func facts(of rules: [RuleID], _ covered: CoveredTechniques) -> EventFacts {
    let countedRules = countedOnes(of: rules)
    let words =
      covered.counted == rules.count
      ? grouped(rules.count) : "\(grouped(rules.count)), \(grouped(covered.counted)) of them counted"
    var facts = EventFacts(rules: rules.isEmpty ? "none" : words)
    facts.levels = MarkedCount.levels(of: countedRules, in: content.index)
    facts.statuses = MarkedCount.statuses(of: countedRules, in: content.index)
    return facts
  }

  private func countedOnes(of rules: [RuleID]) -> [RuleID] { rules.filter { content.index.techniques.isCounted[$0] } }

  private func logSources(of rules: [RuleID], from address: Address) -> UseList {
    let counts = rules.reduce(into: [LogSourceKey: (count: Int, first: LogSource)]()) { counts, rule in
      for logSource in content.index.rules[rule].logSources where !logSource.isEmpty {
        counts[LogSourceKey(logSource), default: (0, logSource)].count += 1
      }
    }
    let order = counts.sorted { left, right in
      left.value.count != right.value.count ? left.value.count > right.value.count : left.key < right.key
    }
    return UseList(
      uses: order.prefix(EventPageBuilder.logSourcesShown).map { _, use in
        UseItem(
          title: use.first.shortWords, page: frames.map.logSource(use.first, from: address), count: use.count)
      }, hidden: max(0, order.count - EventPageBuilder.logSourcesShown))
  }

  /// The fields that the event is known to have, each with the name by which rules that read it are compared.
  private func knownFields(of event: Event) -> [EventFields.Known] {
    (content.events.fields(of: event) ?? []).map { field in
      EventFields.Known(
        name: field,
        canonical: content.fields.canonical(field, for: LogSource(), dialect: .sigma, events: [event]))
    }
  }

  private func testedFields(of rules: [RuleID], known: [EventFields.Known]) -> EventFields {
    EventFields(of: rules, in: content.index, known: known)
  }

  /// - Parameter rules: the counted ones.
  private func fill(
    _ model: inout EventPage, _ rules: [RuleID], _ tested: EventFields, _ covered: CoveredTechniques,
    at address: Address
  ) {
    model.fields = fieldTable(tested, ofProvider: model.facts?.event == nil, at: address)
    if rules.count > 1 {
      let shared = SharedTestBuilder(frames.map)
      let (index, isEvent) = (content.index, model.facts?.event != nil)
      // That they test the event's name, or its provider's, goes without saying on the event's own page.
      let looked = sharedTests(of: rules, in: index.indicators)
        .filter { !isEvent || !index.eventPins.indicators[$0.entry.id] }
      let excluded = sharedTests(of: rules, in: index.exclusions)
        .filter { !isEvent || !index.eventPins.exclusions[$0.entry.id] }
      model.values = shared.table(
        "What two or more of the counted rules look for\(isEvent ? ", apart from what names the event." : ".")", looked,
        isExcluded: false, at: address)
      model.exclusions = shared.table(
        "What two or more of the counted rules exclude: the false positives that their authors met.", excluded,
        isExcluded: true, at: address)
    }
    model.techniques = techniqueTable(covered, ofProvider: model.facts?.event == nil, at: address)
    model.tactics = tacticTable(covered, at: address)
  }

  private func fieldTable(_ tested: EventFields, ofProvider: Bool, at address: Address) -> EventFieldTable? {
    if tested.own.isEmpty && tested.others.isEmpty { return nil }
    let title =
      if ofProvider {
        "What the counted rules that read its events test, by number of rules, and what most of them look for."
      } else if tested.own.isEmpty {
        "What the counted rules that read it test, by number of rules, and what most of them look for. The event map doesn’t know "
          + "which fields it has."
      } else {
        "What the counted rules test besides its fields: what names the event, and fields of other events that they also read."
      }
    return EventFieldTable(
      own: tested.own.map { row($0, at: address) },
      others: Folded(tested.others, seen: 12, most: 100).map { row($0, at: address) }, othersTitle: title)
  }

  private func row(_ use: EventFields.Use, at address: Address) -> EventFieldRow {
    let page = use.rules > 0 ? frames.map.field(use.canonical, from: address) : nil
    return EventFieldRow(
      field: use.name, page: page ?? use.name.flatMap { frames.map.field($0, from: address) },
      canonical: use.canonical == use.name ? nil : use.canonical, rules: use.rules,
      excludingRules: use.excludingRules, values: use.values, excludedValues: use.excludedValues,
      commonest: use.commonest.map { FieldValueItem($0, frames.map, from: address) })
  }

  private func techniqueTable(
    _ covered: CoveredTechniques, ofProvider: Bool, at address: Address
  ) -> SeenTechniqueTable? {
    if covered.techniques.isEmpty { return nil }
    return SeenTechniqueTable(
      title:
        "What its counted rules look for: how many of them name the technique itself, and how many rules of the catalog do. "
        + "A full bar means that all of the technique’s rules read \(ofProvider ? "events of this provider" : "this event").",
      rows: Folded(covered.techniques, seen: 12, most: 300).map { id, rules in
        SeenTechniqueRow(
          id: id.description, name: content.attack.fullName(of: id), page: frames.map.technique(id, from: address),
          rules: rules,
          catalogue: content.attack.index(of: id).map { content.index.techniques.techniques[$0].ownCounted } ?? rules)
      })
  }

  private func tacticTable(_ covered: CoveredTechniques, at address: Address) -> ShareTable? {
    let rows = content.attack.tactics.compactMap { tactic in
      covered.tactics[tactic.id].map {
        ShareRow(label: tactic.name, page: frames.map.tactic(tactic.id, from: address), count: $0)
      }
    }
    return rows.isEmpty
      ? nil : ShareTable(title: "Counted rules by tactic; a rule can be under several.", head: "Tactic", rows: rows)
  }

  private func equivalents(of event: Event, _ tested: EventFields, at address: Address) -> [EquivalentItem] {
    let uses = tested.own + tested.others
    let counts = uses.reduce(into: [String: Int]()) { if let name = $1.name { $0[name] = $1.rules } }
    return content.events.equivalents(of: event).map { pair in
      var item = EquivalentItem(quality: pair.quality.words, note: pair.note)
      if let second = pair.second {
        item.event = TitledLink(title: words(for: second), page: frames.map.event(second, from: address))
        item.title = content.events.title(of: second)
        let rules = ruleCounts[second] ?? 0
        item.rules = rules == 0 ? "no rule reads it" : "\(counted(rules, "rule")) \(rules == 1 ? "reads" : "read") it"
      }
      for fields in pair.fields {
        if fields.first == fields.second {
          item.sameNames += fields.first
        } else {
          item.pairs.append(FieldPairItem(here: fields.first, there: fields.second))
        }
      }
      item.lacking = pair.firstOnly.map { LackingFieldItem(field: $0, rules: counts[$0] ?? 0) }
      item.alone = pair.secondOnly
      return item
    }
  }

  // MARK: Pages that go on

  private func next(_ page: EventPlan.Page, _ part: Int) -> EventPage {
    let address = page.parts[part].address
    let summary = "More rules that read \(documentTitle(of: page.event))."
    let title = title(of: page.event)
    return EventPage(
      frame: frame(of: page, summary: summary, at: address, part: part), title: "\(title), page \(part + 1)",
      name: title == words(for: page.event) ? nil : words(for: page.event))
  }

  private func partLinks(_ page: EventPlan.Page, _ part: Int) -> [TitledLink] {
    if page.parts.count < 2 { return [] }
    return page.parts.enumerated().map { number, other in
      TitledLink(
        title: "Rules \(grouped(other.range.lowerBound + 1)) to \(grouped(other.range.upperBound))",
        page: number == part ? nil : page.parts[part].address.link(to: other.address, fragment: "rules"))
    }
  }
}

extension FieldValueItem {
  /// - Parameter shared: what rules look for.
  init(_ shared: AuthoringGuide.SharedTest, _ map: SiteMap, from address: Address) {
    self.init(
      value: ShownValue(shared.entry.test, limit: 80), kind: shared.entry.test.kind.words,
      page: map.value(shared.entry, isExcluded: false, from: address), rules: shared.rules)
  }
}

extension RequirementRow {
  fileprivate init(_ requirement: Requirement, showsEvents: Bool) {
    self.init(
      kind: requirement.kind.words, text: requirement.text,
      events: showsEvents ? requirement.events.map(\.text) : [], fields: requirement.fields)
  }
}

extension Requirement.Kind {
  fileprivate var words: String {
    switch self {
    case .auditPolicy: "Audit policy"
    case .channel: "Channel, off by default"
    case .sacl: "Audit entry (SACL)"
    case .setting: "Setting"
    case .version: "Version"
    }
  }
}

extension Equivalent.Quality {
  fileprivate var words: String {
    switch self {
    case .same: "reports the same"
    case .partial: "reports it under some conditions, or with fewer fields"
    case .weak: "gives a hint of it"
    case .none: "nothing else reports it"
    }
  }
}
