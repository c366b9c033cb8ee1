/// A file of the site for programs: made from the whole catalog, and always present.
package struct Report: Sendable {
  /// Relative to the site's root.
  package let path: String
  package let bytes: @Sendable (ReportContent) -> [UInt8]

  /// The list of reports, the most expensive first, so that no thread is left working on one of those alone at the end.
  ///
  /// It leaves out `rule.xml`, of which each rule has its own (``ruleXML(_:of:page:)``), and the sitemap, which is made
  /// from the pages (``sitemap(of:at:limit:)``).
  package static let all = [
    Report(path: "catalog.xml") { CatalogReport(content: $0).bytes(as: .xml) },
    Report(path: "catalog.json") { CatalogReport(content: $0).bytes(as: .json) },
    Report(path: "indicators.csv") { indicatorsCSV($0.index) },
    Report(path: "coverage.csv", bytes: coverageCSV),
    Report(path: "attack-layer.json", bytes: attackLayer),
    Report(path: "feed.xml", bytes: atomFeed),
    Report(path: "catalog.rng") { $0.schema },
  ]
}
