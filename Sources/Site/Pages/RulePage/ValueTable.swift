import RuleModel
import Templates

/// The indicators of a rule, or its exclusions.
struct ValueTable: TemplateModel {
  /// A row for each field and kind, by field (absent first), then kind; at least one.
  var rows: [ValueRow]
  /// What a reader must know about the counts, a sentence each, such as that a field is counted under another name.
  var notes: [String] = []

  private var count: Int { rows.reduce(0) { $0 + $1.values.count } }

  static let shape = Shape<ValueTable>(
    .list("rows") { $0.rows }, .list("notes") { $0.notes.map(TextItem.init) }, .text("count") { grouped($0.count) },
    .text("summary") { counted($0.count, "value") })
}

/// What a rule compares a field with, in one way.
struct ValueRow: TemplateModel {
  /// As written; nil for a search over the entire event.
  var field: String?
  var page: Link?
  /// In words: `ends with`.
  var kind: String
  /// By value; at least one.
  var values: [ValueItem]
  /// How many are visible at once; the others unfold.
  var unfolded = 60

  static let shape = Shape<ValueRow>(
    .optionalText("field") { $0.field },
    .optionalLink("page") { $0.page },
    .text("kind") { $0.kind },
    .list("values") { Array($0.values.prefix($0.unfolded)) },
    .list("rest") { Array($0.values.dropFirst($0.unfolded)) },
    .text("restLabel") { counted($0.values.count - $0.unfolded, "more value") })
}

/// A value with the number of rules that look for it.
struct ValueItem: TemplateModel {
  var value: ShownValue
  /// nil if only this rule has the value: a count of 1 isn't shown.
  var corpus: CorpusCount?
  /// Link to the value's field, where its rules are listed.
  var page: Link?

  static let shape = Shape<ValueItem>(
    .model("value") { $0.value }, .optionalModel("corpus") { $0.corpus }, .optionalLink("page") { $0.page })
}

/// The number of rules in the catalog that have a test, including this one.
struct CorpusCount: TemplateModel {
  /// In the order shown; each at least 1.
  var byDialect: [(dialect: Dialect, count: Int)]

  // Without thousands separators, since programs read these numbers.
  static let shape = Shape<CorpusCount>(
    .text("total") { String($0.byDialect.reduce(0) { $0 + $1.count }) },
    .text("dialects") { $0.byDialect.map { "\($0.dialect.rawValue) \($0.count)" }.joined(separator: ", ") })
}
