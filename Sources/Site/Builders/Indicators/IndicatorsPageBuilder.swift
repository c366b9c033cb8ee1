import Analysis
import RuleModel

/// Makes the model of the page of the most shared indicators and exclusions.
struct IndicatorsPageBuilder: Sendable {
  private let content: SiteContent
  private let frames: FrameBuilder
  private let address = Address.indicators

  /// The maximum number listed.
  private static let shown = (indicators: 1500, exclusions: 500)

  init(_ content: SiteContent, _ frames: FrameBuilder) {
    self.content = content
    self.frames = frames
  }

  func page() -> IndicatorsPage {
    let index = content.index
    let shared = index.indicators.ruleCounts.count { $0 > 1 }
    let lead =
      "\(counted(index.indicators.ruleCounts.count, "test")) of a field and a value that rules look for; "
      + "\(grouped(shared)) of them are shared by two or more rules, most shared first."
    return IndicatorsPage(
      frame: frames.frame(of: address, titles: ["Indicators"], summary: lead, showsAttack: false), title: "Indicators",
      lead: lead, duplicates: address.link(to: .duplicates),
      indicators: list(\.values, index.indicators, isExcluded: false, limit: IndicatorsPageBuilder.shown.indicators),
      exclusions: list(
        \.excludedValues, index.exclusions, isExcluded: true, limit: IndicatorsPageBuilder.shown.exclusions))
  }

  private func list(
    _ values: KeyPath<FieldUse, [FieldUse.Value]>, _ table: IndicatorTable, isExcluded: Bool, limit: Int
  ) -> SharedList? {
    // The values of each field are sorted, so the first ones of each are enough.
    let fields = frames.map.fieldPlan.fields
    let all = fields.indices.flatMap { field in
      fields[field].use[keyPath: values].prefix { $0.rules > 1 }.enumerated().map { place, value in
        (value: value, field: field, place: place)
      }
    }
    if all.isEmpty { return nil }
    let order = all.sorted { left, right in
      if left.value.rules != right.value.rules { return left.value.rules > right.value.rules }
      return (left.field, left.place) < (right.field, right.place)
    }
    let rows = order.prefix(limit).map { value, field, _ in
      let (use, page) = (fields[field].use, fields[field].address)
      let counts = table.counts(of: value.id)
      return SharedRow(
        value: ShownValue(value.test, limit: 200), field: use.name, fieldPage: address.link(to: page),
        valuePage: frames.map.value(value.id, isExcluded: isExcluded, from: address) ?? address.link(to: page),
        kind: value.test.kind.words, count: value.rules,
        dialects: counts.count > 1
          ? counts.map { "\($0.dialect.rawValue) \($0.rules)" }.joined(separator: ", ") : nil)
    }
    return SharedList(rows: rows, inAll: all.count)
  }
}
