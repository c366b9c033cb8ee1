import Templates

/// The list of fields, `fields/index.html`. Template: `fields.html`.
struct FieldListPage: TemplateModel {
  var frame: SiteFrame
  var title: String
  var lead: String
  /// Those that most rules test first.
  var rows: [FieldRow]
  /// How many fields aren't in the list.
  var hidden = 0

  static let shape = Shape<FieldListPage>(
    .model("frame") { $0.frame },
    .text("title") { $0.title },
    .text("lead") { $0.lead },
    .list("rows") { $0.rows },
    .text("summary") { counted($0.rows.count, "field") + ", most tested first" },
    .optionalText("hidden") { page in
      page.hidden > 0 ? "\(counted(page.hidden, "more field")) tested by few rules: find them through their rules" : nil
    })
}

/// A field as a row of the list.
struct FieldRow: TemplateModel {
  /// The canonical name, or words for a search over the entire event.
  var title: String
  /// Whether the title is a name.
  var isName: Bool
  var page: Link
  /// The most common log sources of rules that test it, with their numbers: `windows · process_creation 1,134`.
  var logSources: String
  /// How many rules test it.
  var rules: Int
  var values: Int
  /// How many values at least two rules look for.
  var shared: Int
  /// How many values rules exclude.
  var excluded: Int

  static let shape = Shape<FieldRow>(
    .text("title") { $0.title },
    .flag("isName") { $0.isName },
    .link("page") { $0.page },
    .text("logSources") { $0.logSources },
    .text("rules") { grouped($0.rules) },
    .text("values") { grouped($0.values) },
    .text("shared") { grouped($0.shared) },
    .text("excluded") { grouped($0.excluded) })
}
