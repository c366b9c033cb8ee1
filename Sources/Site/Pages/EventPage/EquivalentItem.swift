import Templates

/// An event that is equivalent to the page's, or a statement that there is none.
struct EquivalentItem: TemplateModel {
  /// `Microsoft-Windows-Security-Auditing 4688`; nil if nothing else reports it.
  var event: TitledLink?
  /// What it reports: `Process created`.
  var title: String?
  /// How closely it matches: `reports the same`.
  var quality: String
  /// `1,398 rules read it`; nil if there is no other event.
  var rules: String?
  var note: String?
  /// Fields with the same content under two names, this event's first.
  var pairs: [FieldPairItem] = []
  /// Fields that both have under the same name.
  var sameNames: [String] = []
  /// Fields that the other event lacks.
  var lacking: [LackingFieldItem] = []
  /// Fields that only the other event has.
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

/// Fields of two events with the same content.
struct FieldPairItem: TemplateModel {
  /// Several if this event splits the value.
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
