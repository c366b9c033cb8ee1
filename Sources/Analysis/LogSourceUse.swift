package import Events
package import RuleModel

/// A log source that rules of a catalog name, and what they reach through it.
package struct LogSourceUse: Sendable {
  /// As the first of the rules writes it, without its definition.
  package var logSource: LogSource
  /// Ascending.
  package var rules: [RuleID]
  /// Most rules first, then by provider and event.
  package var events: [AuthoringGuide.EventUse]
  /// Set where the event map doesn't know it.
  package var unmapped: UnmappedLogSource?
}

/// The log sources that rules name, those of most rules first, then by category, product and service. Names that differ in the
/// case of ASCII letters alone are one.
///
/// - Parameter resolutions: what each rule reaches.
package func logSourceUses(
  of rules: RuleColumn<Rule>, in resolutions: RuleColumn<EventResolution>
) -> [LogSourceUse] {
  var numbers: [LogSourceKey: Int] = [:]
  var uses: [(key: LogSourceKey, logSource: LogSource, rules: [RuleID])] = []
  for number in rules.indices {
    for logSource in rules[number].logSources where !logSource.isEmpty {
      let key = LogSourceKey(logSource)
      if let known = numbers[key] {
        // Names that differ in case alone.
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
    // Of a rule with several log sources, what it reaches through this one.
    let reached = use.rules.map { rule in
      let part = rules[rule].logSources.firstIndex { LogSourceKey($0) == use.key } ?? 0
      return resolutions[rule].ofLogSources.isEmpty ? resolutions[rule] : resolutions[rule].ofLogSources[part]
    }
    return LogSourceUse(
      logSource: use.logSource, rules: use.rules, events: eventUses(of: reached),
      unmapped: reached.lazy.compactMap(\.unmapped.first).first)
  }
}
