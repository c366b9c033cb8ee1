import Templates

/// Rules as rows of a table on a page about something else; the most important first.
struct RuleTable: TemplateModel {
  /// What they have in common: `Rules of its own`.
  var title: String
  var rules: Folded<RuleRow>
  /// Link to the list of all rules, for those that the page leaves out.
  var all: Link
  /// The filter that narrows that list to these: `T1059`.
  var word: String
  /// Whether the heading above already says what the title does, so that only screen readers need the title.
  var isAlone = false

  static let shape = Shape<RuleTable>(
    .text("title") { $0.title }, .optionalText("captionClass") { $0.isAlone ? "sr" : nil },
    .text("summary") { counted($0.rules.total, "rule") },
    .list("first") { $0.rules.first }, .list("rest") { $0.rules.rest }, .text("restLabel") { $0.rules.label("rule") },
    .optionalLink("all") { $0.rules.left > 0 ? $0.all : nil },
    .text("allLabel") { "All \(grouped($0.rules.total)) are in the list of rules: filter it by \($0.word)" })
}
