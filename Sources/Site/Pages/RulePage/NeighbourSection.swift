import RuleModel
import Templates

/// The rules with the most similar tests; at least one.
struct NeighbourSection: TemplateModel {
  /// The nearest first.
  var rows: [NeighbourRow]
  /// Link to the pairs of rules in the entire catalog that are worth merging.
  var duplicates: Link?

  static let shape = Shape<NeighbourSection>(
    .list("rows") { $0.rows }, .text("count") { grouped($0.rows.count) },
    .text("summary") { "\(grouped($0.rows.count)) nearest" }, .optionalLink("duplicates") { $0.duplicates })
}

/// A rule whose tests are similar to another's.
struct NeighbourRow: TemplateModel {
  var title: String
  var page: Link
  /// Its log source if it differs: `windows · image_load`.
  var logSource: String?
  /// `duplicate`, `the same detection in Splunk`, `stricter`, `broader`, `similar`; `similar, on other logs` if no event
  /// could match both.
  var relation: String
  /// The number of tests that both have.
  var shared: Int
  /// In hundredths.
  var score: Int
  var level: Level?
  /// nil if there is none.
  var difference: DifferenceModel?

  static let shape = Shape<NeighbourRow>(
    .text("title") { $0.title },
    .link("page") { $0.page },
    .optionalText("logSource") { $0.logSource },
    .text("relation") { $0.relation },
    .text("shared") { grouped($0.shared) },
    .text("score") { hundredths($0.score) },
    .text("level") { $0.level?.rawValue ?? "no level" },
    .optionalText("levelClass") { row in row.level.map { "lv \($0)" } },
    .optionalModel("difference") { $0.difference })
}
