import Templates

/// The most shared indicators and exclusions, `indicators/index.html`. Template: `indicators.html`.
struct IndicatorsPage: TemplateModel {
  var frame: SiteFrame
  var title: String
  var lead: String
  /// Link to the pairs of rules worth merging.
  var duplicates: Link
  /// What at least two rules look for; nil if there is nothing.
  var indicators: SharedList?
  /// What at least two rules exclude.
  var exclusions: SharedList?

  static let shape = Shape<IndicatorsPage>(
    .model("frame") { $0.frame },
    .text("title") { $0.title },
    .text("lead") { $0.lead },
    .link("duplicates") { $0.duplicates },
    .optionalModel("indicators") { $0.indicators },
    .optionalModel("exclusions") { $0.exclusions })
}

/// Tests that rules share.
struct SharedList: TemplateModel {
  /// The most shared first.
  var rows: [SharedRow]
  /// The total number.
  var inAll: Int

  static let shape = Shape<SharedList>(
    .list("rows") { $0.rows },
    .text("summary") { list in
      list.rows.count == list.inAll
        ? "all \(grouped(list.inAll))" : "the \(grouped(list.rows.count)) most shared of \(grouped(list.inAll))"
    })
}

/// A test that rules share.
struct SharedRow: TemplateModel {
  var value: ShownValue
  /// nil for a search over the entire event.
  var field: String?
  var fieldPage: Link?
  /// Link to the value on the field's page, with its rules.
  var valuePage: Link?
  /// In words: `ends with`.
  var kind: String
  var count: Int
  /// By dialect if there are several: `sigma 30, elastic 4`.
  var dialects: String?

  static let shape = Shape<SharedRow>(
    .model("value") { $0.value },
    .optionalText("field") { $0.field },
    .optionalLink("fieldPage") { $0.fieldPage },
    .optionalLink("valuePage") { $0.valuePage },
    .text("kind") { $0.kind },
    .text("count") { counted($0.count, "rule") },
    .optionalText("dialects") { $0.dialects })
}
