import TestSupport
import Testing
import XML

/// Files that go wrong, read as one folder: `Fixtures/broken`, whose README says what is expected of each.
@Suite struct BrokenRulesTests {
  private let broken: BrokenRules
  private var catalog: CatalogFile { broken.catalog }

  init() throws { broken = try builtBrokenRules.get() }

  /// The slowest of them takes two seconds in a build for debugging on a slow machine.
  @Test func endsInBoundedTime() { #expect(broken.run.code == 0, "-9 means that it was killed after a minute") }

  @Test func expectsSomethingOfEachFile() {
    let others: Set = ["README.md", "expected.csv"]
    #expect(broken.expected.map(\.file).sorted() == broken.sources.keys.filter { !others.contains($0) }.sorted())
  }

  @Test func readsWhatCanBeReadOfEachFile() {
    for row in broken.expected where row.outcome != "*" {
      let rules = catalog.rules.count { $0.source == row.file }
      let isBroken = broken.findings(row.file).contains { $0.severity == "error" } && rules == 0
      #expect((rules > 0 ? "rule" : isBroken ? "broken" : "not-a-rule") == row.outcome, "\(row.file)")
    }
    #expect(catalog.files["broken"] == broken.expected.count { $0.outcome == "broken" })
    #expect(catalog.files.values.reduce(0, +) == broken.sources.count)
  }

  @Test func findsWhatIsWrongWithEachFile() {
    for row in broken.expected where row.identifiers != ["*"] {
      let found = Set(broken.findings(row.file).map(\.id))
      if row.identifiers == ["-"] {
        #expect(found.isEmpty, "\(row.file)")
      } else {
        #expect(found.isSuperset(of: row.identifiers), "\(row.file): \(found)")
      }
    }
  }

  @Test func publishesTheGoodRule() throws {
    #expect(try broken.site.page("rules/sigma/good/index.html").titles == ["Good Rule"])
    #expect(try broken.site.page("rules/sigma/good/index.html").withID("findings") == nil)
  }

  @Test func givesEachRuleAPage() throws {
    for rule in catalog.rules {
      let page = try broken.site.page(rule.page)
      #expect(page.titles.count == 1 && page.withID("body") != nil, "\(rule.key)")
    }
  }

  @Test func holdsOnEachPageWhatHoldsForAll() { #expect(broken.site.faults == []) }

  /// One line for each error and warning: none is made up by a rule, and none steers the terminal.
  @Test func printsEachFindingInALineOfItsOwn() {
    let printed = catalog.diagnostics.filter { $0.severity != "note" }
    #expect(broken.run.errorLines.count == printed.count)
    for (line, finding) in zip(broken.run.errorLines, printed) {
      #expect(line.hasPrefix("\(BrokenRules.path)/\(finding.file)") && line.hasSuffix("[\(finding.id)]"))
      #expect(line.contains(": \(finding.severity): "))
    }
    let odd = (broken.run.errors + broken.run.output).unicodeScalars.filter { scalar in
      scalar != "\n" && [.control, .format].contains(scalar.properties.generalCategory)
    }
    #expect(String(odd) == "")
  }

  // MARK: Hostile rules

  /// What stands in a rule is text on its page: the only script is ours.
  @Test func letsNoScriptIn() throws {
    for (path, page) in broken.site.pages.sorted(by: { $0.key < $1.key }) {
      let scripts = page.named("script").map { $0.value(of: "src") ?? "" }
      #expect(scripts.count == 1 && scripts.allSatisfy { $0.hasSuffix("assets/site.js") }, "\(path)")
      let text = try broken.site.text(path).lowercased()
      #expect(text.ranges(of: "<script").count == 1, "\(path)")
      #expect(text.ranges(of: "<svg onload").isEmpty && !page.contains { $0.name == "iframe" }, "\(path)")
    }
  }

  @Test func makesNoLinkOfAScript() throws {
    let page = try broken.site.page("rules/sigma/hostile/index.html")
    let items = try #require(page.withID("references")).descendants("li")
    #expect(
      items.map(\.text) == [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript:alert(1)",
        "data:text/html,<script>alert(3)</script>",
        "vbscript:msgbox(1)", "file:///etc/passwd", "//attacker.example/", "good.example/\"onclick=\"alert(1)",
        "good.example/?q=<script>'\"",
      ])
    #expect(
      items.flatMap { $0.descendants("a") }.compactMap { $0.value(of: "href") } == [
        "https://good.example/%22onclick=%22alert(1)", "https://good.example/?q=%3Cscript%3E'%22",
      ])
    for (path, elements) in broken.site.pages {
      let addresses = elements.flatMap { element in element.attributes.filter { $0.name == "href" }.map(\.value) }
      #expect(!addresses.contains { $0.lowercased().contains("script:") || $0.hasPrefix("//") }, "\(path)")
    }
  }

