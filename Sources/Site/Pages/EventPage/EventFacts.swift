import Templates

/// The head of an event's or a provider's page.
struct EventFacts: TemplateModel {
  /// For an event: the provider that writes it.
  var provider: TitledLink?
  /// For a provider: what it is, in a few words.
  var about: String?
  /// For an event: a number or a name.
  var event: String?
  /// The state of an event, given what is collected; nil without telemetry.
  var state: MarkedState?
  /// Its other names.
  var aliases: [String] = []
  /// The Windows channels that it is written to.
  var channels: [String] = []
  /// The log sources of the rules that read it, with the number of rules.
  var logSources = UseList()
  /// `1,504, of these 1,430 counted`.
  var rules: String
  /// The counted rules by property; each list is empty if there is nothing to distinguish.
  var levels: [MarkedCount] = []
  var statuses: [MarkedCount] = []

  static let shape = Shape<EventFacts>(
    .optionalModel("provider") { $0.provider },
    .optionalText("about") { $0.about },
    .optionalText("event") { $0.event },
    .optionalModel("state") { $0.state },
    .list("aliases") { $0.aliases.map(TextItem.init) },
    .list("channels") { $0.channels.map(TextItem.init) },
    .model("logSources") { $0.logSources },
    .text("rules") { $0.rules },
    .list("levels") { $0.levels },
    .list("statuses") { $0.statuses })
}
