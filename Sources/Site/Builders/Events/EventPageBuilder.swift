import Analysis
import Events
import RuleModel
import Templates

/// Makes the models of the pages of events and of providers.
struct EventPageBuilder: Sendable {
  let content: SiteContent
  let frames: FrameBuilder
  let tables: RuleTableBuilder
  let plan: EventPlan
  /// How many rules read each event.
  let ruleCounts: [Event: Int]
  /// All pages: an event or, if set, a provider, and which of its pages.
  let pages: [(page: EventPlan.Page, provider: Int?, part: Int)]

  /// The maximum number of log sources at the head of a page.
  static let logSourcesShown = 12

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
    guard let collected = content.collected else { return nil }
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

  // MARK: Continuation pages

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
