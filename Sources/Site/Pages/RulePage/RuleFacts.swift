import RuleModel
import Templates

/// The head of a rule's page: who wrote it, when, and for which log. Members that are nil or empty are left out.
struct RuleFacts: TemplateModel {
  var status: Status?
  var level: Level?
  /// The state of the rule, given what is collected; nil without telemetry.
  var state: MarkedState?
  /// In the order of the rule; several if it lists names.
  var logSources: [RuleLogSource] = []
  /// How the log must be set up, in words.
  var logDefinition: String?
  /// Fields whose values group the matches.
  var groupBy: [String] = []
  /// The time within which matches are grouped, as written: `10m`.
  var timeWindow: String?
  var authors: [String] = []
  var date: CalendarDate?
  var modified: CalendarDate?
  var id: String?
  /// Further facts that its dialect provides, in the order shown.
  var others: [OtherFact] = []
  /// The rule's source, in the contract's form: a path with `/`.
  var source: String
  /// Link to the copy of the rule's file beside the page.
  var file: Link?
  /// Link to `rule.xml` beside the page.
  var xml: Link?
  /// Link to the file in the rules' repository; nil if unknown.
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
    .optionalText("class") { $0.isLong ? "wide" : nil }, .flag("isList") { $0.isLong && $0.values.count > 1 })

  /// Whether it gets a line of its own, or a line for each of its values.
  private var isLong: Bool { values.reduce(0) { $0 + $1.utf8.count } > 60 }
}

/// A log that the rule reads.
struct RuleLogSource: TemplateModel {
  /// The names that the rule gives, in the order shown; at least one.
  var parts: [LogSourcePart]
  /// Link to the log source; nil if it has no page.
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
