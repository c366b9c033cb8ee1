import Templates

/// Related techniques, with the number of rules for each.
struct TechniqueTable: TemplateModel {
  /// What the table shows: `Itself and its sub-techniques`.
  var title: String
  var rows: [TechniqueRow]

  static let shape = Shape<TechniqueTable>(
    .text("title") { $0.title }, .flag("hasStates") { $0.rows.contains { $0.state != nil } },
    .text("count") { grouped($0.rows.count) },
    .list("rows") { table in
      let largest = table.rows.map(\.rules).max() ?? 0
      return table.rows.map { Bar(row: $0, largest: largest) }
    })

  private struct Bar: TemplateModel {
    var row: TechniqueRow
    var largest: Int

    static let shape = Shape<Bar>(
      .text("id") { $0.row.id }, .text("name") { $0.row.name }, .optionalLink("page") { $0.row.page },
      .optionalText("current") { $0.row.isCurrent ? "page" : nil },
      .optionalText("depth") { $0.row.isSub ? "sub" : nil },
      .text("rules") { $0.row.rules == 0 ? "none" : grouped($0.row.rules) },
      .text("groups") { grouped($0.row.groups) }, .text("width") { barWidth($0.row.rules, of: $0.largest) },
      .text("bar") { bar in "bar\(bar.row.state.map { " \($0.rawValue)" } ?? "")" },
      .optionalModel("state") { bar in bar.row.state.map { MarkedState(mark: $0) } })
  }
}

/// A technique as a row.
struct TechniqueRow {
  var id: String
  var name: String
  var page: Link?
  /// Counted rules, including its sub-techniques'.
  var rules: Int
  /// How many groups use exactly this technique.
  var groups: Int
  /// Its state, given what is collected; nil without telemetry.
  var state: StateMark?
  /// Whether it is the page's own technique.
  var isCurrent = false
  /// Whether it is shown below its parent technique.
  var isSub = false
}
