import RuleModel
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
  case code(String)
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
    .text("code") { if case .code(let text) = $0 { text } else { "" } })

  private var headingLevel: Int? { if case .heading(let level, _, _, _) = self { level } else { nil } }

  private var text: [NoteInlineModel] {
    switch self {
    case .paragraph(let text, _), .heading(_, _, _, let text): text
    case .quote, .list, .code, .separator: []
    }
  }

  fileprivate var headings: [NoteHeading] {
    if case .heading(_, let anchor, let title, _) = self { [NoteHeading(anchor: anchor, title: title)] } else { [] }
  }
}

/// An item of a note's list.
struct NoteItem: TemplateModel {
  var blocks: [NoteBlockModel]

  static let shape = Shape<NoteItem>(.list("blocks") { $0.blocks })
}

/// A piece of a note's text: exactly one of its kinds applies.
indirect enum NoteInlineModel: TemplateModel {
  case text(String)
  case code(String)
  case emphasis([NoteInlineModel])
  case strong([NoteInlineModel])
  case link(Link, isOutside: Bool, [NoteInlineModel])
  case lineBreak

  static let shape = Shape<NoteInlineModel>(
    .flag("isText") { if case .text = $0 { true } else { false } },
    .flag("isCode") { if case .code = $0 { true } else { false } },
    .flag("isEmphasis") { if case .emphasis = $0 { true } else { false } },
    .flag("isStrong") { if case .strong = $0 { true } else { false } },
    .flag("isLineBreak") { if case .lineBreak = $0 { true } else { false } },
    .text("words") { if case .text(let text) = $0 { text } else if case .code(let text) = $0 { text } else { "" } },
    .optionalLink("page") { if case .link(let page, _, _) = $0 { page } else { nil } },
    .optionalText("rel") { if case .link(_, true, _) = $0 { "noreferrer" } else { nil } },
    .list("parts") { inline in
      switch inline {
      case .emphasis(let parts), .strong(let parts), .link(_, _, let parts): parts
      case .text, .code, .lineBreak: []
      }
    })
}
