import RuleModel

/// The tests that select the event that a rule reads, or its provider: those on fields with which the event map pins
/// events, such as `EventID`, or `eventName` with `eventSource`. A test that does so in one rule counts for all rules
/// that have it.
package struct EventPins: Sendable {
  package let indicators: IndicatorColumn<Bool>
  package let exclusions: IndicatorColumn<Bool>
}

extension EventPins {
  /// - Parameters:
  ///   - looked: what each rule looks for.
  ///   - excluded: what each rule excludes.
  init(
    of looked: RuleColumn<OwnTests>, _ excluded: RuleColumn<OwnTests>, indicators: IndicatorTable,
    exclusions: IndicatorTable
  ) {
    func pins(_ tests: RuleColumn<OwnTests>, _ table: IndicatorTable) -> IndicatorColumn<Bool> {
      var pins = IndicatorColumn<Bool>(repeating: false, count: table.ruleCounts.count)
      for (own, entries) in zip(tests.values, table.entries.values) {
        for (item, entry) in zip(own.items, entries) where item.namesEvent { pins[entry.id] = true }
      }
      return pins
    }
    self.init(indicators: pins(looked, indicators), exclusions: pins(excluded, exclusions))
  }
}
