import RuleModel
import Templates

/// The page of a field, `fields/<field>/index.html`, or one that continues its values, `fields/<field>/values-2.html`.
/// Template: `field.html`.
struct FieldPage: TemplateModel {
  var frame: SiteFrame
  /// The canonical name, or words for a search over the entire event.
  var title: String
  /// The pages of its values if there are several, the current one without a link: `Page 2: values of 4 to 2 rules`.
  var parts: [TitledLink] = []
  /// nil on continuation pages.
  var facts: FieldFacts?
  /// What rules look for; nil if they only exclude by the field.
  var looked: FieldValueList?
  /// What they exclude.
  var excluded: FieldValueList?

  /// The query that finds the field's rules: `field:Image`.
  var query = ""

  /// Whether all of the field's values appear on this page.
  private var isWhole: Bool {
    parts.isEmpty && [looked, excluded].compactMap(\.self).allSatisfy { $0.once.count == $0.onceInAll }
  }

  static let shape = Shape<FieldPage>(
    .model("frame") { $0.frame },
    .text("title") { $0.title },
    .list("parts") { $0.parts },
    .optionalModel("facts") { $0.facts },
    .optionalModel("looked") { $0.looked },
    .optionalModel("excluded") { $0.excluded },
    .text("narrowed") { $0.isWhole ? "values" : "values on this page" },
    .optionalText("query") { $0.isWhole ? nil : $0.query })
}

/// What a field is, and where it is used.
struct FieldFacts: TemplateModel {
  /// nil for a search over the entire event.
  var name: String?
  /// Other names that the catalog's rules use for it.
  var otherNames: [OtherNameItem] = []
  /// Its names in other schemas, by the log sources where they apply.
  var elsewhere: [ElsewhereRow] = []
  /// `1,319 look for it, 207 exclude by it`.
  var rules: String
  /// `10,816, of these 8,411 in one rule only`.
  var values: String
  /// `contains 10,343, ends with 266`.
  var kinds: String
  /// The events of the rules that test it, the most common first.
  var events = UseList()
  /// The log sources of these rules, the most common first.
  var logSources = UseList()

  static let shape = Shape<FieldFacts>(
    .optionalText("name") { $0.name },
    .list("otherNames") { $0.otherNames },
    .list("elsewhere") { $0.elsewhere },
    .text("rules") { $0.rules },
    .text("values") { $0.values },
    .text("kinds") { $0.kinds },
    .model("events") { $0.events },
    .model("logSources") { $0.logSources })
}

/// An alternative name that some rules use for a field.
struct OtherNameItem: TemplateModel {
  var name: String
  /// The log sources of these rules: `gcp · google_workspace.admin`.
  var places: String

  static let shape = Shape<OtherNameItem>(
    .text("name") { $0.name }, .optionalText("places") { $0.places.isEmpty ? nil : $0.places })
}

/// The names that schemas have for a field in some log sources.
struct ElsewhereRow: TemplateModel {
  /// `aws · cloudtrail`.
  var places: String
  /// At least one.
  var schemas: [SchemaRow]

  static let shape = Shape<ElsewhereRow>(.text("places") { $0.places }, .list("schemas") { $0.schemas })
}

/// A schema's names for a field.
struct SchemaRow: TemplateModel {
  var schema: String
  /// At least one.
  var names: [String]

  static let shape = Shape<SchemaRow>(.text("schema") { $0.schema }, .list("names") { $0.names.map(TextItem.init) })
}

/// Where a field is used, with the number of rules for each.
struct UseList: TemplateModel {
  var uses: [UseItem] = []
  /// How many aren't shown.
  var hidden = 0

  static let shape = Shape<UseList>(
    .list("uses") { $0.uses },
    .optionalText("hidden") { list in list.hidden > 0 ? "and \(grouped(list.hidden)) more" : nil })
}

/// An event or a log source, with how many rules test the field there.
struct UseItem: TemplateModel {
  var title: String
  var page: Link?
  var count: Int

  static let shape = Shape<UseItem>(
    .text("title") { $0.title }, .optionalLink("page") { $0.page }, .text("count") { grouped($0.count) })
}
