import RuleModel
import Templates

/// How a rule is tied to others. At least one of its lists has items.
struct RelatedSection: TemplateModel {
  /// What the rule itself says, in its order.
  var rows: [RelatedRow] = []
  /// The filters that tune the rule, by key; the first of them.
  var filters: [RuleLink] = []
  /// Set where not all filters are listed.
  var filtersCut: CutList?
  /// The correlations that use the rule, by key.
  var correlations: [RuleLink] = []

  static let shape = Shape<RelatedSection>(
    .list("rows") { $0.rows },
    .list("filters") { $0.filters },
    .optionalModel("filtersCut") { $0.filtersCut },
    .list("correlations") { $0.correlations })
}

/// A relation that a rule names.
struct RelatedRow: TemplateModel {
  /// As one would say it of the other rule: `derived from`.
  var relation: String
  /// The id as written.
  var id: String
  /// nil where the catalog has no rule of that id; then the id is shown, and that it is missing.
  var title: String?
  var page: Link?
  var level: Level?

  static let shape = Shape<RelatedRow>(
    .text("relation") { $0.relation },
    .text("id") { $0.id },
    .optionalText("title") { $0.title },
    .optionalLink("page") { $0.page },
    .optionalText("level") { $0.level?.rawValue })
}
