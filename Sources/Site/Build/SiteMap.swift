import Analysis
import Attack
import Events
import RuleModel
import Templates

/// Which pages the site has beside those of rules, and how a page leads to them. A link to a page that the site doesn't have is
/// nil, and shown as plain text.
struct SiteMap: Sendable {
  /// The parts of the site in the order of its navigation.
  let parts: [(title: String, address: Address)]
  /// The techniques that have a page, by id; what ATT&CK has withdrawn too.
  let techniquePages: [TechniqueID]
  private let techniques: Set<TechniqueID>
  private let tactics: Set<AttackObjectID>
  /// The addresses of events and, under the event `*` of their name, of providers.
  private let events: [Event: Address]
  private let providers: [String: Address]
  private let fields: [String: Address]
  private let logSources: [LogSource: Address]

  init(_ content: SiteContent) {
    parts = [("Rules", .rules), ("ATT&CK", .matrix)]
    techniquePages = zip(content.attack.techniques, content.index.techniques.techniques).compactMap {
      technique, rules in
      let hasPage =
        content.techniquePages == .all || !rules.all.isEmpty || content.index.techniques.naming[technique.id] != nil
      return hasPage ? technique.id : nil
    }
    (techniques, tactics) = (Set(techniquePages), Set(content.attack.tactics.map(\.id)))
    (events, providers, fields, logSources) = ([:], [:], [:], [:])
  }

  func technique(_ id: TechniqueID, from page: Address) -> Link? {
    techniques.contains(id) ? page.link(to: .technique(id)) : nil
  }

  func tactic(_ id: AttackObjectID, from page: Address) -> Link? {
    tactics.contains(id) ? page.link(to: .tactic(id)) : nil
  }

  func event(_ event: Event, from page: Address) -> Link? { events[event].map { page.link(to: $0) } }

  func provider(_ name: String, from page: Address) -> Link? { providers[name].map { page.link(to: $0) } }

  /// - Parameter name: the canonical name.
  func field(_ name: String, from page: Address) -> Link? { fields[name].map { page.link(to: $0) } }

  func logSource(_ logSource: LogSource, from page: Address) -> Link? {
    logSources[logSource].map { page.link(to: $0) }
  }
}
