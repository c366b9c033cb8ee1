import TestSupport
import Testing

extension ExampleSiteTests {
  /// What holds of every kind of page, in a browser.
  @Suite struct PageTypeTests {
    private let site: BrowsedSite
    private var browser: Browser { site.browser }

    init() throws {
      site = try BrowsedSite.shared()
      try browser.resize(width: BrowsedSite.desk)
      try browser.show(.light)
    }

    @Test func areAllThatTheTemplatesMake() {
      for page in site.pages.map(\.path) {
        #expect(PageType.all.contains { $0.holds(page) }, "PageType.all lacks the kind of \(page)")
      }
      // What stands in no frame is macros.
      let pages = TemporaryFolder.contents(of: projectFolder + "/templates").filter { name, bytes in
        name.hasSuffix(".html")
          && String(decoding: bytes, as: UTF8.self).contains(#"metal:use-macro="frame.html/frame""#)
      }
      #expect(Set(PageType.all.map(\.template)) == Set(pages.keys))
    }

    @Test(arguments: PageType.all)
    func loadsWithoutAnErrorAndFromItsSiteAlone(type: PageType) throws {
      for page in try type.samples(of: site) { try site.expectToLoadAlone(page) }
    }

    @Test(arguments: PageType.all)
    func isNoWiderThanTheWindow(type: PageType) throws {
      for page in try type.samples(of: site) { try site.expectToFit(page) }
    }

    @Test(arguments: PageType.all)
    func hasTheWholeTitleOfItsSite(type: PageType) throws {
      let page = try type.samples(of: site)[0]
      for width in [BrowsedSite.phone, BrowsedSite.desk] {
        try browser.resize(width: width)
        try site.open(page)
        let hidden = "(title => title.scrollWidth - title.clientWidth)(document.querySelector('.mark'))"
        #expect(try browser.evaluate(hidden) == "0", "\(page) at \(width)")
      }
    }

    @Test(arguments: PageType.all)
    func hasADarkScheme(type: PageType) throws { try site.expectADarkScheme(try type.samples(of: site)[0]) }

    @Test(arguments: PageType.all)
    func printsWhatItSaysWithoutItsControls(type: PageType) throws {
      try site.expectToPrint(try type.samples(of: site)[0])
    }

    @Test(arguments: PageType.all)
    func isReachedByKeys(type: PageType) throws { try site.expectToBeReachedByKeys(try type.samples(of: site)[0]) }
  }
}
