import Templates

/// The list of log sources, `logsources/index.html`. Template: `logsources.html`.
struct LogSourceListPage: TemplateModel {
  var frame: SiteFrame
  var title: String
  var lead: String
  /// Log sources that the event map doesn't know.
  var unmapped: [UnmappedLogSourceItem] = []
  /// The log sources that rules name, including unknown ones, most rules first.
  var rows: [LogSourceRow]
  /// Log sources that the event map knows but no rule names.
  var unread: [UnreadLogSourceItem] = []

  static let shape = Shape<LogSourceListPage>(
    .model("frame") { $0.frame },
    .text("title") { $0.title },
    .text("lead") { $0.lead },
    .list("unmapped") { $0.unmapped },
    .text("unmappedCount") { counted($0.unmapped.count, "log source") },
    .list("rows") { $0.rows },
    .text("summary") { counted($0.rows.count, "log source") + ", most read first" },
    .list("unread") { $0.unread },
    .text("unreadCount") { counted($0.unread.count, "log source") })
}

/// A log source as a row of the list.
struct LogSourceRow: TemplateModel {
  /// Its id on the page.
  var anchor: String
  /// `windows · process_creation`.
  var title: String
  /// How many rules name it.
  var rules: Int
  /// The events that its rules reach, the most common first.
  var events: UseList
  /// Whether the event map knows it.
  var isMapped: Bool
  /// The most important of its rules.
  var first: [FieldRuleItem]

  static let shape = Shape<LogSourceRow>(
    .text("anchor") { $0.anchor }, .text("title") { $0.title }, .text("rules") { grouped($0.rules) },
    .model("events") { $0.events }, .flag("isMapped") { $0.isMapped },
    .list("first") { $0.first },
    .optionalText("hidden") { row in
      row.rules > row.first.count
        ? "\(counted(row.rules - row.first.count, "more rule")) on the pages of its events" : nil
    })
}

/// A log source that the event map doesn't know, and what to do about it.
struct UnmappedLogSourceItem: TemplateModel {
  /// `windows · proces_creation`.
  var title: String
  /// Link to its row in the page.
  var row: Link?
  /// How many rules name it.
  var rules: Int
  /// The known one that was probably meant.
  var nearest: String?
  /// The entry that would add it to an event map, in YAML.
  var entry: String

  static let shape = Shape<UnmappedLogSourceItem>(
    .text("title") { $0.title }, .optionalLink("row") { $0.row }, .text("rules") { counted($0.rules, "rule") },
    .optionalText("nearest") { $0.nearest }, .text("entry") { $0.entry })
}

/// A log source that the event map knows but no rule names.
struct UnreadLogSourceItem: TemplateModel {
  var title: String
  /// The providers that it holds, each once.
  var providers: [TitledLink]

  static let shape = Shape<UnreadLogSourceItem>(.text("title") { $0.title }, .list("providers") { $0.providers })
}
