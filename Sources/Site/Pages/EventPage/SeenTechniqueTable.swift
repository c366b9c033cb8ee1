import Templates

/// The techniques that counted rules look for through an event.
struct SeenTechniqueTable: TemplateModel {
  /// What the columns and the bars mean.
  var title: String
  /// Most rules first.
  var rows: Folded<SeenTechniqueRow>

  static let shape = Shape<SeenTechniqueTable>(
    .text("title") { $0.title }, .text("count") { grouped($0.rows.total) },
    .text("summary") { counted($0.rows.total, "technique") },
    .list("first") { $0.rows.first }, .list("rest") { $0.rows.rest }, .text("restLabel") { $0.rows.label("technique") })
}

struct SeenTechniqueRow: TemplateModel {
  var id: String
  var name: String
  var page: Link?
  /// How many counted rules look for it through the event, and how many name it at all.
  var rules: Int
  var catalog: Int

  static let shape = Shape<SeenTechniqueRow>(
    .text("id") { $0.id }, .text("name") { $0.name }, .optionalLink("page") { $0.page },
    .text("rules") { grouped($0.rules) }, .text("catalogue") { grouped($0.catalog) },
    .text("width") { barWidth($0.rules, of: $0.catalog) })
}
