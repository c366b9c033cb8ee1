/// The fields in which the rules of a catalog look for values, numbered sequentially, for counting over many rules.
package struct FieldCounts: Sendable {
  /// The canonical names; nil for a search of the whole event.
  let names: [String?]
  /// How many rules look for a value in each field.
  let ruleCounts: [Int]
  /// The field of each indicator.
  let ofIndicator: IndicatorColumn<Int>

  /// - Parameter indicators: the table from which the uses were counted.
  package init(of uses: [FieldUse], in indicators: IndicatorTable) {
    names = uses.map(\.name)
    ruleCounts = uses.map(\.rules.count)
    var ofIndicator = IndicatorColumn<Int>(repeating: 0, count: indicators.ruleCounts.count)
    for (field, use) in uses.enumerated() {
      for value in use.values { ofIndicator[value.id] = field }
    }
    self.ofIndicator = ofIndicator
  }
}
