import Templates

/// The catalog at a glance, `pictures.html`: pictures, each with its table. Template: `pictures.html`.
struct PicturesPage: TemplateModel {
  var frame: SiteFrame
  var title: String
  var lead: String
  var sections: [PictureSection]

  static let shape = Shape<PicturesPage>(
    .model("frame") { $0.frame }, .text("title") { $0.title }, .text("lead") { $0.lead },
    .list("sections") { $0.sections })
}

/// A picture on that page.
struct PictureSection: TemplateModel {
  /// Its id on the page.
  var anchor: String
  var title: String
  var text: String
  /// Link to the picture.
  var file: Link
  var fileName: String
  /// In pixels.
  var width: Int
  var height: Int
  var table: PictureTable

  static let shape = Shape<PictureSection>(
    .text("anchor") { $0.anchor },
    .link("place") { Link(relative: "", fragment: $0.anchor) },
    .text("title") { $0.title },
    .text("pictureTitle") { "\($0.title), picture" },
    .text("tableTitle") { "\($0.title), numbers" },
    .text("text") { $0.text },
    .link("file") { $0.file },
    .text("fileName") { $0.fileName },
    .text("width") { "\($0.width)" },
    .text("height") { "\($0.height)" },
    .model("table") { $0.table })
}
