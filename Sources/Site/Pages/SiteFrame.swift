import Templates

/// The frame around every page: its head, the navigation above and the notices below. Template: `frame.html`.
///
/// Links are relative to the page, so that each folder's depth has a frame of its own.
struct SiteFrame: TemplateModel {
  /// The site's name, on the way home: `Ruledex`.
  var siteTitle: String
  /// What a browser's tab and a search engine call the page, the most particular first:
  /// `Okta Login – Sigma rule – Ruledex`.
  var documentTitle: String
  /// The page in one sentence, for search engines; nil where there is nothing to say.
  var summary: String?
  /// The page's one address on the web; nil where the site's own isn't known.
  var canonical: Link?
  /// To the home page.
  var home: Link
  /// To `assets/style.css`.
  var styleSheet: Link
  /// To `assets/site.js`.
  var script: Link
  /// To `feed.xml`, the rules changed last.
  var feed: Link
  /// Where a search is answered; nil while the site has no such page, and then no page has a box for it.
  var search: Link?
  /// The parts of the site that exist, in the order shown.
  var navigation: [NavigationItem]
  /// The pages above this one, the highest first, without this one; empty at the top.
  var crumbs: [TitledLink] = []
  /// Whose data the page shows and on what terms, a sentence each: MITRE's where names of ATT&CK show.
  var notices: [String] = []
  /// Pages that the navigation has no room for, for the foot of each page.
  var further: [TitledLink] = []
  /// The same data for programs: `catalog.json`, `catalog.xml`.
  var downloads: [TitledLink] = []
  /// What made the page: `ruledex 1.0.0`.
  var generator: String
  /// Whether telemetry is configured: then events, rules and techniques show their states.
  var hasTelemetry = false

  static let shape = Shape<SiteFrame>(
    .text("siteTitle") { $0.siteTitle },
    .text("documentTitle") { $0.documentTitle },
    .optionalText("summary") { $0.summary },
    .optionalLink("canonical") { $0.canonical },
    .link("home") { $0.home },
    .link("styleSheet") { $0.styleSheet },
    .link("script") { $0.script },
    .link("feed") { $0.feed },
    .optionalLink("search") { $0.search },
    .list("navigation") { $0.navigation },
    .list("crumbs") { $0.crumbs },
    .list("notices") { $0.notices.map(TextItem.init) },
    .list("further") { $0.further },
    .list("downloads") { $0.downloads },
    .text("generator") { $0.generator },
    .flag("hasTelemetry") { $0.hasTelemetry })
}

/// A part of the site in the navigation.
struct NavigationItem: TemplateModel {
  enum Current: String {
    /// The page itself.
    case page
    /// A page of this part.
    case part = "true"
  }

  var title: String
  var page: Link
  /// Whether the reader is in this part; nil where not. Written as `aria-current`.
  var current: Current?

  static let shape = Shape<NavigationItem>(
    .text("title") { $0.title }, .link("page") { $0.page }, .optionalText("current") { $0.current?.rawValue })
}
