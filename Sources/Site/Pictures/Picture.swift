import Templates

/// A picture and a table with the same data: the table is for people who don't see the picture, or want the numbers.
struct Picture: Sendable {
  /// Its file's name and its section's id: `coverage-by-tactic`.
  var name: String
  var title: String
  /// What it shows and what it leaves out, in a sentence or two.
  var text: String
  var drawing: Drawing
  var table: PictureTable

  /// On a page, in pixels.
  var width: Int { Drawing.width + 24 }
  /// On a page, in pixels.
  var height: Int { drawing.height + 8 }
}

/// A table of numbers by some property.
struct PictureTable: TemplateModel {
  /// The heading of the first column.
  var head: String
  /// The headings of the other columns.
  var columns: [String]
  var rows: [PictureRow]

  static let shape = Shape<PictureTable>(
    .text("head") { $0.head }, .list("columns") { $0.columns.map(TextItem.init) }, .list("rows") { $0.rows })
}

/// A row of such a table.
struct PictureRow: TemplateModel {
  var label: String
  var page: Link?
  /// The label's CSS classes: `lv high`; usually nil.
  var mark: String?
  /// A number for each column.
  var cells: [String]

  static let shape = Shape<PictureRow>(
    .text("label") { $0.label }, .optionalLink("page") { $0.page }, .optionalText("mark") { $0.mark },
    .list("cells") { $0.cells.map(TextItem.init) })
}
