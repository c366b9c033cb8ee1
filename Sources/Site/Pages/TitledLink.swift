import Templates

/// A title that links to a page, if there is one.
struct TitledLink: TemplateModel {
  var title: String
  /// If nil, the title is shown as plain text.
  var page: Link?

  static let shape = Shape<TitledLink>(.text("title") { $0.title }, .optionalLink("page") { $0.page })
}

/// Plain text as an item of a list.
struct TextItem: TemplateModel {
  var text: String

  static let shape = Shape<TextItem>(.text("text") { $0.text })
}
