import RuleModel
import Templates

/// A list of rules, `rules/index.html` or `rules/<dialect>/index.html`, or a page that goes on with one, `rules/all-2.html`.
/// Template: `rules.html`.
///
/// The page's script narrows and sorts the entire list: where other pages go on with it, from `assets/rules.js`.
struct RuleListPage: TemplateModel {
  var frame: SiteFrame
  /// `Detection rules`, `Sigma rules`.
  var title: String
  /// How many rules there are, and where they come from, in a sentence.
  var lead: String
  /// To the lists of each dialect, or to that of all; empty where there is one dialect alone.
  var lists: [TitledLink] = []
  /// What narrows the list, in the order shown; a facet without two options that differ is of no use and left out.
  var facets: [Facet] = []
  /// The last changed first; ties in the order of titles, then keys: all, or those of one page.
  var rows: [RuleRow]
  /// How many appear on the pages before this one.
  var before = 0
  /// How many there are in all.
  var total: Int
  /// The dialect of the list, where there are others.
  var dialect: Dialect?
  /// The pages of the list where there are several, this one without a link: `Page 2`.
  var parts: [TitledLink] = []

  static let shape = Shape<RuleListPage>(
    .model("frame") { $0.frame },
    .text("title") { $0.title },
    .text("lead") { $0.lead },
    .list("lists") { $0.lists },
    .list("facets") { $0.facets },
    .list("rows") { $0.rows },
    .optionalText("totalOfParts") { $0.rows.count < $0.total ? String($0.total) : nil },
    .optionalText("dialect") { $0.dialect?.rawValue },
    .list("parts") { $0.parts },
    .text("summary") { page in
      let count =
        page.rows.count == page.total
        ? counted(page.total, "rule")
        : "\(grouped(page.before + 1)) to \(grouped(page.before + page.rows.count)) of \(counted(page.total, "rule"))"
      return count + ", newest first"
    })
}

/// A rule as a row of a list. Its links are relative to the list's page.
struct RuleRow: TemplateModel {
  var title: String
  var page: Link
  /// In one line, the most general first: `windows · process_creation`.
  var logSource: String
  var level: Level?
  var status: Status?
  /// Ids, in order.
  var techniques: [TitledLink] = []
  /// When it was last changed, or written where it never was.
  var date: CalendarDate?
  /// The facets that it falls under, beside level and status: ``Facet/Option/id``.
  var facets: [String] = []

  static let shape = Shape<RuleRow>(
    .text("title") { $0.title },
    .link("page") { $0.page },
    .text("logSource") { $0.logSource },
    .text("level") { $0.level?.rawValue ?? "no level" },
    .optionalText("levelClass") { row in row.level.map { "lv \($0)" } },
    .text("status") { $0.status?.rawValue ?? "no status" },
    .optionalText("statusClass") { row in row.status.map { "st \($0)" } },
    .list("techniques") { $0.techniques },
    .text("date") { $0.date?.description ?? "no date" },
    .optionalText("facets") { $0.facets.isEmpty ? nil : $0.facets.joined(separator: " ") })
}
