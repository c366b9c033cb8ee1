import RuleModel
import Templates

/// A table of a note, in a frame that scrolls.
struct NoteTableModel: TemplateModel {
  /// Tells it from the page's other tables.
  var label: String
  var head: [NoteCell]
  var rows: [NoteRow]

  static let shape = Shape<NoteTableModel>(
    .text("label") { $0.label }, .list("head") { $0.head }, .list("rows") { $0.rows })
}

struct NoteRow: TemplateModel {
  var cells: [NoteCell]

  static let shape = Shape<NoteRow>(.list("cells") { $0.cells })
}

struct NoteCell: TemplateModel {
  var text: [NoteInlineModel]
  var alignment: NoteTable.Alignment?

  static let shape = Shape<NoteCell>(
    .list("text") { $0.text },
    // A head without words isn't one.
    .flag("hasText") { !$0.text.isEmpty },
    .optionalText("side") { cell in
      switch cell.alignment {
      case .center: "mid"
      case .right: "end"
      case .left, nil: nil
      }
    })
}
