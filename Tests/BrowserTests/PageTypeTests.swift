import TestSupport
import Testing

extension ExampleSiteTests {
  /// What holds of every kind of page, in a browser.
  @Suite struct PageTypeTests {
    private let site: ExampleSite
    private var browser: Browser { site.browser }
    private static let (phone, desk) = (390, 1280)

    init() throws {
      site = try ExampleSite.shared()
      try browser.resize(width: PageTypeTests.desk)
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
      for page in try type.samples(of: site) {
        try site.open(page)
        let visit = try browser.happened()
        #expect(visit.errors == [], "\(page)")
        #expect(visit.requests.filter { !$0.hasPrefix("file://\(site.path)/") } == [], "\(page)")
      }
    }

    @Test(arguments: PageType.all)
    func isNoWiderThanTheWindow(type: PageType) throws {
      for width in [PageTypeTests.phone, PageTypeTests.desk] {
        try browser.resize(width: width)
        for page in try type.samples(of: site) {
          try site.open(page)
          _ = try browser.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
          #expect(
            try browser.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth") == "0",
            "\(page) at \(width)")
          #expect(try browser.evaluate("innerWidth") == "\(width)", "\(page) at \(width)")
        }
      }
    }

    @Test(arguments: PageType.all)
    func hasTheWholeTitleOfItsSite(type: PageType) throws {
      let page = try type.samples(of: site)[0]
      for width in [PageTypeTests.phone, PageTypeTests.desk] {
        try browser.resize(width: width)
        try site.open(page)
        let hidden = "(title => title.scrollWidth - title.clientWidth)(document.querySelector('.mark'))"
        #expect(try browser.evaluate(hidden) == "0", "\(page) at \(width)")
      }
    }

    @Test(arguments: PageType.all)
    func hasADarkScheme(type: PageType) throws {
      let page = try type.samples(of: site)[0]
      try site.open(page)
      let colours = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color].join(' ')"
      #expect(try browser.evaluate(colours) == "rgb(253, 252, 249) rgb(30, 28, 25)")
      try browser.show(.dark)
      #expect(try browser.evaluate(colours) == "rgb(20, 22, 25) rgb(229, 227, 221)")
    }

    @Test(arguments: PageType.all)
    func printsWhatItSaysWithoutItsControls(type: PageType) throws {
      let page = try type.samples(of: site)[0]
      try site.open(page)
      let words = "document.querySelector('main').innerText.length"
      try browser.show(.dark, onPaper: true)
      let shown = """
        [...document.querySelectorAll('.top nav, input[type=search], button:not(.sort), select, .skip, .toc')]
          .filter(part => part.checkVisibility()).map(part => part.outerHTML).join('\\n')
        """
      let controls = try browser.evaluate(shown)
      #expect(controls == "", "\(page)")
      #expect(try browser.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)")
      #expect(try browser.evaluate("document.querySelector('h1').checkVisibility()") == "true")
      #expect(try browser.evaluate("\(words) > 40") == "true", "\(page)")
      // What is folded on the screen can't be unfolded on paper.
      let folded = """
        [...document.querySelectorAll('main details > :not(summary)')]
          .filter(part => !part.closest('.facets')
            && !part.checkVisibility({ contentVisibilityAuto: true }))
          .map(part => part.outerHTML.slice(0, 200)).join('\\n')
        """
      #expect(try browser.evaluate(folded) == "", "\(page)")
    }

    @Test(arguments: PageType.all)
    func isReachedByKeys(type: PageType) throws {
      let page = try type.samples(of: site)[0]
      try site.open(page)
      // A search begins in its box, where a slash is a slash.
      _ = try browser.evaluate("document.activeElement.blur()")
      try browser.press("/")
      #expect(try browser.evaluate("document.activeElement.type") == "search")
      #expect(try browser.evaluate("document.activeElement.value") == "")
      guard type.template != "search.html" else { return }
      try site.open(page)
      try browser.press("Tab")
      #expect(try browser.evaluate("document.activeElement.className") == "skip")
      #expect(try browser.evaluate("document.activeElement.getBoundingClientRect().width > 50") == "true")
      try browser.press("Enter")
      #expect(try browser.evaluate("location.hash") == "#main")
    }
  }
}
