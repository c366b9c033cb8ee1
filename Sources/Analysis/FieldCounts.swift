/// The fields that the rules of a catalog look into, as dense numbers, for counting over many of the rules.
package struct FieldCounts: Sendable {
  /// The canonical names; nil for a search over the whole event.
  let names: [String?]
  /// How many rules look for a value of each field.
  let ruleCounts: [Int]
  /// The field of each indicator.
  let ofIndicator: IndicatorColumn<Int>

  /// - Parameter indicators: those that the uses were counted from.
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
