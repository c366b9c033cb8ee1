import RuleModel
import Templates

/// A list of rules, `rules/index.html` or `rules/<dialect>/index.html`, or a page that continues one,
/// `rules/all-2.html`. Template: `rules.html`.
///
/// The page's script filters and sorts the entire list: if it continues on other pages, from `assets/rules.js`.
struct RuleListPage: TemplateModel {
  var frame: SiteFrame
  /// `Detection rules`, `Sigma rules`.
  var title: String
  /// How many rules there are, and where they come from, in a sentence.
  var lead: String
  /// Links to the other lists, that of all dialects first; empty if there is only one dialect.
  var lists: [TitledLink] = []
  /// The facets of the list, in the order shown; one without two different options is useless and left out.
  var facets: [Facet] = []
  /// The most recently changed first, then by title and key: all of them, or those of one page.
  var rows: [RuleRow]
  /// How many appear on earlier pages.
  var before = 0
  /// The total number.
  var total: Int
  /// The dialect of the list, if there are others.
  var dialect: Dialect?
  /// The pages of the list if there are several, the current one without a link: `Page 2`.
  var parts: [TitledLink] = []
  /// The parts of the dialect's rules that can't be read, on the first page of its list; nil if everything can be.
  var unread: UnreadParts?

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
    .optionalModel("unread") { $0.unread },
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
  /// On one line, the most general first: `windows · process_creation`.
  var logSource: String
  /// nil if all rules of the list are written in one.
  var dialect: Dialect?
  var level: Level?
  var status: Status?
  /// What it sees of what is collected; nil if that isn't known.
  var state: StateMark?
  /// Ids, in order.
  var techniques: [TitledLink] = []
  /// When it was last changed or, if it never was, written.
  var date: CalendarDate?
  /// The facet options that apply to it, besides level and status: ``Facet/Option/id``.
  var facets: [String] = []

  static let shape = Shape<RuleRow>(
    .text("title") { $0.title },
    .link("page") { $0.page },
    .text("logSource") { $0.logSource },
    .optionalText("dialect") { $0.dialect?.label },
    .text("level") { $0.level?.rawValue ?? "no level" },
    .optionalText("levelClass") { row in row.level.map { "lv \($0)" } },
    .text("status") { $0.status?.rawValue ?? "no status" },
    .optionalText("statusClass") { row in row.status.map { "st \($0)" } },
    .optionalModel("state") { row in row.state.map { MarkedState(mark: $0) } },
    .list("techniques") { $0.techniques },
    .text("date") { $0.date?.description ?? "no date" },
    .optionalText("facets") { $0.facets.isEmpty ? nil : $0.facets.joined(separator: " ") })
}

/// The parts of rules that can't be read.
struct UnreadParts: TemplateModel {
  /// `12 parts of 3 rules can’t be read`.
  var title: String
  /// Only the first of them.
  var rows: [UnreadPart]
  /// `and 40 more`; nil if all are listed.
  var more: String?

  static let shape = Shape<UnreadParts>(
    .text("title") { $0.title }, .list("rows") { $0.rows }, .optionalText("more") { $0.more })
}

/// A part of a rule that can't be read.
struct UnreadPart: TemplateModel {
  var rule: TitledLink
  /// As written.
  var text: String

  static let shape = Shape<UnreadPart>(.model("rule") { $0.rule }, .text("text") { $0.text })
}
