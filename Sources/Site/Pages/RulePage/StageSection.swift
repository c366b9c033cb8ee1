import RuleModel
import Templates

/// A rule's logic, broken down. At least one member isn't empty.
struct StageSection: TemplateModel {
  /// Comes before the stages.
  var correlation: CorrelationModel?
  /// What a filter tunes; comes before the stages.
  var tuned: TunedRules?
  /// The condition, then the stages that it names, in the order of the rule.
  var stages: [StageModel] = []

  static let shape = Shape<StageSection>(
    .optionalModel("correlation") { $0.correlation },
    .optionalModel("tuned") { $0.tuned },
    .list("stages") { $0.stages },
    .optionalText("count") { $0.stages.isEmpty ? nil : grouped($0.stages.count) },
    .optionalText("summary") { $0.summary })

  private var summary: String? {
    let commands = stages.count { $0.form == .command }
    guard commands == 0 else { return counted(commands, "command") }
    let first = stages.first?.name == "condition" ? "condition and " : ""
    let (others, noun) = first.isEmpty ? (stages.count, "stage") : (stages.count - 1, "search identifier")
    return stages.count > 1 ? first + counted(others, noun) : nil
  }
}

/// One stage: the condition or a search identifier that it names; what a query reads, or one of its commands.
struct StageModel: TemplateModel {
  /// From 0, which is the condition or what a query reads.
  var number: Int
  /// `condition`, the search identifier, or a command's word.
  var name: String
  var form = Stage.Form.condition
  /// Whether it is under `not`.
  var isExcluded = false
  /// The text of a condition, a command or what is read, as written; nil for other stages.
  var text: String?
  /// The constants and functions that a query defines; empty for other stages, whose text includes what decides.
  var definitions: [String] = []
  /// nil if the text says everything: a condition that names one stage, a command that selects nothing.
  var predicate: PredicateModel?
  /// The part of an old Sigma condition after its pipe: `count() by src_ip > 10`.
  var aggregation: String?

  /// The id of a stage on the page: `stage-3`.
  static func anchor(ofStage number: Int) -> String { "stage-\(number)" }

  static let shape = Shape<StageModel>(
    .text("anchor") { anchor(ofStage: $0.number) },
    .text("number") { String($0.number) },
    .text("name") { $0.name },
    .flag("isExcluded") { $0.isExcluded },
    .optionalText("text") { $0.text },
    .list("definitions") { $0.definitions.map(TextItem.init) },
    .optionalModel("predicate") { $0.predicate },
    .optionalText("aggregation") { $0.aggregation })
}

/// Which rules a filter tunes.
struct TunedRules: TemplateModel {
  /// In words, if it isn't a list of rules: `All rules of its log source`.
  var scope: String?
  /// Only the first of them.
  var rules: [RuleLink]
  /// The total number, listed or not; set if not all are listed.
  var cut: CutList?

  static let shape = Shape<TunedRules>(
    .optionalText("scope") { $0.scope }, .model("rules") { RuleLinkList(rules: $0.rules) },
    .optionalModel("cut") { $0.cut })
}
