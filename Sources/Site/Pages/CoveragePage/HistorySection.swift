import Templates

/// What has changed since the last recorded state, and how the figures have developed.
struct HistorySection: TemplateModel {
  /// The name of the last recorded state: `2026-10-01`.
  var since: String
  /// `54 rules added, 3 removed, 163 changed.`
  var summary: String
  /// What else a reader must know about the changes, as sentences without capitals and full stops.
  var remarks: [String]
  /// What was added and removed, each in a list; only lists that aren't empty.
  var lists: [ChangeList]
  /// The oldest first; the last is the current catalog.
  var trend: [TrendRow]
  /// Whether a state in the trend tells what is collected.
  var showsRunning: Bool

  static let shape = Shape<HistorySection>(
    .text("since") { $0.since }, .text("summary") { $0.summary },
    .list("remarks") { $0.remarks.map { Remark(text: $0.prefix(1).uppercased() + $0.dropFirst()) } },
    .list("lists") { $0.lists },
    .list("trend") { $0.trend }, .flag("showsRunning") { $0.showsRunning })
}

struct Remark: TemplateModel {
  var text: String

  static let shape = Shape<Remark>(.text("text") { $0.text })
}

struct ChangeList: TemplateModel {
  /// `Rules added`.
  var title: String
  var items: Folded<ChangeItem>

  static let shape = Shape<ChangeList>(
    .text("title") { $0.title }, .text("count") { grouped($0.items.total) }, .list("first") { $0.items.first },
    .list("rest") { $0.items.rest }, .text("restLabel") { "\(grouped($0.items.rest.count)) more" },
    .optionalText("left") { $0.items.left == 0 ? nil : "and \(grouped($0.items.left)) more" })
}

struct ChangeItem: TemplateModel {
  var title: String
  var page: Link?
  /// What changed: `condition, level`.
  var what: String?

  static let shape = Shape<ChangeItem>(
    .text("title") { $0.title }, .optionalLink("page") { $0.page }, .optionalText("what") { $0.what })
}

struct TrendRow: TemplateModel {
  var name: String
  var rules: Int
  var counted: Int
  var techniques: Int
  /// Of the techniques, those that run, and those that are partly blind; nil if it isn't known what was collected.
  var running, partlyBlind: Int?
  var events: Int
  /// The largest number of techniques in any row.
  var largest: Int

  static let shape = Shape<TrendRow>(
    .text("name") { $0.name }, .text("rules") { grouped($0.rules) }, .text("counted") { grouped($0.counted) },
    .text("techniques") { grouped($0.techniques) },
    .text("running") { $0.running.map(grouped) ?? "unknown" },
    .text("partlyBlind") { $0.partlyBlind.map(grouped) ?? "unknown" }, .text("events") { grouped($0.events) },
    .text("width") { barWidth($0.techniques, of: $0.largest) })
}
