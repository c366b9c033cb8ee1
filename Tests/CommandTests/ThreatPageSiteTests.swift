import TestSupport
import Testing

/// Pages of groups, campaigns and software, and simulations, in a built site.
@Suite struct ThreatPageSiteTests {
  private let folder = TemporaryFolder()

  init() {
    folder.write(
      """
      title: Scripts
      id: 11111111-2222-4333-8444-555555555555
      status: test
      logsource: {category: process_creation, product: windows}
      detection: {selection: {Image: a.exe}, condition: selection}
      level: medium
      tags: [attack.t1059.001, attack.g0016, attack.s0002]
      simulation:
        - {type: atomic-red-team, name: Play, technique: T1059.001, atomic_guid: 2b080b99-0deb-4d51-af0f-833d37c4ca6a}
        - {type: atomic-red-team, name: "Odd; rm", technique: T1059.001, atomic_guid: "x; rm -rf /"}
      """, to: "rules/one.yml")
  }

  private func build(_ pages: String) throws -> SiteFolder {
    folder.write("base-url: https://rules.example/\npages: {techniques: covered, \(pages)}\n", to: "ruledex.yml")
    let run = try run(builtProgram, ["build", "rules", "-o", "site"], in: folder.path)
    try #require(run.code == 0, "\(run.errors)")
    return try SiteFolder(folder("site"))
  }

  @Test func haveThoseThatARuleNames() throws {
    let site = try build("groups: covered")
    #expect(
      site.files.keys.filter { $0.hasPrefix("attack/") && !$0.contains("/T") && $0 != "attack/index.html" }.sorted()
        == [
          "attack/compare.html", "attack/groups/G0016/index.html", "attack/groups/index.html",
          "attack/software/S0002/index.html", "attack/software/index.html",
        ])
    #expect(site.faults == [])
    let page = try site.text("attack/groups/G0016/index.html")
    #expect(
      page.contains("APT29") && page.contains("IRON HEMLOCK") && page.contains("https://attack.mitre.org/groups/G0016"))
    #expect(page.contains("attributed to Russia"))
    #expect(page.contains("It uses 66 techniques. Counted rules here look for 1 of them"))
    #expect(page.contains("../../../rules/sigma/one/index.html"))
    // Of what the group uses, only T1059.001 has a rule, and only this one.
    let thin = try site.page("attack/groups/G0016/index.html").named("i").map(\.text).filter { $0.hasPrefix("thin") }
    #expect(thin == ["thin: one rule"])
    // The rule, the technique and the matrix lead to them.
    #expect(try site.text("rules/sigma/one/index.html").contains("../../../attack/groups/G0016/index.html"))
    #expect(try site.text("attack/T1059.001/index.html").contains("../groups/G0016/index.html"))
    #expect(try site.text("attack/index.html").contains("groups/index.html"))
    #expect(try site.text("sitemap.xml").contains("https://rules.example/attack/groups/G0016/index.html"))
    #expect(try site.text("assets/search-index.js").contains("Cozy Bear"))
  }

  @Test func haveNoneIfNoneAreWanted() throws {
    let site = try build("groups: none, software: none")
    #expect(!site.files.keys.contains { $0.contains("groups") || $0.contains("compare.html") })
    #expect(site.faults == [])
    #expect(try site.text("attack/T1059.001/index.html").contains("https://attack.mitre.org/groups/G0016"))
  }

  @Test func beginsATechniqueWithWhatItIsAndSaysHowToTestIt() throws {
    let site = try build("groups: none")
    let page = try site.text("attack/T1059.001/index.html")
    #expect(page.contains("Adversaries may abuse PowerShell commands and scripts for execution."))
    let command = "Invoke-AtomicTest T1059.001 -TestGuids 2b080b99-0deb-4d51-af0f-833d37c4ca6a"
    let rule = try site.text("rules/sigma/one/index.html")
    for text in [page, rule] {
      #expect(text.contains(command) && text.contains("atomics/T1059.001/T1059.001.md"))
      // What isn't an id is no part of a command that somebody may copy.
      #expect(!text.contains("-TestGuids x"))
    }
    #expect(try site.text("catalog.json").contains(#""simulations":[{"collection":"atomic-red-team","name":"Play""#))
    let shown = try run(builtProgram, ["show", "one", "--in", "rules"], in: folder.path)
    #expect(shown.output.contains("How to test") && shown.output.contains(command))
    #expect(!(try site.text("coverage/index.html")).contains("T1059.001 Command"))
  }

  @Test func reportsAnUnknownChoice() throws {
    folder.write("pages: {groups: some, teams: all}\n", to: "ruledex.yml")
    let run = try run(builtProgram, ["build", "rules", "-o", "site"], in: folder.path)
    #expect(run.code == 2)
    #expect(run.errors.contains("ruledex.yml:1:17: error: unknown choice 'some'; write one of all, covered, none"))
    #expect(run.errors.contains("unknown key 'teams'; the keys are techniques, groups, software"))
  }
}
