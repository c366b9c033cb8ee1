import Diagnostics
import Templates

/// What reading and analysis found, `lint.html`, and its continuation pages with the findings of one check. Template:
/// `lint.html`.
struct LintPage: TemplateModel {
  var frame: SiteFrame
  var title: String
  var lead: String
  /// Errors, warnings, notes; empty on continuation pages.
  var figures: [Figure] = []
  /// The checks that found something, most severe first.
  var checks: [CheckSection] = []
  /// By rule and file; nil if the page has the findings of only one check.
  var subjects: SubjectSection?
  /// The checks without findings, in the order of the list of identifiers.
  var quiet: [CheckRow] = []
  /// The pages of one list; the current one has a title without an address.
  var parts: [TitledLink] = []

  static let shape = Shape<LintPage>(
    .model("frame") { $0.frame },
    .text("title") { $0.title },
    .text("lead") { $0.lead },
    .list("figures") { $0.figures },
    .list("checks") { $0.checks },
    .flag("hasOverview") { $0.checks.count > 1 },
    .optionalModel("subjects") { $0.subjects },
    .list("quiet") { $0.quiet },
    .text("quietCount") { counted($0.quiet.count, "check") },
    .list("parts") { $0.parts })
}

/// A check and what it found.
struct CheckSection: TemplateModel {
  var check: CheckRow
  /// `82 findings on 80 rules`.
  var summary: String
  var rows: Folded<LintRow>
  /// Link to all findings of the check, if they don't fit on the page.
  var all: Link?

  static let shape = Shape<CheckSection>(
    .model("check") { $0.check },
    .text("summary") { $0.summary },
    .list("first") { $0.rows.first },
    .list("rest") { $0.rows.rest },
    .text("restLabel") { $0.rows.label("finding") },
    .optionalLink("all") { $0.all },
    .text("allLabel") { "All \(counted($0.rows.total, "finding")) of this check" })
}

/// A check, as documented.
struct CheckRow: TemplateModel {
  var id: CheckID
  /// Link to a page with more than the check itself: the pairs of rules that are nearly the same.
  var elsewhere: TitledLink?
  var examples: [CheckExampleItem] = []

  static let shape = Shape<CheckRow>(
    .text("id") { $0.id.name },
    .link("place") { Link(relative: "", fragment: $0.id.name) },
    .text("severity") { $0.id.severity.rawValue },
    .list("advice") { $0.id.adviceParts },
    .optionalModel("elsewhere") { $0.elsewhere },
    .list("examples") { $0.examples },
    .text("examplesLabel") { counted($0.examples.count, "example") })
}

extension CheckID {
  /// The advice, split into text and the names that are typed literally.
  fileprivate var adviceParts: [AdvicePart] {
    advice.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { number, text in
      AdvicePart(text: String(text), isCode: number % 2 == 1)
    }
  }
}

/// An example of what a check finds, or of what is fine.
struct CheckExampleItem: TemplateModel {
  /// `Found: A typo`.
  var title: String
  var files: [ExampleFile]
  /// What is found in the first file, each with its line and column.
  var findings: [String]

  static let shape = Shape<CheckExampleItem>(
    .text("title") { $0.title }, .list("files") { $0.files },
    .list("findings") { $0.findings.map(TextItem.init) })
}

/// A file of an example.
struct ExampleFile: TemplateModel {
  /// `Beside it, 99 rules like this one`; nil for the file that the check is tried on.
  var label: String?
  var text: String

  static let shape = Shape<ExampleFile>(.optionalText("label") { $0.label }, .text("text") { $0.text })
}

/// A piece of a check's advice.
struct AdvicePart: TemplateModel {
  var text: String
  /// Whether it is typed literally.
  var isCode: Bool

  static let shape = Shape<AdvicePart>(.text("text") { $0.text }, .flag("isCode") { $0.isCode })
}

/// One finding.
struct LintRow: TemplateModel {
  /// The rule, or the file's path if it has no page.
  var title: String
  /// Link to the findings on the rule's page; nil if there is none.
  var page: Link?
  /// The path of the rule's file.
  var path: String
  var message: String
  /// Its severity, if it differs from the check's usual one.
  var severity: Diagnostic.Severity?
  /// The line in the file.
  var line: Int?
  /// Link to that line on the rule's page.
  var place: Link?

  static let shape = Shape<LintRow>(
    .text("title") { $0.title },
    .optionalLink("page") { $0.page },
    .text("path") { $0.path },
    .text("message") { $0.message },
    .optionalText("severity") { $0.severity?.rawValue },
    .optionalText("line") { row in row.line.map { "line \($0)" } },
    .optionalLink("place") { $0.place })
}

/// The findings by rule, or by file if it has no rule.
struct SubjectSection: TemplateModel {
  /// `150 rules, 2 files without a rule`.
  var summary: String
  var rows: [SubjectRow]
  /// Link to all of them, if they don't fit on the page.
  var all: Link?

  static let shape = Shape<SubjectSection>(
    .text("summary") { $0.summary },
    .list("rows") { $0.rows },
    .optionalLink("all") { $0.all })
}

/// A rule or a file, and which checks found something there.
struct SubjectRow: TemplateModel {
  var title: String
  var page: Link?
  var path: String
  /// In the order shown.
  var checks: [SubjectCheck]
  var count: Int

  static let shape = Shape<SubjectRow>(
    .text("title") { $0.title }, .optionalLink("page") { $0.page }, .text("path") { $0.path },
    .list("checks") { $0.checks }, .text("count") { grouped($0.count) })
}

/// What a check found in one rule.
struct SubjectCheck: TemplateModel {
  var id: CheckID
  var severity: Diagnostic.Severity
  /// Link to the check on `lint.html`.
  var page: Link
  var count: Int

  static let shape = Shape<SubjectCheck>(
    .text("id") { $0.id.name }, .text("severity") { $0.severity.rawValue }, .link("page") { $0.page },
    .optionalText("times") { $0.count > 1 ? "\(grouped($0.count)) times" : nil })
}
