import TestSupport
import Testing
import XML

/// `lint.html` as the built program writes it.
@Suite struct FindingsPageTests {
  @Test func listsRulesBrokenFilesAndDuplicatesByCheck() throws {
    let folder = TemporaryFolder()
    folder.allowBareRules()
    folder.write(smallRule("One", more: "tags: [attack.t1562.001]"), to: "rules/one.yml")
    folder.write(smallRule("Two"), to: "rules/two.yml")
    folder.write("title: [", to: "rules/broken.yml")
    _ = try run(builtProgram, ["build", "rules", "-o", "site"], in: folder.path)
    let site = try SiteFolder(folder("site"))
    #expect(site.faults == [])
    let page = try site.page("lint.html")
    let broken = try #require(page.withID("yaml-syntax"))
    #expect(broken.descendants("li").first?.text.hasPrefix("broken.yml") == true)
    let revoked = try #require(page.withID("attack-revoked"))
    #expect(revoked.descendants("a").contains { $0.value(of: "href") == "rules/sigma/one/index.html#findings" })
    let twins = try #require(page.withID("rule-duplicate")).descendants("li").map(\.text)
    #expect(
      twins == [
        "One the rule has the same tests in the same condition as 'sigma/two'; keep one of them line 1",
        "Two the rule has the same tests in the same condition as 'sigma/one'; keep one of them line 1",
      ])
    // Identifiers on the rule's page lead to what they mean.
    let rule = try #require(site.page("rules/sigma/one/index.html").withID("findings"))
    #expect(rule.descendants("a").dropFirst().first?.value(of: "href") == "../../../lint.html#attack-revoked")
    // The great numbers of the home page lead there: two findings, and a duplicate on each side.
    let home = try site.page("index.html").named("dl").first?.descendants("a").last
    #expect(home?.value(of: "href") == "lint.html" && home?.text == "4")
  }

  @Test func goesOnInFurtherPages() throws {
    let folder = TemporaryFolder()
    folder.allowBareRules()
    // Three rules of a tag without a namespace in 4,500 places.
    let tags = (0..<1500).map { "    - tag\($0)" }.joined(separator: "\n")
    for (number, product) in ["windows", "linux", "macos"].enumerated() {
      folder.write(smallRule("Rule \(number)", product: product, more: "tags:\n\(tags)"), to: "rules/\(number).yml")
    }
    _ = try run(builtProgram, ["build", "rules", "-o", "site"], in: folder.path)
    let site = try SiteFolder(folder("site"))
    #expect(site.faults == [])
    #expect(site.files["lint.html"].map { $0.count < 1_000_000 } == true)
    let pages = site.pages.keys.filter { $0.hasPrefix("lint/") }.sorted()
    #expect(
      pages == ["lint/sigma-tag-2.html", "lint/sigma-tag-3.html", "lint/sigma-tag-4.html", "lint/sigma-tag.html"])
    let listed = try pages.flatMap { try #require(site.page($0).withID("sigma-tag")).descendants("li") }
    #expect(listed.count == 4500 && Set(listed.map(\.text)).count == 4500)
  }
}
