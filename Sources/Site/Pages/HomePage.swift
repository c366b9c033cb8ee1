import RuleModel
import Templates

/// The home page, `index.html`. Template: `index.html`.
struct HomePage: TemplateModel {
  var frame: SiteFrame
  var title: String
  /// What the site contains, in a sentence.
  var lead: String
  /// The catalog's main figures.
  var figures: [Figure]
  /// The sections of the site that exist.
  var ways: [Way]
  /// The ten most recently changed rules, the newest first; empty if no rule has a date.
  var recent: [RecentRow] = []
  /// Link to the list of all rules.
  var allRules: Link
  /// By level, by status, by product.
  var makeUp: [ShareTable] = []
  /// What the files contain: rules, correlations, filters, non-rules, broken files.
  var tally: [Figure] = []

  static let shape = Shape<HomePage>(
    .model("frame") { $0.frame },
    .text("title") { $0.title },
    .text("lead") { $0.lead },
    .list("figures") { $0.figures },
    .list("ways") { $0.ways },
    .list("recent") { $0.recent },
    .link("allRules") { $0.allRules },
    .list("makeUp") { $0.makeUp },
    .list("tally") { $0.tally })
}

/// A number and what it counts.
struct Figure: TemplateModel {
  var count: Int
  /// In the singular or plural, to fit the number: `rules`, `rule`.
  var label: String
  var page: Link?

  static let shape = Shape<Figure>(
    .text("count") { grouped($0.count) }, .text("label") { $0.label }, .optionalLink("page") { $0.page })
}

/// A section of the site, and what to find there.
struct Way: TemplateModel {
  var title: String
  var page: Link
  /// The number of things in it; nil if it isn't about countable things.
  var count: Int?
  var text: String

  static let shape = Shape<Way>(
    .text("title") { $0.title }, .link("page") { $0.page },
    .optionalText("count") { way in way.count.map(grouped) }, .text("text") { $0.text })
}

/// A recently changed rule.
struct RecentRow: TemplateModel {
  enum Change: String {
    case new, changed
  }

  var title: String
  var page: Link
  /// As in ``RuleRow/logSource``.
  var logSource: String
  var level: Level?
  var change: Change
  var date: CalendarDate

  static let shape = Shape<RecentRow>(
    .text("title") { $0.title },
    .link("page") { $0.page },
    .text("logSource") { $0.logSource },
    .text("level") { $0.level?.rawValue ?? "no level" },
    .optionalText("levelClass") { row in row.level.map { "lv \($0)" } },
    .text("change") { $0.change.rawValue },
    .text("date") { $0.date.description })
}
