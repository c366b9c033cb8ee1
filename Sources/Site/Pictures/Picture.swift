import Templates

/// A picture and the table that says the same: the table is for who doesn't see the picture, and for who wants the numbers.
struct Picture: Sendable {
  /// Its file's name and its section's id: `coverage-by-tactic`.
  var name: String
  var title: String
  /// What it shows, and what not, in a sentence or two.
  var text: String
  var drawing: Drawing
  var table: PictureTable
}

/// A table of numbers by something.
struct PictureTable: TemplateModel {
  /// What the first column holds.
  var head: String
  /// What the other columns count.
  var columns: [String]
  var rows: [PictureRow]

  static let shape = Shape<PictureTable>(
    .text("head") { $0.head }, .list("columns") { $0.columns.map(TextItem.init) }, .list("rows") { $0.rows })
}

/// A row of such a table.
struct PictureRow: TemplateModel {
  var label: String
  var page: Link?
  /// How the label is marked: `lv high`; nil for most.
  var mark: String?
  /// A number for each column.
  var cells: [String]

  static let shape = Shape<PictureRow>(
    .text("label") { $0.label }, .optionalLink("page") { $0.page }, .optionalText("mark") { $0.mark },
    .list("cells") { $0.cells.map(TextItem.init) })
}
