import Templates

/// How rules are distributed over the values of a property, as numbers with a bar each.
struct ShareTable: TemplateModel {
  /// `By product, the ten largest`.
  var title: String
  /// The heading of the rows: `Product`.
  var head: String
  /// In the order shown.
  var rows: [ShareRow]

  static let shape = Shape<ShareTable>(
    .text("title") { $0.title }, .text("head") { $0.head },
    .list("rows") { table in
      let largest = table.rows.map(\.count).max() ?? 0
      return table.rows.map { Bar(row: $0, largest: largest) }
    })

  /// A row with the length of its bar; the bar of the largest row has the full width.
  private struct Bar: TemplateModel {
    var row: ShareRow
    var largest: Int

    static let shape = Shape<Bar>(
      .text("label") { $0.row.label }, .optionalText("mark") { $0.row.mark }, .optionalLink("page") { $0.row.page },
      .text("count") { grouped($0.row.count) }, .text("width") { barWidth($0.row.count, of: $0.largest) })
  }
}

/// One value of a property, with how many rules have it.
struct ShareRow {
  var label: String
  /// The label's CSS classes: `lv high`, `st test`; nil for other properties.
  var mark: String?
  /// Link to the rules that have it.
  var page: Link?
  var count: Int
}

/// The length of a bar in percent with one decimal, 100 for the largest row; at least 1, so that a row that isn't empty
/// is visible.
func barWidth(_ count: Int, of largest: Int) -> String {
  guard count > 0, largest > 0 else { return "0" }
  let tenths = max(10, (count * 2000 + largest) / (2 * largest))
  return "\(tenths / 10).\(tenths % 10)%"
}
