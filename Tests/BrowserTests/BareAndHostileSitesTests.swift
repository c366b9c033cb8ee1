import TestSupport
import Testing

/// What holds of the example's pages holds of those that have next to nothing to say, and of those that strangers wrote.
@Suite(.enabled(if: Browser.isInstalled, "chromium is not installed; 'make test' installs it"))
struct BareAndHostileSitesTests {
  @Suite(.serialized, .site(.bare)) struct BareSiteTests {
    /// The pages that only exist because of rules which say more.
    private static let absent: Set<String> = ["correlation", "filter", "notes", "event", "list of the review"]

    @Test(arguments: PageType.all.filter { !absent.contains($0.name) })
    func isSound(type: PageType) throws {
      let site = try BrowsedSite.shared()
      // The fullest of these is as bare as the others, but for what ATT&CK says.
      for page in try type.samples(of: site).suffix(1) { try site.expectToBeSound(page) }
    }

    @Test func isThatOfHTML() throws { try BrowsedSite.shared().expectMarkup() }
  }

  @Suite(.serialized, .site(.hostile)) struct HostileSiteTests {
    @Test(arguments: PageType.all)
    func isSound(type: PageType) throws {
      let site = try BrowsedSite.shared()
      for page in try type.samples(of: site).prefix(1) {
        try site.expectToBeSound(page)
        try site.expectOnlyText(page)
      }
    }

    @Test func isThatOfHTML() throws { try BrowsedSite.shared().expectMarkup() }
  }
}

extension BrowsedSite {
  /// All that is checked of a page of the example site.
  fileprivate func expectToBeSound(_ page: String) throws {
    try browser.resize(width: BrowsedSite.desk)
    try browser.show(.light)
    try expectToLoadAlone(page)
    try expectToFit(page)
    try expectADarkScheme(page)
    try expectToPrint(page)
    try browser.show(.light)
    try expectToBeReachedByKeys(page)
    if Checkers.hasAxe { try expectToBeAccessible(page) }
  }

  /// The Nu HTML checker finds nothing in a sample of each kind of page.
  fileprivate func expectMarkup() throws {
    guard Checkers.hasVnu else { return }
    let samples = try PageType.all.flatMap { type in
      pages.contains { type.holds($0.path) } ? try type.samples(of: self) : []
    }
    #expect(try Checkers.markupErrors(in: Set(samples).sorted().map { "\(path)/\($0)" }) == [])
  }
}
