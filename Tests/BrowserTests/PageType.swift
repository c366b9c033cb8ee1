import TestSupport
import Testing

/// A kind of page: what one template makes, or a part of that which looks different.
struct PageType: Sendable, CustomTestStringConvertible {
  let name: String
  let template: String
  /// The paths of its pages, from the site's root. No pattern here holds a closure, which is why `Regex` isn't Sendable; it never
  /// changes.
  nonisolated(unsafe) let paths: Regex<Substring>

  var testDescription: String { name }

  init(_ name: String, _ template: String, _ paths: Regex<Substring>) {
    (self.name, self.template, self.paths) = (name, template, paths)
  }

  static let all = [
    PageType("home", "index.html", /index\.html/),
    PageType("list of rules", "rules.html", /rules\/(?:[^\/]+\/)?(?:index|all-\d+)\.html/),
    PageType("rule", "rule.html", /rules\/[^\/]+\/(?!mr_|mf_)[^\/]+\/index\.html/),
    PageType("correlation", "rule.html", /rules\/[^\/]+\/mr_[^\/]+\/index\.html/),
    PageType("filter", "rule.html", /rules\/[^\/]+\/mf_[^\/]+\/index\.html/),
    PageType("matrix", "matrix.html", /attack\/index\.html/),
    PageType("tactic", "tactic.html", /attack\/tactics\/TA\d+\/index\.html/),
    PageType("technique", "technique.html", /attack\/T\d+\/index\.html/),
    // With a table, tasks and a picture.
    PageType("notes", "technique.html", /attack\/T1003\/index\.html/),
    PageType("sub-technique", "technique.html", /attack\/T\d+\.\d+\/index\.html/),
    PageType("group", "threat.html", /attack\/groups\/G\d+\/index\.html/),
    PageType("campaign", "threat.html", /attack\/campaigns\/C\d+\/index\.html/),
    PageType("software", "threat.html", /attack\/software\/S\d+\/index\.html/),
    PageType("list of groups", "threats.html", /attack\/(?:groups|campaigns|software)\/index\.html/),
    PageType("comparison", "compare.html", /attack\/compare\.html/),
    PageType("list of events", "events.html", /events\/index\.html/),
    PageType("provider", "event.html", /events\/[^\/]+\/index\.html/),
    PageType("event", "event.html", /events\/[^\/]+\/[^\/]+\/index\.html/),
    PageType("log sources", "logsources.html", /logsources\/index\.html/),
    PageType("list of fields", "fields.html", /fields\/index\.html/),
    PageType("field", "field.html", /fields\/[^\/]+\/index\.html/),
    PageType("indicators", "indicators.html", /indicators\/index\.html/),
    PageType("duplicates", "duplicates.html", /indicators\/duplicates\.html/),
    PageType("pictures", "pictures.html", /pictures\.html/),
    PageType("findings", "lint.html", /lint(?:\/[^\/]+)?\.html/),
    PageType("coverage", "coverage.html", /coverage\/index\.html/),
    PageType("list of the review", "review-list.html", /coverage\/(?!index\.)[^\/]+\.html/),
    PageType("search", "search.html", /search\.html/),
  ]

  func holds(_ path: String) -> Bool { path.wholeMatch(of: paths) != nil }

  /// The fullest of its pages and the barest, which may be the same.
  func samples(of site: BrowsedSite) throws -> [String] {
    let own = site.pages.filter { holds($0.path) }.sorted { ($0.size, $0.path) > ($1.size, $1.path) }.map(\.path)
    let fullest = try #require(own.first, "the \(site.kind) site has no such page")
    return own.count == 1 ? [fullest] : [fullest, own[own.count - 1]]
  }
}
