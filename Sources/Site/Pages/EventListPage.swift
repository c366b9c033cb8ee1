import Templates

/// The list of events by provider, `events/index.html`. Template: `events.html`.
struct EventListPage: TemplateModel {
  var frame: SiteFrame
  var title: String
  var lead: String
  /// The providers that rules read, by name.
  var providers: [ProviderRow]
  /// The events that rules read, by provider, then in the order in which its events are listed.
  var events: [ListedEventRow]
  /// Known providers that no rule reads, by name.
  var unread: [UnreadProviderItem] = []

  static let shape = Shape<EventListPage>(
    .model("frame") { $0.frame },
    .text("title") { $0.title },
    .text("lead") { $0.lead },
    .list("providers") { $0.providers },
    .text("providerCount") { counted($0.providers.count, "provider") },
    .list("events") { $0.events },
    .text("eventCount") { counted($0.events.count, "event") },
    .list("unread") { $0.unread },
    .text("unreadCount") { counted($0.unread.count, "provider") })
}

/// A provider as a row of the list.
struct ProviderRow: TemplateModel {
  var name: String
  var page: Link?
  /// What it is, in a few words.
  var title: String?
  /// How many of its events are read by rules that name them.
  var read: Int
  /// How many known events of it no rule reads.
  var unread: Int
  /// How many rules read it.
  var rules: Int

  static let shape = Shape<ProviderRow>(
    .text("name") { $0.name }, .optionalLink("page") { $0.page }, .optionalText("title") { $0.title },
    .text("read") { $0.read == 0 ? "any event" : counted($0.read, "event") },
    .optionalText("unread") { $0.unread > 0 ? "\(grouped($0.unread)) unread" : nil },
    .text("rules") { grouped($0.rules) })
}

/// An event as a row of the list.
struct ListedEventRow: TemplateModel {
  /// A number or a name.
  var event: String
  var page: Link?
  var title: String?
  var provider: String
  /// How many rules read it.
  var rules: Int

  static let shape = Shape<ListedEventRow>(
    .text("event") { $0.event }, .optionalLink("page") { $0.page }, .optionalText("title") { $0.title },
    .text("provider") { $0.provider }, .text("rules") { grouped($0.rules) })
}

/// A known provider that no rule reads.
struct UnreadProviderItem: TemplateModel {
  var name: String
  var page: Link?
  var title: String?
  /// The number of its known events.
  var events: Int

  static let shape = Shape<UnreadProviderItem>(
    .text("name") { $0.name }, .optionalLink("page") { $0.page }, .optionalText("title") { $0.title },
    .optionalText("events") { $0.events > 0 ? counted($0.events, "event") : nil })
}
