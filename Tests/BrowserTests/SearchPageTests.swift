import TestSupport
import Testing

/// The search and the lists as a reader uses them, from the disk.
@Suite(.enabled(if: Browser.isInstalled, "chromium is not installed; 'make test' installs it"), .serialized)
struct SearchPageTests {
  private let folder = TemporaryFolder()

  private func build(_ paths: String...) throws {
    try #require(try run(builtProgram, ["build"] + paths + ["-o", "site"], in: folder.path).code == 0)
  }

  private func buildExample() throws {
    try #require(
      try run(builtProgram, ["build", "--config", projectFolder + "/catalog/ruledex.yml", "-o", folder("site")]).code
        == 0)
  }

  private static let hasAll =
    "/^(Type|No results|[\\d,]+ results?\\.)/.test(document.querySelector('#found').textContent)"
  /// The results of a kind, by where they lead.
  private static func links(_ kind: String) -> String {
    """
    [...document.querySelectorAll('.hits section')].filter(part => part.querySelector('h2').textContent.startsWith('\(kind)'))
      .flatMap(part => [...part.querySelectorAll('li > a')]).map(a => a.getAttribute('href').replace(/.*\\/site\\//, '')).join(' ')
    """
  }

  private func type(_ query: String, in browser: Browser) throws {
    let quoted = query.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    _ = try browser.evaluate(
      "(() => { const q = document.querySelector('#q'); q.value = '\(quoted)'; q.dispatchEvent(new Event('input')); })()"
    )
  }

  @Test func answersAsTheTerminalDoes() throws {
    try buildExample()
    let browser = try Browser(in: folder)
    try browser.open(folder("site/search.html"))
    try browser.wait(for: SearchPageTests.hasAll)
    for (query, found) in searchQueries {
      try type("dialect:sigma \(query)", in: browser)
      let pages = try browser.evaluate(SearchPageTests.links("Rules")).split(separator: " ")
      for page in pages { #expect(folder.exists("site/\(page)")) }
      // The queries were answered by hand for these.
      let keys = pages.filter { $0.hasPrefix("rules/sigma/") }.map {
        $0.replacing("rules/sigma/", with: "").replacing("/index.html", with: "")
      }
      #expect(keys.map(String.init) == found, "\(query)")
    }
  }

  @Test func findsThingsThatHavePagesAndSaysWhatMatched() throws {
    try buildExample()
    let browser = try Browser(in: folder)
    try browser.open(folder("site/search.html"), "?q=lsass")
    try browser.wait(for: SearchPageTests.hasAll)
    #expect(try browser.evaluate(SearchPageTests.links("Techniques")) == "attack/T1003.001/index.html")
    #expect(
      try browser.evaluate("[...document.querySelectorAll('.hits mark')].map(mark => mark.textContent)[0]") == "LSASS")
    try type("cmd.exe", in: browser)
    let values = try browser.evaluate(SearchPageTests.links("Values")).split(separator: " ")
    #expect(!values.isEmpty)
    for value in values {
      let parts = value.split(separator: "#")
      let page = try #require(folder.read("site/\(parts[0])"))
      #expect(parts.count == 2 && page.contains("id=\"\(parts[1])\""), "\(value)")
    }
    #expect(try browser.evaluate("document.querySelector('.hits .why').textContent").contains("cmd.exe"))
    try type("field:commandline", in: browser)
    #expect(try browser.evaluate(SearchPageTests.links("Fields")) == "fields/CommandLine/index.html")
    try type("event:4625", in: browser)
    #expect(try browser.evaluate("document.querySelectorAll('.hits section').length") == "2")
  }

  @Test func isUsedByKeyboardAlone() throws {
    try buildExample()
    let browser = try Browser(in: folder)
    try browser.open(folder("site/index.html"))
    try browser.press("/")
    #expect(try browser.evaluate("document.activeElement.name") == "q")
    for letter in "lsass" { try browser.press(String(letter)) }
    try browser.press("Enter")
    try browser.wait(for: "document.querySelector('#found') && \(SearchPageTests.hasAll)")
    #expect(try browser.evaluate("location.search + ' ' + document.activeElement.id") == "?q=lsass q")
    for _ in 1...3 { try browser.press("ArrowDown") }
    #expect(try browser.evaluate("document.activeElement.textContent").hasPrefix("Suspicious Read of LSASS"))
    for _ in 1...3 { try browser.press("ArrowUp") }
    #expect(try browser.evaluate("document.activeElement.id") == "q")
    try browser.press("ArrowDown")
    try browser.press("Escape")
    #expect(try browser.evaluate("document.activeElement.id") == "q")
    try browser.press("x")
    try browser.wait(for: "location.search === '?q=lsassx'")
    #expect(try browser.evaluate("document.querySelector('#found').textContent") == "No results.")
    try browser.press("Escape")
    #expect(try browser.evaluate("document.querySelector('#q').value") == "")
    for letter in "lsass" { try browser.press(String(letter)) }
    try browser.press("Enter")
    try browser.wait(for: "document.querySelector('h1').textContent.startsWith('LSASS Memory Dump')")
  }

  @Test func completesFiltersAndNames() throws {
    try buildExample()
    let browser = try Browser(in: folder)
    try browser.open(folder("site/search.html"))
    try browser.wait(for: SearchPageTests.hasAll)
    try type("lsass le", in: browser)
    let shown = "[...document.querySelectorAll('.completion')].map(made => made.textContent).join(' ')"
    #expect(try browser.evaluate(shown) == "level:")
    _ = try browser.evaluate("document.querySelector('.completion').click()")
    #expect(try browser.evaluate("document.querySelector('#q').value") == "lsass level:")
    #expect(try browser.evaluate(shown).contains("level:critical"))
    try type("tecnique:T1059", in: browser)
    #expect(
      try browser.evaluate("document.querySelector('#found').textContent")
        == "No results; there is no filter ‘tecnique’.")
  }

  /// What a title, an id or a value says stays text, in the data as on the page.
  @Test func showsHostileTextAsText() throws {
    let title = #"</script><img src=x onerror=alert(1)> "quoted" 'too' \u2028 ${x} `x`"#
    folder.write(
      """
      title: "\(title.replacing("\"", with: "\\\""))"
      id: "</script>\\u2029\\"-id"
      author: "<b>writer</b>"
      logsource: {product: "<i>p</i>"}
      detection:
        s: {"</script><f>": ["</script>\\u2028<v>", "]]>"]}
        condition: s
      """, to: "rules/a.yml")
    folder.write(smallRule("Second"), to: "rules/b.yml")
    folder.keepSitesSmall()
    try build("rules")
    for (path, bytes) in folder.contents(of: "site") where path.hasPrefix("assets/") && !path.hasSuffix("site.js") {
      let text = String(decoding: bytes, as: UTF8.self)
      guard path.contains("rules.js") || path.contains("search-") else { continue }
      #expect(!text.contains("<") && !text.contains("\u{2028}") && !text.contains("\u{2029}"), "\(path)")
    }
    let browser = try Browser(in: folder)
    let visit = try browser.open(folder("site/search.html"), "?q=%3Cv%3E")
    try browser.wait(for: SearchPageTests.hasAll)
    #expect(try browser.evaluate("document.querySelectorAll('.hits li > a').length") == "1")
    #expect(
      try browser.evaluate("document.querySelector('.hits li > a').textContent")
        == title.replacing("\\u2028", with: "\u{2028}"))
    #expect(try browser.evaluate("document.querySelectorAll('.hits :is(img, script, b, i, f, v)').length") == "0")
    #expect(visit.dialogs == [] && visit.errors == [])
  }

  @Test func narrowsAndSortsAListThatOtherPagesGoOnWith() throws {
    for number in 1...501 {
      folder.write(
        smallRule(
          "Rule \(1000 + number)", image: "\\program\(number).exe", product: number % 2 == 0 ? "windows" : "linux",
          more: "date: 20\(10 + number % 10)-01-\(10 + number % 19)"), to: "rules/rule_\(1000 + number).yml")
    }
    folder.keepSitesSmall()
    try build("rules")
    let browser = try Browser(in: folder)
    let rows = "document.querySelectorAll('.rules tbody tr').length"
    let says = "document.querySelector('.tools output').textContent"
    let first = "document.querySelector('.rules tbody tr').textContent"
    try browser.open(folder("site/rules/index.html"))
    #expect(try browser.evaluate(rows) == "500")
    #expect(try browser.evaluate(says) == "1 to 500 of 501 rules, newest first")
    #expect(try browser.evaluate("document.querySelector('nav.parts a').getAttribute('href')") == "all-2.html")
    try browser.open(folder("site/rules/all-2.html"))
    #expect(try browser.evaluate(rows) == "1")
    // The oldest, and of these the last by title, stands on the second page, and is found from the first.
    let last = try browser.evaluate("document.querySelector('.rules tbody th a').textContent")
    let written = try browser.evaluate("document.querySelector('.rules tbody tr').innerHTML")
    try browser.open(folder("site/rules/index.html"), "#q=\(last.replacing(" ", with: "%20"))")
    try browser.wait(for: "\(rows) === 1")
    #expect(try browser.evaluate(says) == "1 of 501 rules")
    // What the script makes of the data is what the page has.
    #expect(
      try browser.evaluate("document.querySelector('.rules tbody tr').innerHTML").replacing(
        "file://\(folder("site/rules/"))", with: "") == written)
    #expect(
      try browser.evaluate("document.querySelector('.rules tbody a').href").hasSuffix(
        "/site/rules/sigma/\(last.lowercased().replacing(" ", with: "_"))/index.html"))

    _ = try browser.evaluate("location.hash = '#p-linux'")
    try browser.wait(for: "\(says) === '251 of 501 rules'")
    #expect(try browser.evaluate("document.querySelector('nav.parts').hidden") == "true")
    _ = try browser.evaluate("document.querySelector('th .sort').click()")
    #expect(try browser.evaluate(first).hasPrefix("Rule 1001"))
    #expect(
      try browser.evaluate("[...document.querySelectorAll('th')].map(head => head.ariaSort).slice(0, 2).join()")
        == "ascending,")
    #expect(try browser.evaluate("location.hash") == "#p-linux&sort=rule")
    _ = try browser.evaluate("document.querySelector('th .sort').click()")
    #expect(try browser.evaluate(first).hasPrefix("Rule 1501"))
    #expect(try browser.evaluate("location.hash") == "#p-linux&sort=-rule")
    _ = try browser.evaluate("document.querySelector('th .sort').click()")
    #expect(try browser.evaluate("document.querySelector('th:last-child').ariaSort") == "descending")
    _ = try browser.evaluate("location.hash = '#sort=-rule'")
    try browser.wait(for: "\(first).startsWith('Rule 1501')")
    #expect(try browser.evaluate(rows) == "500")
    _ = try browser.evaluate("document.querySelector('.more').click()")
    #expect(try browser.evaluate(rows) == "501")
  }

  /// 450,000 bytes of values are too many for a field's page, which then leaves out values of one rule.
  @Test func leadsToTheSearchWhereAPageHasNotAllOfAFieldsValues() throws {
    let long = String(repeating: "x", count: 600)
    let values = (1000...2000).map { "            - 'value \($0) \(long)'" }.joined(separator: "\n")
    folder.write(
      """
      title: Many values
      logsource: {category: process_creation, product: windows}
      detection:
          selection:
              CommandLine|contains:
      \(values)
          condition: selection
      level: low
      """, to: "rules/many.yml")
    folder.keepSitesSmall()
    try build("rules")
    let browser = try Browser(in: folder)
    let says = "document.querySelector('.tools output').textContent"
    try browser.open(folder("site/fields/CommandLine/index.html"), "#q=value%202000")
    try browser.wait(for: "\(says).startsWith('0 of ')")
    #expect(try browser.evaluate(says).hasSuffix(" values on this page; search all pages"))
    let link = "document.querySelector('.tools output a')"
    #expect(try browser.evaluate("\(link).href").hasSuffix("/site/search.html?q=field%3ACommandLine%20value%202000"))
    _ = try browser.evaluate("\(link).click()")
    try browser.wait(for: "document.querySelectorAll('.hits li > a').length === 1")
  }

  /// ATT&CK's longest name of a technique.
  @Test func breaksTheLineInALongNameOfATechnique() throws {
    folder.write(smallRule("Long", more: "tags: [attack.t1546.003]"), to: "rules/long.yml")
    folder.keepSitesSmall()
    try build("rules")
    let browser = try Browser(in: folder)
    try browser.resize(width: 1000)
    for page in ["events/Microsoft-Windows-Sysmon/1/index.html", "attack/T1546.003/index.html"] {
      try browser.open(folder("site/\(page)"))
      #expect(
        try browser.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth") == "0",
        "\(page)")
    }
  }

  @Test func sortsTablesOfOtherPages() throws {
    try buildExample()
    let browser = try Browser(in: folder)
    try browser.open(folder("site/fields/index.html"))
    let column = { (number: Int) in
      "[...document.querySelectorAll('.narrowed tbody tr')].map(row => row.cells[\(number)].querySelector('a, code')?.textContent ?? row.cells[\(number)].textContent.replace(/\\D/g, ''))"
    }
    _ = try browser.evaluate("document.querySelectorAll('.sort')[2].click()")
    #expect(
      try browser.evaluate(
        "(values => values.every((value, at) => !at || Number(values[at - 1]) >= Number(value)))(\(column(2)))")
        == "true")
    _ = try browser.evaluate("document.querySelectorAll('.sort')[0].click()")
    #expect(
      try browser.evaluate(
        "(values => values.every((value, at) => !at || values[at - 1].toLowerCase() <= value.toLowerCase()))(\(column(0)))"
      ) == "true")
  }
}

/// Scripts put data into pages as text alone.
@Suite struct ScriptTests {
  @Test(arguments: ["site.js", "search.js", "compare.js"])
  func makesNoMarkupOfData(name: String) throws {
    let bytes = try #require(TemporaryFolder.bytes(of: projectFolder + "/templates/" + name))
    let script = String(decoding: bytes, as: UTF8.self)
    for word in [
      "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "srcdoc", "javascript:",
    ] {
      #expect(!script.contains(word), "\(word)")
    }
  }
}

private func smallRule(_ title: String, image: String = "\\whoami.exe", product: String = "windows", more: String = "")
  -> String
{
  """
  title: \(title)
  status: test
  logsource: {category: process_creation, product: \(product)}
  detection:
    selection: {Image|endswith: '\(image)'}
    condition: selection
  level: medium
  \(more)
  """
}
