import TestSupport
import Testing

/// What holds of every page of every site. Each takes the path of a page from the site's root.
extension BrowsedSite {
  static let (phone, desk) = (390, 1280)

  /// The page loads without an error, and asks for nothing but files of its site.
  func expectToLoadAlone(_ page: String) throws {
    try open(page)
    let visit = try browser.happened()
    #expect(visit.errors == [], "\(page)")
    #expect(visit.requests.filter { !$0.hasPrefix("file://\(path)/") } == [], "\(page)")
  }

  /// Nothing of the page, everything unfolded, is wider than the window.
  func expectToFit(_ page: String) throws {
    for width in [BrowsedSite.phone, BrowsedSite.desk] {
      try browser.resize(width: width)
      try open(page)
      _ = try browser.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
      #expect(
        try browser.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth") == "0",
        "\(page) at \(width)")
      #expect(try browser.evaluate("innerWidth") == "\(width)", "\(page) at \(width)")
    }
  }

  func expectADarkScheme(_ page: String) throws {
    try open(page)
    try browser.show(.light)
    let colours = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color].join(' ')"
    #expect(try browser.evaluate(colours) == "rgb(253, 252, 249) rgb(30, 28, 25)")
    try browser.show(.dark)
    #expect(try browser.evaluate(colours) == "rgb(20, 22, 25) rgb(229, 227, 221)")
  }

  /// On paper the page says everything, without its controls.
  func expectToPrint(_ page: String) throws {
    try open(page)
    try browser.show(.dark, onPaper: true)
    let shown = """
      [...document.querySelectorAll('.top nav, input[type=search], button:not(.sort), select, .skip, .toc')]
        .filter(part => part.checkVisibility()).map(part => part.outerHTML).join('\\n')
      """
    let controls = try browser.evaluate(shown)
    #expect(controls == "", "\(page)")
    #expect(try browser.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)")
    #expect(try browser.evaluate("document.querySelector('h1').checkVisibility()") == "true")
    #expect(try browser.evaluate("document.querySelector('main').innerText.length > 40") == "true", "\(page)")
    // What is folded on the screen can't be unfolded on paper.
    let folded = """
      [...document.querySelectorAll('main details > :not(summary)')]
        .filter(part => !part.closest('.facets')
          && !part.checkVisibility({ contentVisibilityAuto: true }))
        .map(part => part.outerHTML.slice(0, 200)).join('\\n')
      """
    #expect(try browser.evaluate(folded) == "", "\(page)")
  }

  /// A slash leads to the search, and the first tab to what skips the navigation.
  func expectToBeReachedByKeys(_ page: String) throws {
    try open(page)
    // A search begins in its box, where a slash is a slash.
    _ = try browser.evaluate("document.activeElement.blur()")
    try browser.press("/")
    #expect(try browser.evaluate("document.activeElement.type") == "search")
    #expect(try browser.evaluate("document.activeElement.value") == "")
    guard page != "search.html" else { return }
    try open(page)
    try browser.press("Tab")
    #expect(try browser.evaluate("document.activeElement.className") == "skip")
    #expect(try browser.evaluate("document.activeElement.getBoundingClientRect().width > 50") == "true")
    try browser.press("Enter")
    #expect(try browser.evaluate("location.hash") == "#main")
  }

  /// Nothing that a rule, a note or a configuration says is more than text.
  func expectOnlyText(_ page: String) throws {
    let visit = try open(page)
    let root = String(repeating: "../", count: page.split(separator: "/").count - 1)
    // The search and the comparison load their data, script by script.
    #expect(visit.scripts.first == root + "assets/site.js", "\(page)")
    #expect(visit.scripts.allSatisfy { $0.hasPrefix(root) && !$0.contains("<") }, "\(page): \(visit.scripts)")
    #expect(visit.handlers == [] && visit.odd == [] && visit.dialogs == [], "\(page)")
    #expect(Set(visit.schemes).isSubset(of: ["file:", "https:", "http:"]), "\(page)")
  }

  // MARK: axe

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

  /// The rules of axe-core that the page breaks, each with the elements that break it.
  func accessibilityFaults(_ rules: String...) throws -> String {
    let only = rules.isEmpty ? "{}" : "{ runOnly: \(rules) }"
    return try browser.evaluate(
      """
      axe.run(document, { resultTypes: ['violations'], ...\(only) }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
        nodes.map(node => `${id}: ${node.target.join(' ')} ${node.failureSummary}`)).join('\\n'))
      """)
  }

  /// axe-core finds nothing: on a desk in the light, and on a phone in the dark.
  func expectToBeAccessible(_ page: String) throws {
    try browser.resize(width: BrowsedSite.desk)
    try browser.show(.light)
    try open(page)
    try browser.inject(Checkers.axe ?? "")
    try browser.inject(BrowsedSite.preparation)
    let light = try accessibilityFaults()
    #expect(light == "", "\(page)")
    try browser.resize(width: BrowsedSite.phone)
    try browser.show(.dark)
    let dark = try accessibilityFaults("color-contrast", "target-size", "scrollable-region-focusable")
    #expect(dark == "", "\(page), dark on a phone")
  }
}
