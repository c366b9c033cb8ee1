import Templates

/// A title that leads to a page, where there is one.
struct TitledLink: TemplateModel {
  var title: String
  /// nil: the title is shown as plain text.
  var page: Link?

  static let shape = Shape<TitledLink>(.text("title") { $0.title }, .optionalLink("page") { $0.page })
}

/// A text alone, as an item of a list.
struct TextItem: TemplateModel {
  var text: String

  static let shape = Shape<TextItem>(.text("text") { $0.text })
}
