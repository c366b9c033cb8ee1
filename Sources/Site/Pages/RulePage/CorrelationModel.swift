import Templates

/// How a correlation relates the matches of other rules. Members that are nil or empty are left out.
struct CorrelationModel: TemplateModel {
  /// In words: `event count`, `odd_count (unknown)`.
  var type: String
  /// In the order of the file; a rule that isn't in the catalog is shown by its name or id, without a page.
  var rules: [TitledLink]
  var groupBy: [String] = []
  /// As written: `10m`.
  var timeWindow: String?
  /// The fields whose values are counted or summed up.
  var fields: [String] = []
  /// As one line: `gte 100`.
  var condition: String?
  var aliases: [AliasRow] = []
  /// Whether its rules also raise their own alerts, in words.
  var generate: String

  static let shape = Shape<CorrelationModel>(
    .text("type") { $0.type },
    .list("rules") { $0.rules },
    .list("groupBy") { $0.groupBy.map(TextItem.init) },
    .optionalText("timeWindow") { $0.timeWindow },
    .list("fields") { $0.fields.map(TextItem.init) },
    .optionalText("condition") { $0.condition },
    .list("aliases") { $0.aliases },
    .text("generate") { $0.generate })
}

/// A name that refers to a different field in each rule.
struct AliasRow: TemplateModel {
  var name: String
  /// In the order of the file.
  var fields: [AliasField]

  static let shape = Shape<AliasRow>(.text("name") { $0.name }, .list("fields") { $0.fields })
}

/// The field that an alias refers to in one rule.
struct AliasField: TemplateModel {
  var field: String
  var rule: TitledLink

  static let shape = Shape<AliasField>(.text("field") { $0.field }, .model("rule") { $0.rule })
}
