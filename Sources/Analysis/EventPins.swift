import RuleModel

/// Which tests name the event that a rule reads, or its provider: those on fields that the event map pins events by, `EventID`,
/// `eventName` with `eventSource`, and the like. A test does for all rules that have it where it does for one.
package struct EventPins: Sendable {
  package let indicators: IndicatorColumn<Bool>
  package let exclusions: IndicatorColumn<Bool>
}

extension EventPins {
  /// - Parameters:
  ///   - looked: what each rule looks for.
  ///   - excluded: what each leaves out.
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
