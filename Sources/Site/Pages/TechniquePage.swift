import Templates

/// The page of a technique or sub-technique, `attack/<Txxxx[.yyy]>/index.html`. Template: `technique.html`.
///
/// It is meant for authors of new rules. A section that is nil or an empty list is left out, along with its line in the
/// page's contents.
struct TechniquePage: TemplateModel {
  var frame: SiteFrame
  /// Preceded by its parent's name: `OS Credential Dumping: LSASS Memory`.
  var name: String
  var id: String
  /// Says that ATT&CK has withdrawn it, and what replaces it.
  var notices: [RuleNotice] = []
  /// What MITRE says that it is, in a sentence or two; nil for a withdrawn technique, or if the data has no description.
  var summary: String?
  /// What covers it, or that nothing does, in a sentence or two; nil for a withdrawn technique.
  var lead: String?
  var facts: TechniqueFacts
  var notes: NoteSection?
  /// Rules of its own, then those of its sub-techniques; for a withdrawn technique, rules that still name it.
  var rules: [RuleTable] = []
  var neighbours: MatrixNeighbours?
  var events: EventUseTable?
  var strategies: StrategySection?
  var fields: FieldUseTable?
  var values: SharedTestTable?
  var exclusions: SharedTestTable?
  /// Groups, campaigns and software, each if there are any.
  var users: [AttackUserList] = []
  /// How to test its rules.
  var tests: SimulationTable?

  private var ruleCount: Int { rules.reduce(0) { $0 + $1.rules.total } }
  private var userCount: Int { users.reduce(0) { $0 + $1.objects.total } }

  static let shape = Shape<TechniquePage>(
    .model("frame") { $0.frame },
    .text("name") { $0.name },
    .text("id") { $0.id },
    .list("notices") { $0.notices },
    .optionalText("summary") { $0.summary },
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
    .text("userCount") { grouped($0.userCount) },
    .optionalModel("tests") { $0.tests })
}
