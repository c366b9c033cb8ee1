package import Events
package import RuleModel

/// A log source that rules of a catalogue name, and what they reach through it.
package struct LogSourceUse: Sendable {
  /// As the first of the rules writes it, without its definition.
  package var logSource: LogSource
  /// Their indices, ascending.
  package var rules: [Int]
  /// Most rules first, then by provider and event.
  package var events: [AuthoringGuide.EventUse]
  /// Set where the event map doesn't know it.
  package var unmapped: UnmappedLogSource?
}

/// The log sources that rules name, those of most rules first, then by category, product and service. Names that differ in the
/// case of ASCII letters alone are one.
///
/// - Parameter resolutions: what each rule reaches.
package func logSourceUses(of rules: [Rule], in resolutions: [EventResolution]) -> [LogSourceUse] {
  var numbers: [LogSourceKey: Int] = [:]
  var uses: [(key: LogSourceKey, logSource: LogSource, rules: [Int])] = []
  for (number, rule) in rules.enumerated() where !rule.logSource.isEmpty {
    let key = LogSourceKey(rule.logSource)
    if let known = numbers[key] {
      uses[known].rules.append(number)
    } else {
      numbers[key] = uses.count
      var logSource = rule.logSource
      logSource.definition = nil
      uses.append((key, logSource, [number]))
    }
  }
  return uses.sorted { left, right in
    left.rules.count != right.rules.count ? left.rules.count > right.rules.count : left.key < right.key
  }
  .map { use in
    LogSourceUse(
      logSource: use.logSource, rules: use.rules, events: eventUses(of: use.rules, in: resolutions),
      unmapped: use.rules.lazy.compactMap { resolutions[$0].unmapped }.first)
  }
}
