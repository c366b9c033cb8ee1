import Templates

/// The page of a technique or sub-technique, `attack/<Txxxx[.yyy]>/index.html`. Template: `technique.html`.
///
/// It serves whoever writes the next rule. A section that is nil or an empty list is left out, and its line in the page's
/// contents with it.
struct TechniquePage: TemplateModel {
  var frame: SiteFrame
  /// With its parent's name before it: `OS Credential Dumping: LSASS Memory`.
  var name: String
  var id: String
  /// That ATT&CK has withdrawn it, and what took its place.
  var notices: [RuleNotice] = []
  /// What covers it, or that nothing does, in a sentence or two; nil for what is withdrawn.
  var lead: String?
  var facts: TechniqueFacts
  var notes: NoteSection?
  /// Rules of its own, then those of its sub-techniques; for what is withdrawn, rules that still name it.
  var rules: [RuleTable] = []
  var neighbours: MatrixNeighbours?
  var events: EventUseTable?
  var strategies: StrategySection?
  var fields: FieldUseTable?
  var values: SharedTestTable?
  var exclusions: SharedTestTable?
  /// Groups, campaigns, software: those that there are.
  var users: [AttackUserList] = []

  private var ruleCount: Int { rules.reduce(0) { $0 + $1.rules.total } }
  private var userCount: Int { users.reduce(0) { $0 + $1.objects.total } }

  static let shape = Shape<TechniquePage>(
    .model("frame") { $0.frame },
    .text("name") { $0.name },
    .text("id") { $0.id },
    .list("notices") { $0.notices },
    .optionalText("lead") { $0.lead },
    .model("facts") { $0.facts },
    .flag("hasSections") {
      !$0.rules.isEmpty || $0.notes != nil || $0.neighbours != nil || $0.strategies != nil || !$0.users.isEmpty
    },
    .optionalModel("notes") { $0.notes },
    .list("rules") { $0.rules },
    .text("ruleCount") { grouped($0.ruleCount) },
    .text("ruleSummary") { counted($0.ruleCount, "rule") + ", highest level first" },
    .optionalModel("neighbours") { $0.neighbours },
    .optionalModel("events") { $0.events },
    .optionalModel("strategies") { $0.strategies },
    .optionalModel("fields") { $0.fields },
    .optionalModel("values") { $0.values },
    .optionalModel("exclusions") { $0.exclusions },
    .list("users") { $0.users },
    .text("userCount") { grouped($0.userCount) })
}
