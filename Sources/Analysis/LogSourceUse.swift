package import Events
package import RuleModel

/// A log source that rules of a catalog name, and the events that they read through it.
package struct LogSourceUse: Sendable {
  /// As the first of the rules writes it, without its definition.
  package var logSource: LogSource
  /// Ascending.
  package var rules: [RuleID]
  /// Most rules first, then by provider and event.
  package var events: [AuthoringGuide.EventUse]
  /// Set if the event map doesn't know it.
  package var unmapped: UnmappedLogSource?
}

/// The log sources that rules name, most rules first, then by category, product and service. Names that differ only in
/// the case of ASCII letters are the same.
///
/// - Parameter resolutions: the events that each rule reads.
package func logSourceUses(
  of rules: RuleColumn<Rule>, in resolutions: RuleColumn<EventResolution>
) -> [LogSourceUse] {
  var numbers: [LogSourceKey: Int] = [:]
  var uses: [(key: LogSourceKey, logSource: LogSource, rules: [RuleID])] = []
  for number in rules.indices {
    for logSource in rules[number].logSources where !logSource.isEmpty {
      let key = LogSourceKey(logSource)
      if let known = numbers[key] {
        // The rule may name it twice, with names that differ only in case.
        if uses[known].rules.last != number { uses[known].rules.append(number) }
      } else {
        numbers[key] = uses.count
        uses.append((key, logSource.withoutDefinition, [number]))
      }
    }
  }
  return uses.sorted { left, right in
    left.rules.count != right.rules.count ? left.rules.count > right.rules.count : left.key < right.key
  }
  .map { use in
    // For a rule with several log sources, only what it reads through this one.
    let reached = use.rules.map { rule in
      let part = rules[rule].logSources.firstIndex { LogSourceKey($0) == use.key } ?? 0
      return resolutions[rule].ofLogSources.isEmpty ? resolutions[rule] : resolutions[rule].ofLogSources[part]
    }
    return LogSourceUse(
      logSource: use.logSource, rules: use.rules, events: eventUses(of: reached),
      unmapped: reached.lazy.compactMap(\.unmapped.first).first)
  }
}
