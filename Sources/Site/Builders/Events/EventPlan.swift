import Analysis
import Diagnostics
import Events
import RuleModel
import Text

/// Which events and providers have pages, and where: the events that rules read, the equivalent events that the event
/// map names for these, and the providers of both. If there are too many rules for one page, further pages continue the
/// list.
struct EventPlan: Sendable {
  /// An event, or a provider under the name `*`.
  struct Page: Sendable {
    var event: Event
    /// The rules that read the event; for a provider, those that name none of its events.
    var rules: [RuleID]
    /// The range of these rules on each of its pages, in the order shown; at least one page.
    var parts: [(address: Address, range: Range<Int>)]

    var address: Address { parts[0].address }
    /// The page of its provider, whose folder contains the event's folder.
    var providerAddress: Address { Address(parts: address.parts.prefix(2) + ["index.html"]) }
  }

  struct Provider: Sendable {
    var page: Page
    /// Its events that have a page, in the order listed, as indices of ``EventPlan/events``.
    var events: Range<Int>
    /// All rules that read it, ascending.
    var rules: [RuleID]
  }

  /// By provider, then in the order in which its events are listed; without `*`.
  let events: [Page]
  /// By name, in UTF-8 byte order.
  let providers: [Provider]
  /// How many events rules read, and from how many providers.
  let read: ReadEventCounts

  /// The maximum number of rules on an event's page, and on each further page.
  fileprivate static let (rulesFirst, rulesNext) = (200, 600)

  init(_ content: SiteContent) {
    let watched = watchedEvents(in: content.index.events)
    read = ReadEventCounts(watched)
    var rules: [Event: [RuleID]] = [:]
    for use in watched { rules[use.event.event] = use.rules }
    let alike = watched.flatMap { content.events.equivalents(of: $0.event.event).compactMap(\.second) }
    let named = Dictionary(grouping: Set(watched.map(\.event.event) + alike), by: \.provider)
    let names = named.keys.sorted(by: inByteOrder)
    let slugs = SlugTable(names)

    var events: [Page] = []
    providers = names.compactMap { name in
      guard let slug = slugs[name] else { return nil }
      let start = events.count
      let own = (named[name] ?? []).filter { !$0.isAny }.map { (event: $0, order: EventNameOrder($0.name)) }
        .sorted { $0.order < $1.order }.map(\.event)
      let eventSlugs = SlugTable(own.map(\.name))
      for event in own {
        guard let eventSlug = eventSlugs[event.name] else { continue }
        events.append(Page(event, rules[event] ?? [], folder: ["events", slug, eventSlug]))
      }
      let any = Event(provider: name, name: "*")
      let all = events[start...].reduce(into: Set(rules[any] ?? [])) { $0.formUnion($1.rules) }
      return Provider(
        page: Page(any, rules[any] ?? [], folder: ["events", slug]), events: start..<events.count, rules: all.sorted())
    }
    self.events = events
  }
}

extension EventPlan.Page {
  fileprivate init(_ event: Event, _ rules: [RuleID], folder: [String]) {
    self.init(event: event, rules: rules, parts: [])
    var start = 0
    repeat {
      let most = start == 0 ? EventPlan.rulesFirst : EventPlan.rulesNext
      // A few more aren't worth another page.
      let end = rules.count - start <= most + most / 4 ? rules.count : start + most
      let file = parts.isEmpty ? "index.html" : "rules-\(parts.count + 1).html"
      parts.append((Address(parts: folder + [file]), start..<end))
      start = end
    } while start < rules.count
  }
}
