import Templates

/// The events of a provider that rules read or that are known, in the order in which the provider's events are listed.
struct ProviderEventTable: TemplateModel {
  var rows: [ProviderEventRow]

  private var read: Int { rows.count { $0.rules > 0 } }

  static let shape = Shape<ProviderEventTable>(
    .text("count") { grouped($0.rows.count) },
    .text("summary") { table in
      table.read == table.rows.count
        ? counted(table.rows.count, "event")
        : "\(counted(table.rows.count, "event")), of which rules read \(grouped(table.read))"
    },
    .list("rows") { table in
      let largest = table.rows.map(\.rules).max() ?? 0
      return table.rows.map { Bar(row: $0, largest: largest) }
    })

  /// A row with the length of its bar.
  private struct Bar: TemplateModel {
    var row: ProviderEventRow
    var largest: Int

    static let shape = Shape<Bar>(
      .text("event") { $0.row.event }, .optionalLink("page") { $0.row.page }, .optionalText("title") { $0.row.title },
      .text("rules") { $0.row.rules == 0 ? "none" : grouped($0.row.rules) },
      .text("width") { barWidth($0.row.rules, of: $0.largest) })
  }
}

/// One of a provider's events.
struct ProviderEventRow {
  /// A number or a name.
  var event: String
  var page: Link?
  var title: String?
  /// How many rules read it.
  var rules: Int
}
