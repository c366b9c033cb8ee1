import RuleModel
import Templates

/// A piece of a note's text: exactly one of its kinds applies.
indirect enum NoteInlineModel: TemplateModel {
  case text(String)
  case code(String)
  case emphasis([NoteInlineModel])
  case strong([NoteInlineModel])
  case strikethrough([NoteInlineModel])
  case link(Link, isOutside: Bool, [NoteInlineModel])
  case picture(NotePictureModel)
  case lineBreak

  static let shape = Shape<NoteInlineModel>(
    .flag("isText") { if case .text = $0 { true } else { false } },
    .flag("isCode") { if case .code = $0 { true } else { false } },
    .flag("isEmphasis") { if case .emphasis = $0 { true } else { false } },
    .flag("isStrong") { if case .strong = $0 { true } else { false } },
    .flag("isStrikethrough") { if case .strikethrough = $0 { true } else { false } },
    .optionalModel("picture") { if case .picture(let picture) = $0 { picture } else { nil } },
    .flag("isLineBreak") { if case .lineBreak = $0 { true } else { false } },
    .text("words") { if case .text(let text) = $0 { text } else if case .code(let text) = $0 { text } else { "" } },
    .optionalLink("page") { if case .link(let page, _, _) = $0 { page } else { nil } },
    .optionalText("rel") { if case .link(_, true, _) = $0 { "noreferrer" } else { nil } },
    .list("parts") { inline in
      switch inline {
      case .emphasis(let parts), .strong(let parts), .strikethrough(let parts), .link(_, _, let parts): parts
      case .text, .code, .picture, .lineBreak: []
      }
    })
}

/// A picture in a note.
struct NotePictureModel: TemplateModel {
  var file: Link
  /// What it shows, in words; otherwise its file's name.
  var text: String
  /// nil for a drawing that doesn't say.
  var size: NotePicture.Size?

  static let shape = Shape<NotePictureModel>(
    .link("file") { $0.file }, .text("text") { $0.text },
    .optionalText("width") { $0.size.map { "\($0.width)" } }, .optionalText("height") { $0.size.map { "\($0.height)" } }
  )
}
