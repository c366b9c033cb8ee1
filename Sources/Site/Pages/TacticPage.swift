import Templates

/// The page of a tactic, `attack/tactics/<TAxxxx>/index.html`. Template: `tactic.html`.
struct TacticPage: TemplateModel {
  var frame: SiteFrame
  var name: String
  var id: String
  /// How much of it is covered, in a sentence.
  var lead: String
  /// How much of it is covered in scope, in a sentence; nil if the configuration has no scope.
  var scope: String?
  /// Link to its page on MITRE's site.
  var source: TitledLink?
  /// The neighbouring tactics in the matrix.
  var previous: TitledLink?
  var next: TitledLink?
  /// By name, each with its sub-techniques below it by id.
  var techniques: TechniqueTable
  /// Rules that name the tactic but none of its techniques.
  var unspecific: RuleTable?

  static let shape = Shape<TacticPage>(
    .model("frame") { $0.frame }, .text("name") { $0.name }, .text("id") { $0.id }, .text("lead") { $0.lead },
    .optionalText("scope") { $0.scope },
    .optionalModel("source") { $0.source }, .optionalModel("previous") { $0.previous },
    .optionalModel("next") { $0.next }, .model("techniques") { $0.techniques },
    .optionalModel("unspecific") { $0.unspecific })
}
