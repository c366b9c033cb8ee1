import Templates

/// The comparison of groups, campaigns and software that a reader chooses, `attack/compare.html`. Template:
/// `compare.html`; `compare.js` does the comparing with the data of `assets/threats.js`.
struct ComparePage: TemplateModel {
  var frame: SiteFrame
  var title: String
  /// The lists of what can be compared, for readers without scripts too.
  var lists: [TitledLink]

  static let shape = Shape<ComparePage>(
    .model("frame") { $0.frame }, .text("title") { $0.title }, .list("lists") { $0.lists })
}
