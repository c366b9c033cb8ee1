import Glibc
import TestSupport
import Testing

/// `ruledex serve` shows what the files say now, and the last good site where they say nothing.
@Suite(.timeLimit(.minutes(15))) struct ServeTests {
  private let folder = TemporaryFolder()
  private let page = "/rules/sigma/one/index.html"

  init() {
    folder.keepSitesSmall()
    folder.write(smallRule("First title"), to: "rules/one.yml")
    folder.write(smallRule("Another rule", image: "\\net.exe"), to: "rules/two.yml")
  }

  @Test func showsARuleAsItIsSaved() throws {
    let site = try ServedSite("rules", in: folder)
    let first = try site.news()
    #expect(try site.get(page).text.contains("<h1>First title</h1>"))
    folder.write(smallRule("Second title"), to: "rules/one.yml")
    let second = try site.news(after: first)
    #expect(second.site != first.site)
    #expect(second.fault == nil)
    #expect(try site.get(page).text.contains("<h1>Second title</h1>"))
    #expect(try site.get("/catalog.json").text.contains(#""title":"Second title""#))
    #expect(site.end() == 0)
    #expect(folder.names() == ["errors", "ruledex.yml", "rules"])
  }

  @Test func showsARuleThatIsSavedByPuttingAnotherFileInItsPlace() throws {
    let site = try ServedSite("rules", in: folder)
    folder.write(smallRule("Second title"), to: "rules/.one.yml.new")
    folder.rename("rules/.one.yml.new", to: "rules/one.yml")
    try site.waitForPage(page, with: "<h1>Second title</h1>")
    #expect(site.end() == 0)
  }

  @Test func showsRulesOfFoldersThatComeLater() throws {
    let site = try ServedSite("rules", in: folder)
    folder.write(smallRule("New"), to: "rules/new/deep/three.yml")
    try site.waitForPage("/rules/sigma/three/index.html", with: "<h1>New</h1>")
    folder.write(smallRule("Newer"), to: "rules/new/deep/three.yml")
    try site.waitForPage("/rules/sigma/three/index.html", with: "<h1>Newer</h1>")
    // A folder with all that is in it, moved in from elsewhere.
    folder.write(smallRule("Moved"), to: "elsewhere/four.yml")
    folder.rename("elsewhere", to: "rules/moved")
    try site.waitForPage("/rules/sigma/four/index.html", with: "<h1>Moved</h1>")
    #expect(site.end() == 0)
  }

  @Test func showsNotesAsTheyAreSavedBesideARuleThatIsGivenAlone() throws {
    let site = try ServedSite("rules/one.yml", in: folder)
    folder.write("Ask the owner.", to: "rules/one.md")
    try site.waitForPage(page, with: "Ask the owner.")
    #expect(site.end() == 0)
  }

  @Test func showsPicturesAsTheyAreSaved() throws {
    func drawing(_ width: Int) -> String { "<svg xmlns='http://www.w3.org/2000/svg' width='\(width)' height='9'/>" }
    folder.write("![A tree](img/tree.svg)", to: "rules/one.md")
    let site = try ServedSite("rules/one.yml", in: folder)
    #expect(try site.get(page).text.contains("<em>A tree</em>"))
    folder.write(drawing(70), to: "rules/img/tree.svg")
    try site.waitForPage(page, with: #"width="70""#)
    folder.write(drawing(71), to: "rules/img/tree.svg")
    try site.waitForPage(page, with: #"width="71""#)
    let file = try #require(try site.get(page).text.firstMatch(of: /assets\/notes\/[^"]+/))
    let answer = try site.get("/" + file.0)
    #expect(answer.text == drawing(71) && answer.headers["content-type"] == "image/svg+xml; charset=utf-8")
    #expect(site.end() == 0)
  }

  @Test func followsWhatIsCollected() throws {
    folder.write("telemetry: t.yml\npages: {techniques: covered}\n", to: "ruledex.yml")
    folder.write("collected: [{provider: Okta-user}]\n", to: "t.yml")
    let site = try ServedSite("rules", in: folder)
    #expect(try site.get(page).text.contains(">blind</span>"))
    folder.write("collected: [{provider: Microsoft-Windows-Sysmon}]\n", to: "t.yml")
    try site.waitForPage(page, with: ">runs</span>")
    #expect(site.end() == 0)
  }

  /// What is collected is read in the words of the event map.
  @Test func readsWhatIsCollectedAnewWhenTheEventMapChanges() throws {
    func map(_ provider: String) -> String {
      "logsources: [{product: doorman, events: [{provider: \(provider), event: 1}]}]\nproviders: {\(provider): {events: {1: Opened}}}\n"
    }
    folder.write("telemetry: t.yml\nevents: map.yml\npages: {techniques: covered}\n", to: "ruledex.yml")
    folder.write("collected: [{logsource: {product: doorman}}]\n", to: "t.yml")
    folder.write(map("Doorman"), to: "map.yml")
    folder.write(
      "title: Door\nlogsource: {product: doorman}\ndetection: {a: {door: front}, condition: a}\n", to: "rules/door.yml")
    let site = try ServedSite("rules", in: folder)
    let door = "/rules/sigma/door/index.html"
    #expect(try site.get(door).text.contains(">runs</span>"))
    folder.write(map("Gatekeeper"), to: "map.yml")
    try site.waitForPage(door, with: "Gatekeeper")
    #expect(try site.get(door).text.contains(">runs</span>"))
    #expect(site.end() == 0)
  }

  @Test func forgetsARuleThatIsRemoved() throws {
    let site = try ServedSite("rules", in: folder)
    folder.rename("rules/one.yml", to: "one.yml")
    try site.waitForPage(page, with: "No such page")
    #expect(try site.get(page).status == 404)
    #expect(site.end() == 0)
  }

  @Test func keepsTheLastGoodSiteWhileARuleIsBroken() throws {
    let site = try ServedSite("rules", in: folder)
    let first = try site.news()
    folder.write("title: [\n", to: "rules/one.yml")
    let broken = try site.news(after: first)
    #expect(broken.site == first.site)
    let fault = try #require(broken.fault)
    #expect(fault.hasPrefix("rules/one.yml:2:1: error: ") && fault.hasSuffix(" [yaml-syntax]"), "\(fault)")
    #expect(folder.read("errors") == fault + "\n")
    #expect(try site.get(page).text.contains("<h1>First title</h1>"))
    folder.write(smallRule("Mended"), to: "rules/one.yml")
    let mended = try site.news(after: broken)
    #expect(mended.fault == nil)
    #expect(try site.get(page).text.contains("<h1>Mended</h1>"))
    #expect(site.end() == 0)
  }

  /// Sets the severity of a file that isn't YAML.
  private func makeBrokenYAML(_ severity: String) {
    let checks = quietChecks.replacing("}", with: ", yaml-syntax: \(severity)}")
    folder.write("pages: {techniques: covered, groups: covered}\n\(checks)", to: "ruledex.yml")
  }

  /// However severe the configuration makes it, the file's rules would be missing.
  @Test func keepsTheLastGoodSiteWhereWhatIsBrokenIsAWarning() throws {
    makeBrokenYAML("warning")
    let site = try ServedSite("rules", in: folder)
    let first = try site.news()
    folder.write("title: [\n", to: "rules/one.yml")
    let broken = try site.news(after: first)
    #expect(broken.site == first.site)
    #expect(broken.fault?.hasPrefix("rules/one.yml:2:1: warning: ") == true)
    #expect(try site.get(page).text.contains("<h1>First title</h1>"))
    folder.write(smallRule("Fixed"), to: "rules/one.yml")
    #expect(try site.news(after: broken).fault == nil)
    #expect(site.end() == 0)
  }

  @Test func saysOnThePageWhatIsWrongAndWhere() throws {
    let site = try ServedSite("rules", in: folder)
    let first = try site.news()
    #expect(first.fault == nil)
    #expect(try !site.get(page).text.contains("ruledex-fault"))
    folder.write("title: <b>\n  x: [\n", to: "rules/one.yml")
    let broken = try site.news(after: first)
    let text = try site.get(page).text
    #expect(text.contains(#"<aside id="ruledex-fault" role="alert"><p>The latest changes can’t be shown; "#))
    #expect(text.contains("<li><code>rules/one.yml:2:4</code> error: "), "\(text.suffix(500))")
    #expect(text.contains("<h1>First title</h1>"))
    // On every page, one that there isn't too; the answer has another tag.
    #expect(try site.get("/index.html").text.contains("ruledex-fault"))
    #expect(try site.get("/nowhere.html").text.contains("ruledex-fault"))
    folder.write(smallRule("Fixed"), to: "rules/one.yml")
    _ = try site.news(after: broken)
    let fixed = try site.get(page).text
    #expect(fixed.contains("<h1>Fixed</h1>") && !fixed.contains("ruledex-fault"))
    #expect(site.end() == 0)
  }

  /// A rule that can be shown is shown, with what is wrong in it.
  @Test func saysWhatIsWrongInARuleThatIsShown() throws {
    folder.write(smallRule("Old fault").replacing("condition: ", with: "condition: missing or "), to: "rules/old.yml")
    let site = try ServedSite("rules", in: folder)
    let first = try site.news()
    // It was there before.
    #expect(first.fault == nil)
    folder.write(smallRule("Shown").replacing("condition: ", with: "condition: gone or "), to: "rules/one.yml")
    // The page comes first, then what is wrong in it.
    var wrong = try site.news(after: first)
    #expect(wrong.site != first.site)
    if wrong.fault == nil { wrong = try site.news(after: wrong) }
    let fault = try #require(wrong.fault)
    #expect(
      fault.hasPrefix("rules/one.yml:") && fault.hasSuffix(" [sigma-selection-missing]") && fault.contains("'gone'"))
    let text = try site.get(page).text
    #expect(text.contains("<h1>Shown</h1>") && text.contains("<p>There is an error in the files.</p>"))
    folder.write(smallRule("Shown"), to: "rules/one.yml")
    #expect(try site.news(after: wrong).fault == nil)
    #expect(site.end() == 0)
  }

  @Test(arguments: ["error", "warning"]) func saysWhatCouldNotBeReadFromTheStart(severity: String) throws {
    makeBrokenYAML(severity)
    folder.write("title: [\n", to: "rules/broken.yml")
    let site = try ServedSite("rules", in: folder)
    let first = try site.news()
    let fault = try #require(first.fault)
    #expect(fault.hasPrefix("rules/broken.yml:2:1: \(severity): "))
    #expect(try site.get(page).text.contains("<li><code>rules/broken.yml:2:1</code> \(severity): "))
    // It is still said when another file has changed.
    folder.write(smallRule("Second title"), to: "rules/one.yml")
    try site.waitForPage(page, with: "<h1>Second title</h1>")
    let second = try site.news()
    #expect(second.fault == fault)
    folder.write(smallRule("Read", image: "\\read.exe"), to: "rules/broken.yml")
    var fixed = try site.news(after: second)
    // A page may come in several steps.
    if fixed.fault != nil { fixed = try site.news(after: fixed) }
    #expect(fixed.fault == nil)
    #expect(site.end() == 0)
  }

  @Test func takesAFaultBackWithTheChangeThatMadeIt() throws {
    let site = try ServedSite("rules", in: folder)
    let first = try site.news()
    folder.write("titel: Rules\n", to: "ruledex.yml")
    let broken = try site.news(after: first)
    #expect(broken.fault == "ruledex.yml:1:1: error: unknown key 'titel'; did you mean 'title'? [configuration]")
    folder.keepSitesSmall()
    let mended = try site.news(after: broken)
    #expect(mended.fault == nil)
    #expect(mended.site == first.site)
    #expect(site.end() == 0)
  }

  @Test func followsConfigurationTemplatesAndMaps() throws {
    folder.write("body { color: red }\n", to: "looks/style.css")
    folder.write("pages: {techniques: covered}\ntemplates: looks\nfields: [map.yml]\n", to: "ruledex.yml")
    folder.write("schemas: {}\n", to: "map.yml")
    let site = try ServedSite("rules", in: folder)
    folder.write("body { color: blue }\n", to: "looks/style.css")
    try site.waitForPage("/assets/style.css", with: "blue")
    let first = try site.news()
    folder.write("<html\n", to: "looks/rule.html")
    let broken = try site.news(after: first)
    #expect(broken.fault?.hasPrefix("looks/rule.html:") == true, "\(broken)")
    folder.rename("looks/rule.html", to: "rule.html")
    let mended = try site.news(after: broken)
    #expect(mended.fault == nil)
    folder.write("schemas: [\n", to: "map.yml")
    let map = try site.news(after: mended)
    #expect(map.fault?.hasPrefix("map.yml:") == true, "\(map)")
    folder.write("title: Our rules\npages: {techniques: covered}\n", to: "ruledex.yml")
    try site.waitForPage("/index.html", with: "<h1>Our rules</h1>")
    #expect(site.end() == 0)
  }

  @Test func servesWhatABuildWritesAndAddsOnlyWhatFollowsChanges() throws {
    let site = try ServedSite("rules", in: folder)
    #expect(try ruledex("build", "rules", in: folder.path).code == 0)
    let built = TemporaryFolder.contents(of: folder("site")).filter { $0.key != ".ruledex-manifest.json" }
    #expect(built.count > 20)
    let number = try site.news().site
    let added =
      #"<link rel="stylesheet" href="/.ruledex/reload.css"/><script src="/.ruledex/reload.js?\#(number)" defer="defer"></script>"#
    for (path, bytes) in built {
      let answer = try site.get("/" + path)
      #expect(answer.status == 200, "\(path)")
      guard path.hasSuffix(".html") else {
        #expect(answer.body == bytes, "\(path)")
        continue
      }
      let page = answer.text.replacing(added, with: "").replacing("connect-src 'self'; ", with: "")
      #expect(page == String(decoding: bytes, as: UTF8.self), "\(path)")
      #expect(answer.text.contains(added) && answer.text.contains("connect-src"), "\(path)")
    }
    #expect(site.end() == 0)
  }

  @Test func answersAsBrowsersExpect() throws {
    folder.write(smallRule("Odd"), to: "rules/an odd näme.yml")
    let site = try ServedSite("rules", in: folder)
    #expect(try site.get("/").text.contains("<h1>"))
    let folderPage = try site.get("/rules/sigma/one")
    #expect(folderPage.status == 307)
    #expect(folderPage.headers["location"] == "/rules/sigma/one/")
    #expect(try site.get("/rules/sigma/one/").status == 200)
    #expect(try site.get("/rules/sigma/an-odd-n--me/an%20odd%20n%C3%A4me.yml").text == smallRule("Odd"))

    let head = try site.get(page, method: "HEAD")
    #expect(head.status == 200)
    #expect(head.body.isEmpty)
    let whole = try site.get(page)
    #expect(head.headers["content-length"] == "\(whole.body.count)")
    #expect(whole.headers["cache-control"] == "no-cache")
    let tag = try #require(whole.headers["etag"])
    #expect(try site.get(page, headers: ["If-None-Match": tag]).status == 304)
    #expect(try site.get(page, method: "POST").status == 405)

    let missing = try site.get("/rules/sigma/three/index.html")
    #expect(missing.status == 404)
    #expect(missing.text.contains(#"href="/index.html""#) && missing.text.contains("reload.js"))
    #expect(site.end() == 0)
  }

  @Test(arguments: [
    ("/index.html", "text/html; charset=utf-8"), ("/assets/style.css", "text/css; charset=utf-8"),
    ("/assets/site.js", "text/javascript; charset=utf-8"), ("/catalog.json", "application/json"),
    ("/catalog.xml", "application/xml; charset=utf-8"), ("/feed.xml", "application/atom+xml; charset=utf-8"),
    ("/coverage.csv", "text/csv; charset=utf-8"), ("/rules/sigma/one/one.yml", "text/plain; charset=utf-8"),
    ("/.ruledex/reload.js", "text/javascript; charset=utf-8"), ("/.ruledex/reload.css", "text/css; charset=utf-8"),
  ])
  func saysWhatAFileIs(path: String, type: String) throws {
    let site = try ServedSite("rules", in: folder)
    #expect(try site.get(path).headers["content-type"] == type)
    #expect(site.end() == 0)
  }

  @Test func servesNothingBesideTheSite() throws {
    folder.write("secret", to: "rules/secret.txt")
    let site = try ServedSite("rules", in: folder)
    let targets = [
      "/../ruledex.yml", "/..%2Fruledex.yml", "/rules/../ruledex.yml", "/secret.txt", "//etc/passwd", "/etc/passwd",
      "/%",
      "/%zz", "/%ff", "/%00", "/.ruledex/", "/.ruledex-manifest.json", "http://127.0.0.1/index.html", "*",
      "/" + folder.path,
    ]
    for target in targets {
      let answer = try site.get(target)
      #expect(answer.status == 404 || answer.status == 400, "\(target) \(answer.status)")
    }
    #expect(site.end() == 0)
  }

  @Test func answersNobodyWhoCallsItByAnotherName() throws {
    let site = try ServedSite("rules", in: folder)
    for host in ["example.com", "example.com:\(site.port)", "127.0.0.1.example.com", "[::1]", ""] {
      #expect(try site.get("/index.html", headers: ["Host": host]).status == 421, "\(host)")
    }
    for host in ["localhost:\(site.port)", "LOCALHOST", "127.0.0.1"] {
      #expect(try site.get("/index.html", headers: ["Host": host]).status == 200, "\(host)")
    }
    #expect(site.end() == 0)
  }

  @Test func saysWhatToDoWhereThePortIsInUse() throws {
    let site = try ServedSite("rules", in: folder)
    let other = try ruledex("serve", "rules", "--port", "\(site.port)", in: folder.path)
    #expect(other.code == 2)
    #expect(
      other.errors
        == "--port: error: port \(site.port) is in use; name another one, or 0 for any free one [configuration]\n")
    #expect(site.end() == 0)
  }

  @Test func startsWithNothingThatABuildWouldRefuse() throws {
    let run = try ruledex("serve", "missing", "--port", "0", in: folder.path)
    #expect(run.code == 2)
    #expect(run.errors == "missing: error: there is no such file or folder; check the path [file-unreadable]\n")
  }

  @Test(arguments: [SIGINT, SIGTERM]) func endsWhenItIsAskedTo(signal: Int32) throws {
    let site = try ServedSite("rules", in: folder)
    #expect(site.end(signal) == 0)
    #expect(folder.read("errors") == "")
  }
}
