import TestSupport
import Testing

/// Rules that attack whoever reads them, in a real browser: an HTML parser reads the pages, not the XML parser that wrote them.
@Suite(.enabled(if: Browser.isInstalled, "chromium is not installed; 'make test' installs it"), .serialized)
struct HostileRulesTests {
  private let folder = TemporaryFolder()

  /// The review as one file: its style applies, and nothing else runs or is loaded.
  @Test func doNothingOnASinglePage() throws {
    let rules = projectFolder + "/Tests/CommandTests/Fixtures/broken"
    try #require(try ruledex("gaps", rules, "--format", "html", "-o", "review.html", in: folder.path).code == 0)
    let browser = try Browser(in: folder)
    let visit = try browser.open(folder("review.html"))
    #expect(visit.scripts == [] && visit.handlers == [] && visit.odd == [] && visit.dialogs == [])
    #expect(visit.errors == [])
    #expect(Set(visit.requests.filter { !$0.hasPrefix("data:") }) == ["file://\(folder("review.html"))"])
    #expect(try browser.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(253, 252, 249)")
    #expect(try browser.evaluate("[...document.images].every(image => image.naturalWidth > 0)") == "true")
    try browser.end()
  }

  @Test func runNoScriptAndSendNoRequest() throws {
    let rules = projectFolder + "/Tests/CommandTests/Fixtures/broken"
    folder.keepSitesSmall()
    try #require(try ruledex("build", rules, "-o", "site", in: folder.path).code == 0)
    let site = folder.contents(of: "site")
    let pages = site.keys.filter { $0.hasSuffix(".html") }.sorted()
    let browser = try Browser(in: folder)
    for page in pages {
      let visit = try browser.open(folder("site/" + page))
      let root = String(repeating: "../", count: page.split(separator: "/").count - 1)
      // The search loads its index, script by script.
      let isSearch = page == "search.html"
      #expect(visit.scripts.first == root + "assets/site.js" && (isSearch || visit.scripts.count == 1), "\(page)")
      #expect(visit.handlers == [] && visit.odd == [], "\(page)")
      #expect(visit.dialogs == [], "\(page)")
      #expect(visit.errors == [], "\(page)")
      let requests = Set(visit.requests)
      let hasPictures = ["pictures.html", "coverage/index.html"].contains(page)
      let pictures = hasPictures ? site.keys.filter { $0.hasPrefix("assets/pictures/") } : []
      let own = Set(([page, "assets/site.js", "assets/style.css"] + pictures).map { "file://\(folder("site/" + $0))" })
      if isSearch {
        #expect(requests.isSuperset(of: own) && requests.allSatisfy { $0.hasPrefix("file://\(folder("site/"))") })
      } else {
        #expect(requests == own, "\(page)")
      }
      #expect(Set(visit.schemes).isSubset(of: ["file:", "https:", "http:"]), "\(page)")
      if page == "rules/sigma/hostile/index.html" {
        #expect(visit.title == #""><script>alert(1)</script></style></title> – Sigma rule – Detection rules"#)
      }
    }
    #expect(pages.count > 50)
    try browser.end()
    // Not even a name was looked up, and nothing was fetched ahead.
    let log = try #require(folder.read("network.json"))
    #expect(log.contains("HOST_RESOLVER"))
    for host in ["attacker.example", "good.example"] { #expect(!log.contains(host)) }
  }

  @Test func areHarmlessInNotesAndTheirPictures() throws {
    folder.keepSitesSmall()
    let attack = #"<script>alert(1)</script><img src="https://attacker.example/x" onerror="alert(2)">"#
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'>"
    folder.write(
      "title: One\nlogsource: {product: windows}\ndetection: {a: {b: c}, condition: a}\n", to: "rules/one.yml")
    folder.write(
      """
      | \(attack) | b |
      |---|--:|
      | ~~\(attack)~~ | ![\(attack)](good.svg) |

      - [x] \(attack) www.attacker.example\(attack) ![x](https://attacker.example/a.png) ![x](script.svg) ![x](far.svg)

      ```"><script>alert(3)</script>
      \(attack)
      ```

      ```xml
      \(attack)
      ```

      ![](<x" onerror="alert(4).png>) [x](javascript:alert(5))
      """, to: "rules/one.md")
    folder.write(drawing + "<rect width='30' height='20'/></svg>", to: "rules/good.svg")
    folder.write(drawing + "<script>alert(6)</script></svg>", to: "rules/script.svg")
    folder.write(drawing + "<image href='https://attacker.example/b.png'/></svg>", to: "rules/far.svg")
    folder.write(drawing + "</svg>", to: "rules/x\" onerror=\"alert(4).png")
    try #require(try ruledex("build", "rules", "-o", "site", in: folder.path).code == 0)
    let browser = try Browser(in: folder)
    let visit = try browser.open(folder("site/rules/sigma/one/index.html"))
    #expect(visit.handlers == [] && visit.odd == [] && visit.dialogs == [] && visit.errors == [])
    #expect(visit.requests.allSatisfy { $0.hasPrefix("file://\(folder("site/"))") }, "\(visit.requests)")
    let shown = "[...document.images].map(image => `${image.naturalWidth} ${image.alt}`).join('|')"
    #expect(try browser.evaluate(shown) == #"30 \#(attack)|30 x" onerror="alert(4).png"#)
    #expect(try browser.evaluate("document.querySelector('.said th').textContent") == attack)
    let files = folder.contents(of: "site/assets/notes")
    #expect(files.count == 2 && files.values.allSatisfy { !String(decoding: $0, as: UTF8.self).contains("attacker") })
    try browser.end()
    #expect(try #require(folder.read("network.json")).contains("attacker.example") == false)
  }

  /// Or else the tests above would say nothing.
  @Test func wouldBeNoticed() throws {
    folder.write(
      """
      <!DOCTYPE html>
      <title>Before</title>
      <link rel="dns-prefetch" href="//ahead.example/"/>
      <script>alert('inline'); document.title = 'After'</script>
      <img src="https://attacker.example/pixel" onerror="alert('handler')"/>
      <iframe></iframe>
      <a href="javascript:alert(1)">x</a>
      <script>throw new Error('thrown')</script>
      """, to: "page.html")
    folder.write(
      """
      <!DOCTYPE html>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'"/>
      <script>alert('inline')</script>
      """, to: "guarded.html")
    let browser = try Browser(in: folder)
    let visit = try browser.open(folder("page.html"))
    #expect(visit.title == "After")
    #expect(visit.scripts == ["alert('inline'); document.title = 'After'", "throw new Error('thrown')"])
    #expect(visit.handlers == ["onerror"] && visit.odd == ["iframe"] && visit.schemes == ["javascript:"])
    #expect(visit.dialogs == ["inline", "handler"])
    #expect(visit.requests.contains("https://attacker.example/pixel"))
    #expect(visit.errors.contains { $0.contains("thrown") })
    let guarded = try browser.open(folder("guarded.html"))
    #expect(guarded.dialogs == [])
    #expect(guarded.errors.contains { $0.contains("Content Security Policy") })
    try browser.end()
    #expect(try #require(folder.read("network.json")).contains("attacker.example"))
  }
}
