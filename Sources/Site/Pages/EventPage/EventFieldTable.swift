import Templates

/// The fields of an event, and what the rules that read it test in them. At least one list isn't empty.
struct EventFieldTable: TemplateModel {
  /// The event's own fields in its order, including those that no rule tests.
  var own: [EventFieldRow] = []
  /// Other fields that rules test, most rules first.
  var others: Folded<EventFieldRow>
  /// The title of the other fields: `Other fields that rules test`.
  var othersTitle: String

  private var tested: Int { own.count { $0.rules > 0 } }

  static let shape = Shape<EventFieldTable>(
    .text("count") { grouped($0.own.count + $0.others.total) },
    .text("summary") { table in
      var parts: [String] = []
      if !table.own.isEmpty { parts.append("\(counted(table.own.count, "field")), \(grouped(table.tested)) tested") }
      if !table.others.isEmpty {
        parts.append(
          table.own.isEmpty ? counted(table.others.total, "field") : "\(grouped(table.others.total)) others")
      }
      return parts.joined(separator: ", ")
    },
    .list("own") { table in rows(table.own, in: table) },
    .flag("hasOthers") { !$0.others.isEmpty },
    .text("othersTitle") { $0.othersTitle },
    .list("others") { table in rows(table.others.first, in: table) },
    .list("rest") { table in rows(table.others.rest, in: table) },
    .text("restLabel") { $0.others.label("field") })

  private static func rows(_ rows: [EventFieldRow], in table: EventFieldTable) -> [Bar] {
    let largest = (table.own + table.others.first).map(\.rules).max() ?? 0
    return rows.map { Bar(row: $0, largest: largest) }
  }

  /// A row with the length of its bar.
  private struct Bar: TemplateModel {
    var row: EventFieldRow
    var largest: Int

    static let shape = Shape<Bar>(
      .optionalText("field") { $0.row.field }, .optionalLink("page") { $0.row.page },
      .optionalText("canonical") { $0.row.canonical },
      .text("rules") { $0.row.rules == 0 ? "none" : grouped($0.row.rules) },
      .text("width") { barWidth($0.row.rules, of: $0.largest) },
      .text("counts") { $0.row.counts },
      .list("values") { $0.row.commonest })
  }
}

/// One field of an event.
struct EventFieldRow {
  /// nil for a search over the entire event.
  var field: String?
  var page: Link?
  /// The name by which rules are compared, if different.
  var canonical: String?
  /// How many rules test it, whether to look for something or to exclude something.
  var rules: Int
  /// How many rules exclude something by it.
  var excludingRules: Int
  /// How many values they look for, and how many they exclude.
  var values: Int
  var excludedValues: Int
  /// The most common values that they look for in it.
  var commonest: [FieldValueItem] = []

  /// `10,816 values, 207 excluded by 57 rules`; empty if no rule tests it.
  fileprivate var counts: String {
    var parts = values > 0 ? [counted(values, "value")] : []
    if excludedValues > 0 {
      parts.append(
        (parts.isEmpty ? counted(excludedValues, "value") : grouped(excludedValues))
          + " excluded by \(counted(excludingRules, "rule"))")
    }
    return parts.joined(separator: ", ")
  }
}

/// A value that rules look for in a field.
struct FieldValueItem: TemplateModel {
  var value: ShownValue
  /// In words: `ends with`.
  var kind: String
  /// Link to the value on its field's page.
  var page: Link?
  var rules: Int

  static let shape = Shape<FieldValueItem>(
    .model("value") { $0.value }, .text("kind") { $0.kind }, .optionalLink("page") { $0.page },
    .text("rules") { grouped($0.rules) })
}
