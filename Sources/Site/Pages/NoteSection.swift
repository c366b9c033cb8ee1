import DialectReading
import Templates

/// A team's notes on a rule or a technique, on its page.
struct NoteSection: TemplateModel {
  var notes: [NoteModel]

  static let shape = Shape<NoteSection>(
    .list("notes") { $0.notes },
    .list("headings") { section in section.notes.flatMap(\.headings) })
}

/// One note.
struct NoteModel: TemplateModel {
  var blocks: [NoteBlockModel]
  /// The file's name, or `the rule’s field`.
  var origin: String
  /// The field of the rule that contains it; nil for a file.
  var field: String?
  /// Link to the file in its repository.
  var page: Link?
  /// Whether it is closed at first: a long field of the rule would push down what the rule does.
  var isFolded: Bool { field != nil && blocks.count > 6 }

  static let shape = Shape<NoteModel>(
    .list("blocks") { $0.blocks }, .flag("isFolded") { $0.isFolded }, .text("origin") { $0.origin },
    .optionalText("field") { $0.field },
    .optionalLink("page") { $0.page })

  /// The headings, in the order of the note.
  var headings: [NoteHeading] { blocks.flatMap(\.headings) }
}

/// A heading of a note.
struct NoteHeading: TemplateModel {
  /// Its id on the page.
  var anchor: String
  var title: String

  static let shape = Shape<NoteHeading>(
    .link("place") { Link(relative: "", fragment: $0.anchor) }, .text("title") { $0.title })
}

/// A block of a note, ready to be shown: exactly one of its kinds applies.
indirect enum NoteBlockModel: TemplateModel {
  /// - Parameter isTight: whether it is in a tight list, in which case it isn't shown as a paragraph.
  case paragraph([NoteInlineModel], isTight: Bool)
  /// - Parameters:
  ///   - level: 3 to 6, based on the headings before it.
  ///   - anchor: its id on the page; nil if it is in a list or a quote.
  case heading(level: Int, anchor: String, title: String, [NoteInlineModel])
  case quote([NoteBlockModel])
  case list(start: Int?, items: [NoteItem])
  case code([BodyLine])
  case table(NoteTableModel)
  case separator

  static let shape = Shape<NoteBlockModel>(
    .flag("isText") { if case .paragraph(_, true) = $0 { true } else { false } },
    .flag("isParagraph") { if case .paragraph(_, false) = $0 { true } else { false } },
    .flag("isHeading3") { $0.headingLevel == 3 },
    .flag("isHeading4") { $0.headingLevel == 4 },
    .flag("isHeading5") { $0.headingLevel == 5 },
    .flag("isHeading6") { $0.headingLevel == 6 },
    .flag("isQuote") { if case .quote = $0 { true } else { false } },
    .flag("isBullets") { if case .list(nil, _) = $0 { true } else { false } },
    .flag("isSteps") { if case .list(.some, _) = $0 { true } else { false } },
    .flag("isCode") { if case .code = $0 { true } else { false } },
    .flag("isSeparator") { if case .separator = $0 { true } else { false } },
    .list("text") { $0.text },
    .optionalText("anchor") { if case .heading(_, let anchor, _, _) = $0 { anchor } else { nil } },
    .list("blocks") { if case .quote(let blocks) = $0 { blocks } else { [] } },
    .list("items") { if case .list(_, let items) = $0 { items } else { [] } },
    .optionalText("start") { if case .list(let start?, _) = $0, start != 1 { "\(start)" } else { nil } },
    .list("lines") { if case .code(let lines) = $0 { lines } else { [] } },
    .optionalModel("table") { if case .table(let table) = $0 { table } else { nil } })

  private var headingLevel: Int? { if case .heading(let level, _, _, _) = self { level } else { nil } }

  private var text: [NoteInlineModel] {
    switch self {
    case .paragraph(let text, _), .heading(_, _, _, let text): text
    case .quote, .list, .code, .table, .separator: []
    }
  }

  fileprivate var headings: [NoteHeading] {
    if case .heading(_, let anchor, let title, _) = self { [NoteHeading(anchor: anchor, title: title)] } else { [] }
  }
}

/// An item of a note's list.
struct NoteItem: TemplateModel {
  var blocks: [NoteBlockModel]
  /// Whether the task that it is has been done; nil for an item that is no task.
  var isDone: Bool?

  static let shape = Shape<NoteItem>(
    .list("blocks") { $0.blocks }, .optionalText("mark") { $0.isDone == nil ? nil : "task" },
    .flag("isDone") { $0.isDone == true }, .flag("isOpen") { $0.isDone == false })
}
