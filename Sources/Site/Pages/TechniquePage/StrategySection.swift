import Templates

/// The evidence for a technique according to ATT&CK: the log sources that its detection strategies name.
struct StrategySection: TemplateModel {
  /// Link to their pages on MITRE's site.
  var strategies: [TitledLink]
  /// `12 events, 4 of them read by no rule here`.
  var summary: String
  /// Which of several log sources the rules that hold it up read, in a sentence; nil if there is one, or no such rule.
  var depth: String?
  /// The events that they name but no counted rule of the technique reads.
  var unread: UnreadEventTable?
  /// By component, log source and channel.
  var rows: Folded<StrategyRow>

  static let shape = Shape<StrategySection>(
    .list("strategies") { $0.strategies }, .text("count") { grouped($0.rows.total) },
    .text("summary") { $0.summary }, .optionalText("depth") { $0.depth }, .optionalModel("unread") { $0.unread },
    .list("first") { $0.rows.first }, .list("rest") { $0.rows.rest },
    .text("restLabel") { $0.rows.label("log source") })
}

/// A log source as ATT&CK names it.
struct StrategyRow: TemplateModel {
  /// `Process Creation`.
  var component: String
  /// `WinEventLog:Sysmon`.
  var logSource: String
  /// In MITRE's words; may be empty.
  var channel: String
  /// The platforms of the analytics that name it, sorted.
  var platforms: [String]
  /// How rules use it: `2 rules read it`, `not in the event map`.
  var reading: String

  static let shape = Shape<StrategyRow>(
    .text("component") { $0.component }, .text("logSource") { $0.logSource }, .text("channel") { $0.channel },
    .text("platforms") { $0.platforms.joined(separator: ", ") }, .text("reading") { $0.reading })
}

/// Events that can show a technique but that none of its rules reads.
struct UnreadEventTable: TemplateModel {
  var rows: Folded<UnreadEventRow>

  static let shape = Shape<UnreadEventTable>(
    .list("first") { $0.rows.first }, .list("rest") { $0.rows.rest }, .text("restLabel") { $0.rows.label("event") })
}

struct UnreadEventRow: TemplateModel {
  var event: EventRow
  /// How many counted rules read it for other techniques.
  var elsewhere: Int

  static let shape = Shape<UnreadEventRow>(
    .model("event") { $0.event }, .text("rules") { $0.elsewhere == 0 ? "none" : grouped($0.elsewhere) })
}
