/// The fields that the rules of a catalogue test, by the names that they are compared by, as dense numbers.
package struct FieldCounts: Sendable {
  /// By a field's number; nil for a search over the whole event.
  package let names: [String?]
  /// How many rules test each field.
  package let ruleCounts: [Int]
  /// The field of each indicator, by the indicator's number.
  package let ofIndicator: [Int]

  package init(of indicators: IndicatorTable) {
    var numbers: [String?: Int] = [:]
    var names: [String?] = []
    var ruleCounts: [Int] = []
    var lastRule: [Int] = []
    var ofIndicator = [Int](repeating: -1, count: indicators.ruleCounts.count)
    for (rule, entries) in indicators.entries.enumerated() {
      for entry in entries {
        if ofIndicator[entry.number] < 0 {
          let name = entry.comparedField
          let number = numbers[name] ?? names.count
          if number == names.count {
            numbers[name] = number
            names.append(name)
            ruleCounts.append(0)
            lastRule.append(-1)
          }
          ofIndicator[entry.number] = number
        }
        let field = ofIndicator[entry.number]
        if lastRule[field] != rule {
          lastRule[field] = rule
          ruleCounts[field] += 1
        }
      }
    }
    (self.names, self.ruleCounts, self.ofIndicator) = (names, ruleCounts, ofIndicator)
  }
}
