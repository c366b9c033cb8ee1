import Templates

/// What ATT&CK says can show a technique: the log sources that its detection strategies name.
struct StrategySection: TemplateModel {
  /// To their pages at MITRE's.
  var strategies: [TitledLink]
  /// By component, log source and channel.
  var rows: Folded<StrategyRow>

  static let shape = Shape<StrategySection>(
    .list("strategies") { $0.strategies }, .text("count") { grouped($0.rows.total) },
    .text("summary") { counted($0.rows.total, "log source") },
    .list("first") { $0.rows.first }, .list("rest") { $0.rows.rest },
    .text("restLabel") { $0.rows.label("log source") })
}

/// A log source as ATT&CK names it.
struct StrategyRow: TemplateModel {
  /// `Process Creation`.
  var component: String
  /// `WinEventLog:Sysmon`.
  var logSource: String
  /// As MITRE words it; may be empty.
  var channel: String
  /// Of the analytics that name it, sorted.
  var platforms: [String]

  static let shape = Shape<StrategyRow>(
    .text("component") { $0.component }, .text("logSource") { $0.logSource }, .text("channel") { $0.channel },
    .text("platforms") { $0.platforms.joined(separator: ", ") })
}
