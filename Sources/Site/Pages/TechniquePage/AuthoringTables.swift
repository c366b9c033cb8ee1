import Templates

/// The events that rules watch, with how many watch each.
struct EventUseTable: TemplateModel {
  /// Most rules first; `rules` of the first is the longest bar.
  var rows: Folded<EventUseRow>

  static let shape = Shape<EventUseTable>(
    .text("count") { grouped($0.rows.total) }, .text("summary") { counted($0.rows.total, "event") },
    .list("first") { $0.rows.first }, .list("rest") { $0.rows.rest }, .text("restLabel") { $0.rows.label("event") })
}

struct EventUseRow: TemplateModel {
  var event: EventRow
  var rules: Int
  /// Of the table's first row.
  var largest: Int

  static let shape = Shape<EventUseRow>(
    .model("event") { $0.event }, .text("rules") { grouped($0.rules) },
    .text("width") { barWidth($0.rules, of: $0.largest) })
}

/// The fields that rules test, the most telling first.
struct FieldUseTable: TemplateModel {
  var rows: Folded<FieldUseRow>

  static let shape = Shape<FieldUseTable>(
    .text("count") { grouped($0.rows.total) }, .text("summary") { counted($0.rows.total, "field") },
    .list("first") { $0.rows.first }, .list("rest") { $0.rows.rest }, .text("restLabel") { $0.rows.label("field") })
}

struct FieldUseRow: TemplateModel {
  /// nil for a search over the whole event.
  var field: String?
  var page: Link?
  var rules: Int
  /// How many rules of the catalogue test it.
  var catalogue: Int
  /// `ends with 28, eq 2`.
  var kinds: String
  /// What most of the rules look for in it.
  var values: [ShownValue]

  static let shape = Shape<FieldUseRow>(
    .optionalText("field") { $0.field }, .optionalLink("page") { $0.page }, .text("rules") { grouped($0.rules) },
    .text("catalogue") { grouped($0.catalogue) }, .text("kinds") { $0.kinds }, .list("values") { $0.values })
}

/// Tests that two or more rules share.
struct SharedTestTable: TemplateModel {
  var rows: Folded<SharedTestRow>

  static let shape = Shape<SharedTestTable>(
    .text("count") { grouped($0.rows.total) }, .text("summary") { counted($0.rows.total, "shared value") },
    .list("first") { $0.rows.first }, .list("rest") { $0.rows.rest }, .text("restLabel") { $0.rows.label("value") })
}

struct SharedTestRow: TemplateModel {
  /// nil for a search over the whole event.
  var field: String?
  var page: Link?
  /// In words: `ends with`.
  var kind: String
  var value: ShownValue
  var rules: Int
  /// How many rules of the catalogue share it.
  var catalogue: Int

  static let shape = Shape<SharedTestRow>(
    .optionalText("field") { $0.field }, .optionalLink("page") { $0.page }, .text("kind") { $0.kind },
    .model("value") { $0.value }, .text("rules") { grouped($0.rules) }, .text("catalogue") { grouped($0.catalogue) })
}
