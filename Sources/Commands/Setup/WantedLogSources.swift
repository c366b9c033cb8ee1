import Events
import RuleModel

/// The log sources that rules ask for.
struct WantedLogSources {
  struct Row: Hashable {
    var logSource: LogSource
    /// How many counted rules name it.
    var rules: Int
  }

  /// Those that the event map knows, most rules first, then by name.
  private(set) var rows: [Row] = []
  /// How many counted rules name one that it doesn't know.
  private(set) var unknown = 0

  init(of rules: [Rule], map: EventMap) {
    var counts: [LogSource: Int] = [:]
    for rule in rules where CountedRules().contains(rule) {
      for source in rule.logSources where !source.isEmpty { counts[source.withoutDefinition, default: 0] += 1 }
    }
    for (logSource, rules) in counts {
      if map.entry(for: logSource) == nil {
        unknown += rules
      } else {
        rows.append(Row(logSource: logSource, rules: rules))
      }
    }
    rows.sort { one, other in
      one.rules != other.rules ? one.rules > other.rules : one.logSource.description < other.logSource.description
    }
  }
}
