import Templates

/// Techniques that rules detect, but that little holds up.
struct ThinTable: TemplateModel {
  /// Those that most groups use first.
  var rows: Folded<ThinRow>
  /// `42 one rule, 12 one event`.
  var summary: String
  /// Whether ATT&CK names several log sources for one of them.
  private var hasSources: Bool { (rows.first + rows.rest).contains { $0.sources != nil } }

  static let shape = Shape<ThinTable>(
    .text("count") { grouped($0.rows.total) }, .text("summary") { $0.summary },
    .flag("hasSources") { $0.hasSources },
    .list("first") { $0.rows.first }, .list("rest") { $0.rows.rest }, .text("restLabel") { $0.rows.label("technique") })
}

/// A thin technique.
struct ThinRow: TemplateModel {
  var id: String
  var name: String
  var page: Link?
  /// `one event, Microsoft-Windows-Sysmon 1; one level, low`.
  var why: String
  /// How many groups use it.
  var groups: Int
  /// How many rules hold it up.
  var rules: Int
  /// How many of the log sources that ATT&CK names these read: `2 of 5`; nil if it names only one.
  var sources: String?

  static let shape = Shape<ThinRow>(
    .text("id") { $0.id }, .text("name") { $0.name }, .optionalLink("page") { $0.page }, .text("why") { $0.why },
    .text("groups") { grouped($0.groups) }, .text("rules") { grouped($0.rules) },
    .text("sources") { $0.sources ?? "–" })
}
