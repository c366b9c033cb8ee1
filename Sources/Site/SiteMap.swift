import Analysis
import Attack
import Events
import RuleModel
import Templates
import Text

/// Which pages the site has besides those of rules, and how to link to them. A link to a page that the site doesn't
/// have is nil, and is shown as plain text.
struct SiteMap: Sendable {
  /// The sections of the site in the order of its navigation.
  let parts: [(title: String, address: Address)]
  /// The techniques that have a page, by id, including those that ATT&CK has withdrawn.
  let techniquePages: [TechniqueID]
  private let techniques: Set<TechniqueID>
  private let tactics: Set<AttackObjectID>
  /// Which groups, campaigns and pieces of software have a page.
  let threats: ThreatPlan
  /// The addresses of events; "any event of a provider" has the provider's page.
  private let events: [Event: Address]
  /// What appears on the pages of events and providers.
  let eventPlan: EventPlan
  /// The pages of fields, and of the values that rules share.
  private let fieldPlaces: FieldPlaces
  private let plannedFields: OnDemand<FieldPlan>
  /// The content of the list of log sources.
  let logSourcePlan: LogSourcePlan
  /// Which parts of their files rules show.
  let sharedFiles: SharedFiles
  /// Whether an event is collected, as shown on pages; empty without telemetry.
  private let collected: [Event: CollectedShare]

  init(_ content: SiteContent) async {
    async let fieldPlaces = FieldPlaces(content)
    async let plannedLogSources = LogSourcePlan(content)
    parts = [
      ("Rules", .rules), ("ATT&CK", .matrix), ("Events", .events), ("Log sources", .logSources), ("Fields", .fields),
      ("Indicators", .indicators), ("Coverage", .coverage),
    ]
    techniquePages = zip(content.attack.techniques, content.index.techniques.techniques).compactMap {
      technique, rules in
      let hasPage =
        content.techniquePages == .all || !rules.all.isEmpty || content.index.techniques.naming[technique.id] != nil
        || content.index.notes.techniques[technique.id] != nil
      return hasPage ? technique.id : nil
    }
    (techniques, tactics) = (Set(techniquePages), Set(content.attack.tactics.map(\.id)))
    threats = ThreatPlan(content)
    eventPlan = EventPlan(content)
    events = (eventPlan.events + eventPlan.providers.map(\.page)).reduce(into: [:]) { $0[$1.event] = $1.address }
    sharedFiles = SharedFiles(of: content.index.rules)
    collected = content.collectedEvents
    let places = await fieldPlaces
    self.fieldPlaces = places
    plannedFields = OnDemand { FieldPlan(content, places) }
    logSourcePlan = await plannedLogSources
  }

  /// What appears on the pages of fields.
  var fieldPlan: FieldPlan { plannedFields.value }

  func technique(_ id: TechniqueID, from page: Address) -> Link? {
    techniques.contains(id) ? page.link(to: .technique(id)) : nil
  }

  func tactic(_ id: AttackObjectID, from page: Address) -> Link? {
    tactics.contains(id) ? page.link(to: .tactic(id)) : nil
  }

  func threat(_ id: AttackObjectID, from page: Address) -> Link? {
    threats.hasPage(id) ? page.link(to: .threat(id)) : nil
  }

  func event(_ event: Event, from page: Address) -> Link? { events[event].map { page.link(to: $0) } }

  /// nil without telemetry.
  func share(of event: Event) -> CollectedShare? { collected[event] }

  func provider(_ name: String, from page: Address) -> Link? { event(Event(provider: name, name: "*"), from: page) }

  /// - Parameter name: the canonical name; nil for a search over the entire event.
  func field(_ name: String?, from page: Address) -> Link? { fieldPlaces.addresses[name].map { page.link(to: $0) } }

  /// A link to a value on its field's page, which shows the rules that have it; just to the page if it doesn't list the
  /// value.
  func value(_ entry: IndicatorTable.Entry, isExcluded: Bool, from page: Address) -> Link? {
    value(entry.id, isExcluded: isExcluded, from: page) ?? field(entry.comparedField, from: page)
  }

  /// A link to an indicator, or an exclusion, on the page of its field; nil if no page lists it, or only one rule has
  /// it.
  func value(_ id: IndicatorID, isExcluded: Bool, from page: Address) -> Link? {
    (isExcluded ? fieldPlaces.exclusions[id] : fieldPlaces.indicators[id]).map { place in
      page.link(to: place.address, fragment: place.anchor)
    }
  }

  func logSource(_ logSource: LogSource, from page: Address) -> Link? {
    logSourcePlan.anchor(of: logSource).map { page.link(to: .logSources, fragment: $0) }
  }
}
