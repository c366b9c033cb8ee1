import Templates

/// The list of groups, of campaigns, or of software: `attack/groups/index.html` and so on. Template: `threats.html`.
struct ThreatListPage: TemplateModel {
  var frame: SiteFrame
  /// `Groups`.
  var title: String
  var lead: String
  /// The lists of the other kinds, and the comparison.
  var others: [TitledLink]
  /// `174 groups, by name`.
  var summary: String
  /// What is counted as found: `Run`, `Covered`.
  var found: String
  /// By name.
  var rows: [ThreatRow]
  /// How many aren't in the list, as they have no page.
  var hidden: String?

  static let shape = Shape<ThreatListPage>(
    .model("frame") { $0.frame }, .text("title") { $0.title }, .text("lead") { $0.lead },
    .list("others") { $0.others }, .text("noun") { $0.title.lowercased() }, .text("summary") { $0.summary },
    .text("found") { $0.found }, .text("foundUnit") { $0.found.lowercased() }, .list("rows") { $0.rows },
    .optionalText("hidden") { $0.hidden })
}

/// A group, a campaign or a piece of software as a row of its list.
struct ThreatRow: TemplateModel {
  var id: String
  var name: String
  var page: Link
  var aliases: [String]
  /// How many techniques it uses itself.
  var techniques: Int
  /// How many of them rules detect; without telemetry, how many are covered.
  var found: Int
  /// How many have no counted rule.
  var uncovered: Int
  /// How many rules name it.
  var rules: Int

  static let shape = Shape<ThreatRow>(
    .text("id") { $0.id }, .text("name") { $0.name }, .link("page") { $0.page },
    .optionalText("aliases") { $0.aliases.isEmpty ? nil : $0.aliases.joined(separator: ", ") },
    .text("techniques") { grouped($0.techniques) }, .text("found") { grouped($0.found) },
    .text("uncovered") { grouped($0.uncovered) }, .text("rules") { grouped($0.rules) })
}
