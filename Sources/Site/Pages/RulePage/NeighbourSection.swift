import RuleModel
import Templates

/// The rules whose tests are most like those of the page's rule; at least one.
struct NeighbourSection: TemplateModel {
  /// The nearest first.
  var rows: [NeighbourRow]
  /// To the pairs of the entire catalog that are worth merging.
  var duplicates: Link?

  static let shape = Shape<NeighbourSection>(
    .list("rows") { $0.rows }, .text("count") { grouped($0.rows.count) },
    .text("summary") { "\(grouped($0.rows.count)) nearest" }, .optionalLink("duplicates") { $0.duplicates })
}

/// A rule with tests that are like those of another.
struct NeighbourRow: TemplateModel {
  var title: String
  var page: Link
  /// Its log source where it is another one: `windows · image_load`.
  var logSource: String?
  /// `duplicate`, `stricter`, `broader`, `similar`; `similar, on other logs` where no event could match both.
  var relation: String
  /// How many tests both have.
  var shared: Int
  /// In hundredths.
  var score: Int
  var level: Level?
  /// nil where there is none.
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
