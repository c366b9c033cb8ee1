import Templates

/// The events that rules watch, with how many watch each.
struct EventUseTable: TemplateModel {
  /// Most rules first, so `rules` of the first row sets the longest bar.
  var rows: Folded<EventUseRow>

  static let shape = Shape<EventUseTable>(
    .text("count") { grouped($0.rows.total) }, .text("summary") { counted($0.rows.total, "event") },
    .list("first") { $0.rows.first }, .list("rest") { $0.rows.rest }, .text("restLabel") { $0.rows.label("event") })
}

struct EventUseRow: TemplateModel {
  var event: EventRow
  /// Whether ATT&CK's detection strategies for the technique name it: `names it`, `doesn’t`.
  var naming: String
  var rules: Int
  /// The number of the table's first row.
  var largest: Int

  static let shape = Shape<EventUseRow>(
    .model("event") { $0.event }, .text("naming") { $0.naming },
    .text("rules") { grouped($0.rules) },
    .text("width") { barWidth($0.rules, of: $0.largest) })
}

/// The fields that rules test, the most characteristic first.
struct FieldUseTable: TemplateModel {
  var rows: Folded<FieldUseRow>

  static let shape = Shape<FieldUseTable>(
    .text("count") { grouped($0.rows.total) }, .text("summary") { counted($0.rows.total, "field") },
    .list("first") { $0.rows.first }, .list("rest") { $0.rows.rest }, .text("restLabel") { $0.rows.label("field") })
}

struct FieldUseRow: TemplateModel {
  /// nil for a search over the entire event.
  var field: String?
  var page: Link?
  var rules: Int
  /// How many rules of the catalog test it.
  var catalog: Int
  /// `ends with 28, eq 2`.
  var kinds: String
  /// The most common values that the rules look for in it.
  var values: [FieldValueItem]

  static let shape = Shape<FieldUseRow>(
    .optionalText("field") { $0.field }, .optionalLink("page") { $0.page }, .text("rules") { grouped($0.rules) },
    .text("catalogue") { grouped($0.catalog) }, .text("kinds") { $0.kinds }, .list("values") { $0.values })
}

/// Tests that two or more rules share, a row for each field and kind of comparison.
struct SharedTestTable: TemplateModel {
  /// What the rules do with them: `What two or more of these rules look for`.
  var title: String
  /// Those with the most shared value first.
  var rows: Folded<SharedTestRow>
  /// The total number, including those that the page leaves out.
  var total: Int

  private var shown: Int { (rows.first + rows.rest).reduce(0) { $0 + $1.values.total } }

  static let shape = Shape<SharedTestTable>(
    .text("title") { $0.title }, .text("count") { grouped($0.total) },
    .text("summary") {
      $0.shown < $0.total
        ? "the \(grouped($0.shown)) most shared of \(counted($0.total, "value"))" : counted($0.total, "value")
    },
    .list("first") { $0.rows.first }, .list("rest") { $0.rows.rest },
    .text("restLabel") { $0.rows.label("field and kind").replacing("field and kinds", with: "fields and kinds") })
}

/// What rules compare one field with in one way.
struct SharedTestRow: TemplateModel {
  /// nil for a search over the entire event.
  var field: String?
  var page: Link?
  /// In words: `ends with`.
  var kind: String
  /// The most shared first.
  var values: Folded<SharedValue>

  static let shape = Shape<SharedTestRow>(
    .optionalText("field") { $0.field }, .optionalLink("page") { $0.page }, .text("kind") { $0.kind },
    .list("first") { $0.values.first }, .list("rest") { $0.values.rest },
    .text("restLabel") { $0.values.label("value") })
}

/// A value that two or more rules share.
struct SharedValue: TemplateModel {
  var value: ShownValue
  /// Link to the rules that have it, on its field's page.
  var page: Link?
  var rules: Int
  /// How many rules of the catalog share it.
  var catalog: Int

  static let shape = Shape<SharedValue>(
    .model("value") { $0.value }, .optionalLink("page") { $0.page }, .text("rules") { grouped($0.rules) },
    .text("catalogue") { grouped($0.catalog) })
}
