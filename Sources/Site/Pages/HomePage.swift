import RuleModel
import Templates

/// The home page, `index.html`. Template: `index.html`.
struct HomePage: TemplateModel {
  var frame: SiteFrame
  var title: String
  /// What the site holds, in a sentence.
  var lead: String
  /// The catalog's main figures.
  var figures: [Figure]
  /// The parts of the site that exist.
  var ways: [Way]
  /// The ten rules changed last, the newest first; empty where no rule has a date.
  var recent: [RecentRow] = []
  /// To the list of all rules.
  var allRules: Link
  /// By level, by status, by product.
  var makeUp: [ShareTable] = []
  /// What the files that were read hold: rules, correlations, filters, what is no rule, what is broken.
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
  /// In the number's form: `rules`, `rule`.
  var label: String
  var page: Link?

  static let shape = Shape<Figure>(
    .text("count") { grouped($0.count) }, .text("label") { $0.label }, .optionalLink("page") { $0.page })
}

/// A part of the site, and what one finds there.
struct Way: TemplateModel {
  var title: String
  var page: Link
  /// How many of them there are; nil where it isn't a number of things.
  var count: Int?
  var text: String

  static let shape = Shape<Way>(
    .text("title") { $0.title }, .link("page") { $0.page },
    .optionalText("count") { way in way.count.map(grouped) }, .text("text") { $0.text })
}

/// A rule that changed lately.
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
