import Templates

/// The page of a group, a campaign or a piece of software, `attack/groups/<Gxxxx>/index.html`,
/// `attack/campaigns/<Cxxxx>/index.html`, `attack/software/<Sxxxx>/index.html`. Template: `threat.html`.
struct ThreatPage: TemplateModel {
  var frame: SiteFrame
  var name: String
  var id: String
  /// What MITRE says that it is, in a sentence or two; nil if the data has no description.
  var summary: String?
  /// How much of what it uses is covered, in a sentence.
  var lead: String
  /// Other names that it goes by.
  var aliases: [String]
  /// Link to its page on MITRE's site.
  var source: TitledLink?
  /// Link to the comparison with others.
  var comparison: Link
  /// How many of its techniques are in each state; empty if it uses none.
  var figures: [Figure] = []
  /// How many of its techniques are in scope, as gaps are only of those; nil without a scope.
  var scope: String?
  /// Rules that name it by a tag.
  var rules: RuleTable?
  /// What it uses itself; nil if ATT&CK names no technique.
  var techniques: ThreatTechniqueTable?
  /// What of that is uncovered.
  var gaps: ThreatGapTable?
  /// What its campaigns and its software add; nil if they add nothing.
  var further: FurtherTechniques?
  /// Its campaigns, its software, the groups that use it: each if there are any.
  var relations: [AttackUserList] = []

  static let shape = Shape<ThreatPage>(
    .model("frame") { $0.frame }, .text("name") { $0.name }, .text("id") { $0.id },
    .optionalText("summary") { $0.summary }, .text("lead") { $0.lead },
    .optionalText("aliases") { $0.aliases.isEmpty ? nil : $0.aliases.joined(separator: ", ") },
    .optionalModel("source") { $0.source }, .link("comparison") { $0.comparison }, .list("figures") { $0.figures },
    .optionalText("scope") { $0.scope }, .optionalModel("rules") { $0.rules },
    .optionalModel("techniques") { $0.techniques },
    .optionalModel("gaps") { $0.gaps }, .optionalModel("further") { $0.further }, .list("relations") { $0.relations })
}

/// What a threat uses itself, by tactic.
struct ThreatTechniqueTable: TemplateModel {
  /// How many techniques they are; one of several tactics is in each of them.
  var total: Int
  var hasStates: Bool
  /// In matrix order.
  var tactics: [ThreatTactic]

  static let shape = Shape<ThreatTechniqueTable>(
    .text("count") { grouped($0.total) }, .flag("hasStates") { $0.hasStates }, .list("tactics") { $0.tactics })
}

/// The techniques of a tactic that a threat uses.
struct ThreatTactic: TemplateModel {
  var tactic: TitledLink
  /// `5 of 8 run`.
  var summary: String
  /// By id.
  var rows: [ThreatTechniqueRow]

  static let shape = Shape<ThreatTactic>(
    .model("tactic") { $0.tactic }, .text("summary") { $0.summary }, .list("rows") { $0.rows })
}

/// A technique that a threat uses.
struct ThreatTechniqueRow: TemplateModel {
  var id: String
  /// For a sub-technique, preceded by its parent's.
  var name: String
  var page: Link?
  /// Counted rules, its sub-techniques' included.
  var rules: Int
  /// Its state; without telemetry, whether it is covered.
  var state: StateMark
  /// `thin: one event`; nil if it isn't thin.
  var thin: String?

  static let shape = Shape<ThreatTechniqueRow>(
    .text("id") { $0.id }, .text("name") { $0.name }, .optionalLink("page") { $0.page },
    .text("rules") { $0.rules == 0 ? "none" : grouped($0.rules) },
    .model("state") { MarkedState(mark: $0.state) }, .optionalText("thin") { $0.thin })
}

/// The uncovered techniques of a threat.
struct ThreatGapTable: TemplateModel {
  /// `8 no rule, 3 blind rules only`.
  var summary: String
  var hasBaseline: Bool
  /// Those that most groups use first.
  var rows: Folded<GapRow>

  static let shape = Shape<ThreatGapTable>(
    .text("count") { grouped($0.rows.total) }, .text("summary") { $0.summary },
    .flag("hasBaseline") { $0.hasBaseline }, .list("first") { $0.rows.first }, .list("rest") { $0.rows.rest },
    .text("restLabel") { $0.rows.label("gap") })
}

/// What a threat's campaigns and software use beside what it uses itself.
struct FurtherTechniques: TemplateModel {
  /// `112 techniques: 80 run, 32 without a rule`.
  var summary: String
  /// Those that are uncovered.
  var rows: Folded<FurtherTechnique>
  /// Whether rules detect all of them, also of those out of scope.
  var isFound = false

  static let shape = Shape<FurtherTechniques>(
    .text("summary") { $0.summary }, .flag("isFound") { $0.isFound }, .list("first") { $0.rows.first },
    .list("rest") { $0.rows.rest },
    .text("restLabel") { $0.rows.label("technique") })
}

/// An uncovered technique that a threat's campaigns or software use.
struct FurtherTechnique: TemplateModel {
  var technique: TitledLink
  /// `no rule; by its software: Cobalt Strike`.
  var why: String

  static let shape = Shape<FurtherTechnique>(.model("technique") { $0.technique }, .text("why") { $0.why })
}
