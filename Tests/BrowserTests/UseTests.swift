import Testing

extension ExampleSiteTests {
  /// What a reader does on pages that answer.
  @Suite struct UseTests {
    private let site: BrowsedSite
    private var browser: Browser { site.browser }

    init() throws {
      site = try BrowsedSite.shared()
      try browser.resize(width: 1280)
      try browser.show(.light)
    }

    @Test func narrowsTheListOfRules() throws {
      try site.open("rules/index.html")
      let total = try browser.evaluate("document.querySelectorAll('.rules tbody tr').length")
      let counted = try browser.evaluate("document.querySelector('label:has(#l-critical) i').textContent")
      _ = try browser.evaluate("document.querySelector('#l-critical').focus()")
      try browser.press(" ")
      #expect(
        try browser.evaluate("document.querySelector('.tools output').textContent") == "\(counted) of \(total) rules")
      let levels = "[...document.querySelectorAll('.rules tbody td.lv')].map(cell => cell.textContent).join(' ')"
      let levelWords = try browser.evaluate(levels).split(separator: " ")
      #expect(Set(levelWords) == ["critical"] && "\(levelWords.count)" == counted)
      #expect(try browser.evaluate("location.hash") == "#l-critical")
      try browser.press(" ")
      #expect(try browser.evaluate("document.querySelectorAll('.rules tbody tr').length") == total)
    }

    @Test func unfoldsTheFacetsOnAPhone() throws {
      try browser.resize(width: 390)
      try site.open("rules/index.html")
      let seen = "document.querySelector('#l-critical').checkVisibility({ contentVisibilityAuto: true })"
      #expect(try browser.evaluate(seen) == "false")
      _ = try browser.evaluate("document.querySelector('.facets summary').focus()")
      try browser.press("Enter")
      #expect(try browser.evaluate(seen) == "true")
    }

    /// TeamTNT and Scattered Spider are named by rules of the example.
    @Test func comparesTheGroupsThatAReaderChooses() throws {
      try site.open("attack/groups/G0139/index.html")
      _ = try browser.evaluate("document.querySelector('a[href$=\"compare.html?with=G0139\"]').click()")
      try browser.wait(for: "document.querySelector('#compared th a') !== null")
      let heads = "[...document.querySelectorAll('.compared thead a')].map(link => link.textContent).join(' | ')"
      #expect(try browser.evaluate(heads) == "TeamTNT")
      _ = try browser.evaluate("document.querySelector('#compare-name').focus()")
      for letter in "unc3944" { try browser.press(String(letter)) }
      try browser.press("Enter")
      #expect(try browser.evaluate(heads) == "TeamTNT | Scattered Spider")
      #expect(try browser.evaluate("location.hash") == "#G0139,G1015")
      let row = """
        [...document.querySelectorAll('.compared tbody tr')].find(row => row.textContent.startsWith('T1059.004')).textContent
        """
      #expect(try browser.evaluate(row) == "T1059.004 Command and Scripting Interpreter: Unix Shell1runsruns")
      #expect(
        try browser.evaluate("document.querySelector('.compared a[href$=\"T1059.004/index.html\"]') !== null") == "true"
      )
      for letter in "nobody" { try browser.press(String(letter)) }
      try browser.press("Enter")
      #expect(
        try browser.evaluate("document.querySelector('#compare output').textContent")
          == "Nothing here is called ‘nobody’.")
      _ = try browser.evaluate("document.querySelector('.drop').click()")
      #expect(try browser.evaluate(heads) == "Scattered Spider")
    }

    @Test func unfoldsWhatALinkLeadsTo() throws {
      try site.open("fields/Image/index.html")
      let id = try browser.evaluate("document.querySelector('tr[id]:has(details)').id")
      let isOpen = "document.getElementById('\(id)').querySelector('details').open"
      #expect(try browser.evaluate(isOpen) == "false")
      _ = try browser.evaluate("location.hash = '\(id)'")
      try browser.wait(for: isOpen)
      // From another page.
      try site.open("fields/index.html")
      try site.open("fields/Image/index.html", "#\(id)")
      #expect(try browser.evaluate(isOpen) == "true")
    }

    @Test func unfoldsSubTechniquesInTheMatrix() throws {
      try site.open("attack/index.html")
      let part =
        "[...document.querySelectorAll('.mx details')].find(part => part.closest('li').textContent.includes('T1059'))"
      let seen = "\(part).querySelector('.sub a').checkVisibility({ contentVisibilityAuto: true })"
      #expect(try browser.evaluate(seen) == "false")
      _ = try browser.evaluate("\(part).querySelector('summary').focus()")
      try browser.press("Enter")
      #expect(try browser.evaluate(seen) == "true")
      #expect(try browser.evaluate("\(part).querySelector('.sub a').getAttribute('href')").hasPrefix("T1059."))
      try browser.press("Enter")
      #expect(try browser.evaluate(seen) == "false")
    }

    @Test func countsAgainInTheMatrix() throws {
      try site.open("attack/index.html")
      let choice = "document.querySelector('#matrix-filter select[name=level]')"
      // “critical (4)”
      let option = "[...\(choice).options].find(option => option.value === 'critical')"
      let counted = try browser.evaluate("\(option).textContent.replace(/\\D/g, '')")
      _ = try browser.evaluate("\(choice).value = 'critical', \(choice).dispatchEvent(new Event('change'))")
      try browser.wait(for: "document.querySelector('#matrix-filter output').textContent.startsWith('\(counted) rule')")
      #expect(try browser.evaluate("location.hash") == "#level=critical")
      #expect(try browser.happened().errors == [])
    }

    @Test func showsTheMatrixInColumnsThatScrollInTheirFrame() throws {
      try site.open("attack/index.html")
      _ = try browser.evaluate("document.querySelector('#v-matrix').focus()")
      try browser.press(" ")
      #expect(
        try browser.evaluate(
          "(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector('.mx'))") == "true")
      #expect(
        try browser.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth") == "0")
    }
  }
}
