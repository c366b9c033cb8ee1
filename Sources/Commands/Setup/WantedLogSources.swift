import Events
import RuleModel

/// The log sources that rules need.
struct WantedLogSources {
  struct Row: Hashable {
    var logSource: LogSource
    /// How many counted rules name it.
    var rules: Int
  }

  /// Those in the event map, most rules first, then by name.
  private(set) var rows: [Row] = []
  /// How many counted rules name a log source that isn't in the map.
  private(set) var unknown = 0

  init(of rules: [Rule], map: EventMap) {
    struct Named: Hashable {
      var dialect: Dialect
      var logSource: LogSource
    }
    var counts: [Named: Int] = [:]
    for rule in rules where CountedRules().contains(rule) {
      for source in rule.logSources where !source.isEmpty {
        counts[Named(dialect: rule.key.dialect, logSource: source.withoutDefinition), default: 0] += 1
      }
    }
    var known: [LogSource: Int] = [:]
    for (named, rules) in counts {
      if map.entries(for: named.logSource, dialect: named.dialect).isEmpty {
        unknown += rules
      } else {
        known[named.logSource, default: 0] += rules
      }
    }
    rows = known.map { Row(logSource: $0.key, rules: $0.value) }
    rows.sort { one, other in
      one.rules != other.rules ? one.rules > other.rules : one.logSource.description < other.logSource.description
    }
  }
}
