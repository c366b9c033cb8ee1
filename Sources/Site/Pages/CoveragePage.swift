import Templates

/// The review of coverage and gaps, `coverage/index.html`. Template: `coverage.html`.
///
/// It is read on a screen and printed for a meeting. What isn't given (what is collected, others' rules, earlier states) leaves its
/// sections out.
struct CoveragePage: TemplateModel {
  var frame: SiteFrame
  var title: String
  /// What is compared with what.
  var lead: String
  var figures: [Figure]
  /// What to do first, or what to configure so that more can be shown.
  var advice: String?
  /// The shapes and words of states, those that occur.
  var states: [StateKey]
  var tactics: TacticStateTable
  var gaps: GapSection?
  var wake: WakeTable?
  var blind: BlindRuleTable?
  var partlyBlind: PartlyBlindTable?
  var untapped: UntappedList?
  var history: HistorySection?

  static let shape = Shape<CoveragePage>(
    .model("frame") { $0.frame }, .text("title") { $0.title }, .text("lead") { $0.lead },
    .list("figures") { $0.figures },
    .text("found") { $0.states.contains { $0.mark == .runs } ? "run" : "are covered" },
    .optionalText("advice") { $0.advice }, .list("states") { $0.states }, .model("tactics") { $0.tactics },
    .optionalModel("gaps") { $0.gaps }, .optionalModel("wake") { $0.wake }, .optionalModel("blind") { $0.blind },
    .optionalModel("partlyBlind") { $0.partlyBlind }, .optionalModel("untapped") { $0.untapped },
    .optionalModel("history") { $0.history })
}
