import TestSupport
import Testing

extension ExampleSiteTests {
  /// What axe-core finds in every kind of page.
  ///
  /// - SeeAlso: https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md
  @Suite(.enabled(if: Checkers.hasAxe, "axe-core is missing; 'make setup-tests' fetches it from PyPI"))
  struct AccessibilityTests {
    private let site: BrowsedSite
    private var browser: Browser { site.browser }

    init() throws { site = try BrowsedSite.shared() }

    @Test(arguments: PageType.all)
    func areNone(type: PageType) throws {
      for page in try type.samples(of: site) { try site.expectToBeAccessible(page) }
    }

    /// Or else the test above would say nothing.
    @Test func wouldBeNoticed() throws {
      try site.open("index.html")
      try browser.inject(Checkers.axe ?? "")
      try browser.inject("document.querySelector('h1').style.color = '#ddd'; document.documentElement.lang = ''")
      try browser.show(.light)
      let found = try site.accessibilityFaults()
      #expect(found.contains("color-contrast: h1") && found.contains("html-has-lang: html"))
    }
  }
}
