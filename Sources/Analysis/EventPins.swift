package import Events
package import RuleModel
import Text

/// Which tests name the event that a rule reads, or its provider: those on fields that the event map pins events by, `EventID`,
/// `eventName` with `eventSource`, and the like.
package struct EventPins: Sendable {
  package let indicators: IndicatorColumn<Bool>
  package let exclusions: IndicatorColumn<Bool>
}

extension EventPins {
  package init(of rules: RuleColumn<Rule>, indicators: IndicatorTable, exclusions: IndicatorTable, map: EventMap) {
    var fieldsOfSource: [Dialect: [LogSourceKey: Set<String>]] = [:]
    let fields = rules.mapValues { rule in
      rule.logSources.reduce(into: Set<String>()) { fields, logSource in
        let key = LogSourceKey(logSource)
        let dialect = rule.key.dialect
        let found =
          fieldsOfSource[dialect]?[key]
          ?? Set((map.entry(for: logSource, dialect: dialect)?.pinnedFields ?? []).map(lowercasedASCII))
        fieldsOfSource[dialect, default: [:]][key] = found
        if fields.isEmpty { fields = found } else { fields.formUnion(found) }
      }
    }
    func pins(_ table: IndicatorTable) -> IndicatorColumn<Bool> {
      var pins = IndicatorColumn<Bool>(repeating: false, count: table.ruleCounts.count)
      for (rule, entries) in table.entries.pairs where !fields[rule].isEmpty {
        // Entries of one field follow each other.
        var last: (field: String, isPin: Bool)?
        for entry in entries {
          guard let field = entry.test.field else { continue }
          let isPin =
            if let last, last.field == field { last.isPin } else { fields[rule].contains(lowercasedASCII(field)) }
          last = (field, isPin)
          if isPin { pins[entry.id] = true }
        }
      }
      return pins
    }
    self.indicators = pins(indicators)
    self.exclusions = pins(exclusions)
  }
}
