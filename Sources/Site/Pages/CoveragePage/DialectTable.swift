import Templates

/// What each dialect's rules cover, on the review of a catalog with several dialects.
struct DialectTable: TemplateModel {
  var rows: [DialectRow]
  /// What only one dialect covers; dialects without such techniques are left out.
  var alone: [DialectTechniques]

  static let shape = Shape<DialectTable>(.list("rows") { $0.rows }, .list("alone") { $0.alone })
}

struct DialectRow: TemplateModel {
  var name: String
  /// Its list of rules.
  var page: Link
  var rules: Int
  var counted: Int
  var techniques: Int
  /// How many of them only its rules cover.
  var onlyHere: Int
  /// The share of its rules' logic that is understood: `99.9 %`.
  var understood: String

  static let shape = Shape<DialectRow>(
    .text("name") { $0.name }, .link("page") { $0.page }, .text("rules") { grouped($0.rules) },
    .text("counted") { grouped($0.counted) }, .text("techniques") { grouped($0.techniques) },
    .text("onlyHere") { grouped($0.onlyHere) }, .text("understood") { $0.understood })
}

/// The techniques that only one dialect's rules cover.
struct DialectTechniques: TemplateModel {
  /// `12 techniques only in Sigma`.
  var title: String
  var techniques: [TitledLink]

  static let shape = Shape<DialectTechniques>(.text("title") { $0.title }, .list("techniques") { $0.techniques })
}
