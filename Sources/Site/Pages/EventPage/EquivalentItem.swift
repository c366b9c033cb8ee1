import Templates

/// An event that reports the same as the page's, or that there is none.
struct EquivalentItem: TemplateModel {
  /// `Microsoft-Windows-Security-Auditing 4688`; nil where nothing else reports it.
  var event: TitledLink?
  /// What it tells: `Process created`.
  var title: String?
  /// How far it is the same: `Tells of the same happening`.
  var quality: String
  /// `1,398 rules read it`; nil where there is no other.
  var rules: String?
  var note: String?
  /// Fields that hold the same under two names, this event's first.
  var pairs: [FieldPairItem] = []
  /// Fields that both have under one name.
  var sameNames: [String] = []
  /// Fields that the other lacks.
  var lacking: [LackingFieldItem] = []
  /// Fields that it has and this one hasn't.
  var alone: [String] = []

  static let shape = Shape<EquivalentItem>(
    .optionalModel("event") { $0.event },
    .optionalText("title") { $0.title },
    .text("quality") { $0.quality },
    .optionalText("rules") { $0.rules },
    .optionalText("note") { $0.note },
    .flag("hasFields") { !$0.pairs.isEmpty || !$0.sameNames.isEmpty || !$0.lacking.isEmpty || !$0.alone.isEmpty },
    .list("pairs") { $0.pairs },
    .list("sameNames") { $0.sameNames.map(TextItem.init) },
    .list("lacking") { $0.lacking },
    .list("alone") { $0.alone.map(TextItem.init) })
}

/// Fields of two events that hold the same.
struct FieldPairItem: TemplateModel {
  /// Several where this event holds the value in parts.
  var here: [String]
  var there: [String]

  static let shape = Shape<FieldPairItem>(
    .list("here") { $0.here.map(TextItem.init) }, .text("verb") { $0.here.count > 1 ? "are" : "is" },
    .list("there") { $0.there.map(TextItem.init) })
}

/// A field that another event lacks.
struct LackingFieldItem: TemplateModel {
  var field: String
  /// How many of the counted rules that read this event test it.
  var rules: Int

  static let shape = Shape<LackingFieldItem>(
    .text("field") { $0.field },
    .optionalText("rules") { $0.rules > 0 ? counted($0.rules, "counted rule") : nil })
}
