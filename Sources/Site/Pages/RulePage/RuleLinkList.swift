import RuleModel
import Templates

/// Another rule, as an item of a list.
struct RuleLink: TemplateModel {
  var title: String
  /// nil if the rule has no page on this site.
  var page: Link?
  var dialect: Dialect

  static let shape = Shape<RuleLink>(
    .text("title") { $0.title }, .optionalLink("page") { $0.page }, .text("dialect") { $0.dialect.label })
}

/// Rules of which the first few are visible at once; the others unfold.
struct RuleLinkList: TemplateModel {
  /// In the order shown.
  var rules: [RuleLink]
  /// How many are visible at once.
  var unfolded = 8

  static let shape = Shape<RuleLinkList>(
    .list("first") { Array($0.rules.prefix($0.unfolded)) },
    .list("rest") { Array($0.rules.dropFirst($0.unfolded)) },
    .text("restLabel") { counted($0.rules.count - $0.unfolded, "more rule") })
}

/// The remark for a list of which only the first items are shown.
struct CutList: TemplateModel {
  /// How many are shown: `100 rules`.
  var shown: String
  /// The total number: `1,234`.
  var count: String
  /// Link to the full list.
  var page: Link?

  static let shape = Shape<CutList>(
    .text("shown") { $0.shown }, .text("count") { $0.count }, .optionalLink("page") { $0.page })
}

/// The other rules that look for the same operations.
struct SameActionSection: TemplateModel {
  /// The operations, linked to pages with all of their rules: `user.session.start`.
  var operations: [TitledLink]
  /// Those that share the most first.
  var rules: [RuleLink]
  /// The total number, listed or not.
  var count: Int

  static let shape = Shape<SameActionSection>(
    .list("operations") { $0.operations },
    .model("rules") { RuleLinkList(rules: $0.rules) },
    .text("count") { grouped($0.count) },
    .text("summary") { section in
      let dialects = Set(section.rules.map(\.dialect)).count
      return counted(section.count, "rule") + (dialects > 1 ? " in \(dialects) dialects" : "")
    },
    .optionalText("cut") { $0.count > $0.rules.count ? counted($0.rules.count, "rule") : nil })
}
