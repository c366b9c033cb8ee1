import Templates

/// The coverage and gap review, `coverage/index.html`. Template: `coverage.html`.
///
/// It is read on screen and printed for meetings. If an input is missing (telemetry, a baseline, recorded states), its
/// sections are left out.
struct CoveragePage: TemplateModel {
  var frame: SiteFrame
  var title: String
  /// What is compared, and with what.
  var lead: String
  var figures: [Figure]
  /// What to do first, or what to configure so that more can be shown.
  var advice: String?
  /// The shapes and words of the states that occur.
  var states: [StateKey]
  var tactics: TacticStateTable
  /// nil if the catalog has only one dialect.
  var dialects: DialectTable?
  var gaps: GapSection?
  var thin: ThinTable?
  /// nil if the configuration accepts no gap.
  var accepted: AcceptedTable?
  /// nil if the configuration has no scope.
  var outOfScope: OutOfScopeSection?
  var wake: WakeTable?
  var blind: BlindRuleTable?
  var partlyBlind: PartlyBlindTable?
  var exclusions: DeadExclusionTable?
  var untapped: UntappedList?
  var untested: UntestedList?
  var history: HistorySection?
  var pictures: [ReviewPicture] = []

  static let shape = Shape<CoveragePage>(
    .model("frame") { $0.frame }, .text("title") { $0.title }, .text("lead") { $0.lead },
    .list("figures") { $0.figures },
    .text("found") { $0.states.contains { $0.mark == .runs } ? "run" : "are covered" },
    .optionalText("advice") { $0.advice }, .list("states") { $0.states }, .model("tactics") { $0.tactics },
    .optionalModel("dialects") { $0.dialects },
    .optionalModel("gaps") { $0.gaps }, .optionalModel("thin") { $0.thin }, .optionalModel("accepted") { $0.accepted },
    .optionalModel("outOfScope") { $0.outOfScope }, .optionalModel("wake") { $0.wake },
    .optionalModel("blind") { $0.blind },
    .optionalModel("partlyBlind") { $0.partlyBlind }, .optionalModel("exclusions") { $0.exclusions },
    .optionalModel("untapped") { $0.untapped },
    .optionalModel("untested") { $0.untested },
    .optionalModel("history") { $0.history }, .list("pictures") { $0.pictures })
}

/// A picture on the review; `pictures.html` has its numbers as a table.
struct ReviewPicture: TemplateModel {
  var title: String
  /// What it shows and what it leaves out.
  var text: String
  /// Link to the picture.
  var file: Link
  /// Link to its table.
  var table: Link
  /// In pixels.
  var width: Int
  var height: Int

  static let shape = Shape<ReviewPicture>(
    .text("title") { $0.title }, .text("text") { $0.text }, .link("file") { $0.file }, .link("table") { $0.table },
    .text("width") { "\($0.width)" }, .text("height") { "\($0.height)" })
}
