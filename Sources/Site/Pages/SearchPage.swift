import Search
import Templates

/// The search, `search.html`. Template: `search.html`; `search.js` does the searching.
struct SearchPage: TemplateModel {
  var frame: SiteFrame
  var title: String
  /// The sections of the site, for readers without scripts.
  var parts: [TitledLink]
  /// In the order shown.
  var filters = SearchFilter.allCases

  static let shape = Shape<SearchPage>(
    .model("frame") { $0.frame },
    .text("title") { $0.title },
    .list("parts") { $0.parts },
    .list("filters") { $0.filters.map(FilterHelp.init) })
}

/// A filter, and what it finds.
private struct FilterHelp: TemplateModel {
  var filter: SearchFilter

  static let shape = Shape<FilterHelp>(
    .text("name") { $0.filter.rawValue + ":" }, .text("help") { $0.filter.help })
}
