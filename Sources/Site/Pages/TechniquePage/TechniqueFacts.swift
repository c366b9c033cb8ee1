import Templates

/// The head of a technique's page.
struct TechniqueFacts: TemplateModel {
  /// `T1003 OS Credential Dumping`; nil for a technique that isn't a sub-technique.
  var parent: TitledLink?
  /// Its state, given what is collected; nil without telemetry.
  var state: MarkedState?
  /// `out of scope: only on PRE`, `accepted until 2027-03-31: no sensor`; nil if it is in scope.
  var scope: String?
  /// What holds it up: `thin: one rule`, `4 rules, 3 events, 2 levels`; nil if nothing does.
  var depth: String?
  /// In matrix order.
  var tactics: [TitledLink] = []
  /// `Linux`, `Windows`; empty if the data names none.
  var platforms: [String] = []
  /// The counted rules by property; each list is empty if there is nothing to distinguish.
  var levels: [MarkedCount] = []
  var statuses: [MarkedCount] = []
  var dialects: [MarkedCount] = []
  /// `12, as they are deprecated, unsupported or no detections`; nil if all are counted.
  var uncounted: String?
  /// Link to its page on MITRE's site.
  var source: TitledLink

  static let shape = Shape<TechniqueFacts>(
    .optionalModel("parent") { $0.parent },
    .optionalModel("state") { $0.state },
    .optionalText("scope") { $0.scope }, .optionalText("depth") { $0.depth },
    .list("tactics") { $0.tactics },
    .optionalText("platforms") { $0.platforms.isEmpty ? nil : $0.platforms.joined(separator: ", ") },
    .list("levels") { $0.levels },
    .list("statuses") { $0.statuses },
    .list("dialects") { $0.dialects },
    .optionalText("uncounted") { $0.uncounted },
    .model("source") { $0.source })
}

/// A number of rules with a value of a property.
struct MarkedCount: TemplateModel {
  /// `high`.
  var label: String
  /// The label's CSS classes: `lv high`; nil for other properties.
  var mark: String?
  var count: Int

  static let shape = Shape<MarkedCount>(
    .text("label") { $0.label }, .optionalText("mark") { $0.mark }, .text("count") { grouped($0.count) })
}
