import RuleModel
import Templates

/// What heads a rule's page: who wrote it, when, for which log. What is nil or empty is left out.
struct RuleFacts: TemplateModel {
  var status: Status?
  var level: Level?
  /// The state of the rule, given what is collected; nil without telemetry.
  var state: MarkedState?
  /// In the order of the rule; several where it lists names.
  var logSources: [RuleLogSource] = []
  /// How the log must be set up, in words.
  var logDefinition: String?
  /// Fields by which matches are counted together.
  var groupBy: [String] = []
  /// Within which time they are, as written: `10m`.
  var timeWindow: String?
  var authors: [String] = []
  var date: CalendarDate?
  var modified: CalendarDate?
  var id: String?
  /// What its dialect says beside these, in the order shown.
  var others: [OtherFact] = []
  /// The rule's source as the contract has it: a path with `/`.
  var source: String
  /// To the copy of the rule's file that is beside the page.
  var file: Link?
  /// To `rule.xml` beside the page.
  var xml: Link?
  /// To the file in the rules' repository; nil where that isn't known.
  var repository: Link?

  static let shape = Shape<RuleFacts>(
    .optionalText("status") { $0.status?.rawValue },
    .optionalText("level") { $0.level?.rawValue },
    .optionalModel("state") { $0.state },
    .list("logSources") { $0.logSources },
    .optionalText("logDefinition") { $0.logDefinition },
    .list("groupBy") { $0.groupBy.map(TextItem.init) },
    .optionalText("timeWindow") { $0.timeWindow },
    .list("authors") { $0.authors.map(TextItem.init) },
    .optionalText("date") { $0.date?.description },
    .optionalText("modified") { $0.modified?.description },
    .optionalText("id") { $0.id },
    .list("others") { $0.others },
    .text("source") { $0.source },
    .optionalLink("file") { $0.file },
    .optionalLink("xml") { $0.xml },
    .optionalLink("repository") { $0.repository })
}

/// A fact that only rules of some dialects have.
struct OtherFact: TemplateModel {
  /// In sentence case: `Risk score`.
  var name: String
  /// At least one.
  var values: [String]

  static let shape = Shape<OtherFact>(
    .text("name") { $0.name }, .list("values") { $0.values.map(TextItem.init) },
    // A long list has a line of its own.
    .optionalText("class") { $0.values.reduce(0) { $0 + $1.utf8.count } > 60 ? "wide" : nil })
}

/// A log that the rule reads.
struct RuleLogSource: TemplateModel {
  /// The names that the rule gives, in the order shown; at least one.
  var parts: [LogSourcePart]
  /// To the log source; nil while it has no page.
  var page: Link?

  static let shape = Shape<RuleLogSource>(.list("parts") { $0.parts }, .optionalLink("page") { $0.page })
}

/// One of the names that say which log it is: `product okta`.
struct LogSourcePart: TemplateModel {
  /// `category`, `product` or `service`.
  var name: String
  var value: String

  static let shape = Shape<LogSourcePart>(.text("name") { $0.name }, .text("value") { $0.value })
}
