import RuleModel
import Templates

/// How a rule is related to others. At least one list isn't empty.
struct RelatedSection: TemplateModel {
  /// The rules it is related to, whichever rule declares it: its own declarations first, in its order.
  var rows: [RelatedRow] = []
  /// The filters that tune the rule, by key; only the first of them.
  var filters: [RuleLink] = []
  /// Set if not all filters are listed.
  var filtersCut: CutList?
  /// The correlations that use the rule, by key.
  var correlations: [RuleLink] = []

  static let shape = Shape<RelatedSection>(
    .list("rows") { $0.rows },
    .list("filters") { $0.filters },
    .optionalModel("filtersCut") { $0.filtersCut },
    .list("correlations") { $0.correlations })
}

/// A rule that the page's rule is related to.
struct RelatedRow: TemplateModel {
  /// From this rule's point of view: `derived from`.
  var relation: String
  /// The id as written.
  var id: String
  /// nil if the catalog has no rule with that id, in which case the page shows the id and says that the rule is
  /// missing.
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
