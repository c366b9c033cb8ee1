import Analysis
import Events
import RuleModel

/// Makes the model of the list of events.
struct EventListPageBuilder: Sendable {
  private let content: SiteContent
  private let frames: FrameBuilder
  private let address = Address.events

  init(_ content: SiteContent, _ frames: FrameBuilder) {
    self.content = content
    self.frames = frames
  }

  func page() -> EventListPage {
    let plan = frames.map.eventPlan
    let read = plan.events.filter { !$0.rules.isEmpty }
    let providers = plan.providers.filter { !$0.rules.isEmpty }
    let lead =
      "\(counted(plan.read.events, "event")) of \(counted(plan.read.providers, "provider")) that rules read. A provider is what writes "
      + "a log: a Windows provider, a cloud service, a log file."
    let unread = content.events.providers.filter { provider in
      !providers.contains { $0.page.event.provider == provider.name }
    }
    return EventListPage(
      frame: frames.frame(of: address, titles: ["Events"], summary: lead, showsAttack: false), title: "Events",
      lead: lead, providers: providers.map { row($0, plan) },
      events: read.map { page in
        ListedEventRow(
          event: page.event.name, page: frames.map.event(page.event, from: address),
          title: content.events.title(of: page.event), provider: page.event.provider, rules: page.rules.count)
      },
      unread: unread.map { provider in
        UnreadProviderItem(
          name: provider.name, page: frames.map.provider(provider.name, from: address), title: provider.title,
          events: provider.events.count)
      })
  }

  private func row(_ provider: EventPlan.Provider, _ plan: EventPlan) -> ProviderRow {
    let name = provider.page.event.provider
    let known = content.events.provider(named: name)
    let read = Set(plan.events[provider.events].filter { !$0.rules.isEmpty }.map(\.event.name))
    return ProviderRow(
      name: name, page: frames.map.provider(name, from: address), title: known?.title, read: read.count,
      unread: known?.events.count { !read.contains($0.name) } ?? 0, rules: provider.rules.count)
  }
}