  @Test func showsMarkupAsTheTextThatItIs() throws {
    let page = try broken.site.page("rules/sigma/hostile/index.html")
    #expect(page.titles == [#""><script>alert(1)</script></style></title>"#])
    #expect(page.named("title").first?.text.hasPrefix(#""><script>alert(1)</script></style></title> "#) == true)
    let condition = try broken.site.page("rules/sigma/hostile-condition/index.html").withID("stages")
    #expect(condition?.text.contains("</pre></code> ]]> <![CDATA[ <!-- --!> --> &lt;&amp;&#x3c;&bogus; ${7*7}") == true)
  }

  @Test func keepsAllNamesBelowTheOutputFolder() {
    let paths = broken.site.files.keys
    #expect(!paths.contains { $0.split(separator: "/").contains { $0 == ".." || $0 == "." } })
    #expect(paths.allSatisfy { $0.utf8.count < 200 })
    #expect(Set(paths.map { $0.lowercased() }).count == paths.count)
  }

  @Test(arguments: [("bidi", "[U+202E]"), ("bidi-escape", "[U+2066]")])
  func showsDirectionControlsAsEscapes(slug: String, control: String) throws {
    let page = try broken.site.page("rules/sigma/\(slug)/index.html")
    #expect(page.titles.first?.contains("[U+202E]fdp.exe") == true, "\(page.titles)")
    #expect(page.withID("indicators")?.text.contains("invoice_\(control)fdp.exe") == true)
  }

  /// Those of Unicode's bidirectional algorithm (UAX #9) that can turn the text around them.
  @Test func writesNoDirectionControl() throws {
    let controls: Set<Unicode.Scalar> = [
      "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}", "\u{2068}", "\u{2069}",
    ]
    for path in broken.site.pages.keys.sorted() {
      #expect(try !broken.site.text(path).unicodeScalars.contains { controls.contains($0) }, "\(path)")
    }
  }

  /// What XML 1.0 forbids (section 2.2), which an HTML parser wouldn't refuse by itself.
  @Test func writesNoForbiddenCharacter() throws {
    for path in broken.site.pages.keys.sorted() + ["catalog.json"] {
      let bytes = try #require(broken.site.files[path])
      #expect(String(validating: bytes, as: UTF8.self) != nil, "\(path)")
      let isOdd = try broken.site.text(path).unicodeScalars.contains { scalar in
        scalar.value < 0x20 && !"\t\n\r".unicodeScalars.contains(scalar) || scalar.value & 0xFFFE == 0xFFFE
      }
      #expect(!isOdd, "\(path)")
    }
  }
}

/// The site of `Fixtures/broken`, built once for all tests.
let builtBrokenRules = Result { try BrokenRules() }

struct BrokenRules: Sendable {
  struct Expectation {
    var file: String
    var outcome: String
    var identifiers: [String]
  }

  static let path = "Tests/CommandTests/Fixtures/broken"
  let run: ProgramRun
  let site: SiteFolder
  let catalog: CatalogFile
  let sources: [String: [UInt8]]
  let expected: [Expectation]

  init() throws {
    let folder = TemporaryFolder()
    folder.keepSitesSmall()
    run = try ruledex(
      "build", BrokenRules.path, "--config", folder("ruledex.yml"), "-o", folder("site"), in: projectFolder)
    site = try SiteFolder(folder("site"))
    catalog = try CatalogFile(site.files["catalog.json"])
    // Hidden files aren't met.
    sources = TemporaryFolder.contents(of: projectFolder + "/" + BrokenRules.path).filter { !$0.key.hasPrefix(".") }
    let table = String(decoding: try #require(sources["expected.csv"]), as: UTF8.self)
    expected = table.split(separator: "\n").dropFirst().map { line in
      let columns = line.split(separator: ",").map(String.init)
      return Expectation(
        file: columns[0], outcome: columns[1], identifiers: columns[2].split(separator: " ").map(String.init))
    }
  }

  func findings(_ file: String) -> [CatalogFile.Finding] {
    catalog.diagnostics.filter { $0.file == file }
  }
}
