import Templates

/// The frame around every page: its head, the navigation at the top and the notices at the bottom. Template:
/// `frame.html`.
///
/// Links are relative to the page, so each folder depth has a frame of its own.
struct SiteFrame: TemplateModel {
  /// The site's name, which links to the home page: `Ruledex`.
  var siteTitle: String
  /// The page's title in browser tabs and search engines, the most specific part first: `Okta Login – Sigma rule –
  /// Ruledex`.
  var documentTitle: String
  /// A one-sentence summary for search engines; nil if there is nothing to say.
  var summary: String?
  /// The page's canonical address on the web; nil if the site's own isn't known.
  var canonical: Link?
  /// Link to the home page.
  var home: Link
  /// Link to `assets/style.css`.
  var styleSheet: Link
  /// Link to `assets/site.js`.
  var script: Link
  /// Link to `feed.xml`, the most recently changed rules.
  var feed: Link
  /// Link to the search page; nil if the site has none, in which case no page has a search box.
  var search: Link?
  /// The sections of the site that exist, in the order shown.
  var navigation: [NavigationItem]
  /// The pages above this one, the topmost first, excluding this one; empty at the top.
  var crumbs: [TitledLink] = []
  /// Whose data the page shows and under which terms, a sentence each: MITRE's if ATT&CK names appear.
  var notices: [String] = []
  /// Pages that don't fit in the navigation, for the footer of each page.
  var further: [TitledLink] = []
  /// The same data for programs: `catalog.json`, `catalog.xml`.
  var downloads: [TitledLink] = []
  /// What made the page: `ruledex 1.0.0`.
  var generator: String
  /// Whether telemetry is configured, so that events, rules and techniques show their states.
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

/// A section of the site in the navigation.
struct NavigationItem: TemplateModel {
  enum Current: String {
    /// The page itself.
    case page
    /// A page in this section.
    case part = "true"
  }

  var title: String
  var page: Link
  /// Whether the reader is in this section; nil if not. Written as `aria-current`.
  var current: Current?

  static let shape = Shape<NavigationItem>(
    .text("title") { $0.title }, .link("page") { $0.page }, .optionalText("current") { $0.current?.rawValue })
}
