import Analysis
import Attack
import Events
import RuleModel
import Templates
import Text

/// Which pages the site has beside those of rules, and how a page leads to them. A link to a page that the site doesn't have is
/// nil, and shown as plain text.
struct SiteMap: Sendable {
  /// The parts of the site in the order of its navigation.
  let parts: [(title: String, address: Address)]
  /// The techniques that have a page, by id; what ATT&CK has withdrawn too.
  let techniquePages: [TechniqueID]
  private let techniques: Set<TechniqueID>
  private let tactics: Set<AttackObjectID>
  /// The addresses of events; those of any event of a provider are the provider's.
  private let events: [Event: Address]
  /// What appears on the pages of events and providers.
  let eventPlan: EventPlan
  /// Where fields, and the values that rules share, have their pages.
  private let fieldPlaces: FieldPlaces
  private let plannedFields: OnDemand<FieldPlan>
  /// What is in the list of log sources.
  let logSourcePlan: LogSourcePlan
  /// What of their files rules show.
  let sharedFiles: SharedFiles
  /// Whether an event is collected, as far as pages show it; empty without telemetry.
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

  func event(_ event: Event, from page: Address) -> Link? { events[event].map { page.link(to: $0) } }

  /// nil without telemetry.
  func share(of event: Event) -> CollectedShare? { collected[event] }

  func provider(_ name: String, from page: Address) -> Link? { event(Event(provider: name, name: "*"), from: page) }

  /// - Parameter name: the canonical name; nil for a search over the entire event.
  func field(_ name: String?, from page: Address) -> Link? { fieldPlaces.addresses[name].map { page.link(to: $0) } }

  /// A value on the page of its field, with the rules that have it; the page alone where it doesn't list the value.
  func value(_ entry: IndicatorTable.Entry, isExcluded: Bool, from page: Address) -> Link? {
    value(entry.id, isExcluded: isExcluded, from: page) ?? field(entry.comparedField, from: page)
  }

  /// An indicator, or an exclusion, on the page of its field; nil where no page lists it, or one rule has it alone.
  func value(_ id: IndicatorID, isExcluded: Bool, from page: Address) -> Link? {
    (isExcluded ? fieldPlaces.exclusions[id] : fieldPlaces.indicators[id]).map { place in
      page.link(to: place.address, fragment: place.anchor)
    }
  }

  func logSource(_ logSource: LogSource, from page: Address) -> Link? {
    logSourcePlan.anchor(of: logSource).map { page.link(to: .logSources, fragment: $0) }
  }
}
