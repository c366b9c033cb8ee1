import TestSupport
import Testing

extension ExampleSiteTests {
  /// What axe-core finds in every kind of page.
  ///
  /// - SeeAlso: https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md
  @Suite(.enabled(if: Checkers.hasAxe, "axe-core is missing; 'make setup-tests' fetches it from PyPI"))
  struct AccessibilityTests {
    private let site: ExampleSite
    private var browser: Browser { site.browser }

    init() throws { site = try ExampleSite.shared() }

    /// Unfolds everything, and leaves two of all rows and items that are made alike: the others would tell the same, at length.
    private static let preparation = """
      document.querySelectorAll('details').forEach(part => part.open = true);
      {
        const seen = new Map();
        for (const item of [...document.querySelectorAll('main :is(tr, li)')].reverse()) {
          const parts = [item, ...item.querySelectorAll('*')];
          const shape = parts.map(part => part.localName + '.' + part.getAttribute('class')).join(' ');
          seen.set(shape, (seen.get(shape) ?? 0) + 1);
          if (seen.get(shape) > 2) item.remove();
        }
      }
      """

    /// The rules that the page breaks, each with the elements that break it.
    private func faults(_ rules: String...) throws -> String {
      let only = rules.isEmpty ? "{}" : "{ runOnly: \(rules) }"
      return try browser.evaluate(
        """
        axe.run(document, { resultTypes: ['violations'], ...\(only) }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
          nodes.map(node => `${id}: ${node.target.join(' ')} ${node.failureSummary}`)).join('\\n'))
        """)
    }

    @Test(arguments: PageType.all)
    func areNone(type: PageType) throws {
      for page in try type.samples(of: site) {
        try browser.resize(width: 1280)
        try browser.show(.light)
        try site.open(page)
        try browser.inject(Checkers.axe ?? "")
        try browser.inject(AccessibilityTests.preparation)
        let light = try faults()
        #expect(light == "", "\(page)")
        try browser.resize(width: 390)
        try browser.show(.dark)
        let dark = try faults("color-contrast", "target-size", "scrollable-region-focusable")
        #expect(dark == "", "\(page), dark on a phone")
      }
    }

    /// Or else the test above would say nothing.
    @Test func wouldBeNoticed() throws {
      try site.open("index.html")
      try browser.inject(Checkers.axe ?? "")
      try browser.inject("document.querySelector('h1').style.color = '#ddd'; document.documentElement.lang = ''")
      try browser.show(.light)
      let found = try faults()
      #expect(found.contains("color-contrast: h1") && found.contains("html-has-lang: html"))
    }
  }
}
