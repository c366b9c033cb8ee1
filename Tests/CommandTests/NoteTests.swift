import TestSupport
import Testing
import XML

/// Notes beside rules, in their fields and in a folder, on the site.
@Suite struct NoteTests {
  private let folder = TemporaryFolder()

  private func build(_ arguments: String...) throws -> SiteFolder {
    let run = try run(builtProgram, ["build"] + arguments, in: folder.path)
    #expect(run.code == 0, "\(run.errors)")
    return try SiteFolder(folder("site"))
  }

  private func notes(_ site: SiteFolder, _ page: String) throws -> XMLElement? { try site.page(page).withID("notes") }

  @Test func showsTheFileBesideARuleAndTheRulesOwnFields() throws {
    folder.write(smallRule("One", more: "runbook: |\n    Call *them*."), to: "rules/one.yml")
    folder.write(
      "# Triage\n\nSee [two](two.yml), [below](#after), [nothing](gone.md).\n\n### After\n", to: "rules/one.md")
    folder.write(smallRule("Two", image: "\\two.exe"), to: "rules/two.yml")
    folder.write("Nobody’s.", to: "rules/README.md")
    let site = try build("rules", "-o", "site")
    #expect(site.faults == [])
    let section = try #require(try notes(site, "rules/sigma/one/index.html"))
    #expect(section.descendants("h3").map { $0.value(of: "id") } == ["notes-triage"])
    #expect(section.descendants("h4").map { $0.value(of: "id") } == ["notes-after"])
    #expect(
      section.descendants("a").compactMap { $0.value(of: "href") } == ["#notes", "../two/index.html", "#notes-after"])
    #expect(section.descendants("em").map(\.text) == ["them"])
    #expect(section.text.contains("From one.md") && section.text.contains("From the rule’s field runbook"))
    #expect(try notes(site, "rules/sigma/two/index.html") == nil)
    let contents = try site.page("rules/sigma/one/index.html").named("nav").flatMap { $0.descendants("a") }
    #expect(contents.contains { $0.value(of: "href") == "#notes" })
    // The file that is a note and the one that is none are both no rules.
    let catalog = try CatalogFile(site.files["catalog.json"])
    #expect(
      catalog.files == ["rules": 2, "correlations": 0, "filters": 0, "companions": 0, "notRules": 2, "broken": 0])
    #expect(
      try site.text("catalog.json").contains(
        #"{"file":"one.md","line":3,"column":1,"severity":"note","id":"note-link""#))
    #expect(try site.page("lint.html").withID("note-link")?.text.contains("one.md") != nil)
  }

  @Test func changesNoOtherPageWhenANoteChanges() throws {
    folder.write(smallRule("One"), to: "rules/one.yml")
    folder.write(smallRule("Two", image: "\\two.exe"), to: "rules/two.yml")
    folder.write("Before.", to: "rules/one.md")
    let before = try build("rules", "-o", "site").files
    folder.write("After.", to: "rules/one.md")
    let after = try build("rules", "-o", "site").files
    #expect(after.keys.filter { after[$0] != before[$0] } == ["rules/sigma/one/index.html"])
    #expect(Set(after.keys) == Set(before.keys))
  }

  @Test func goesWhereItsRuleGoes() throws {
    folder.write(smallRule("One"), to: "rules/one.yml")
    folder.write(smallRule("Two", image: "\\two.exe"), to: "rules/two.yml")
    folder.write("Said.", to: "rules/one.md")
    folder.write("Said.", to: "rules/two.md")
    folder.write("include: ['*.yml']\nexclude: [two.md]\npaths: [rules]\n", to: "ruledex.yml")
    let site = try build("-o", "site")
    #expect(try notes(site, "rules/sigma/one/index.html")?.text.contains("Said.") == true)
    #expect(try notes(site, "rules/sigma/two/index.html") == nil)
    // One that isn't included isn't met.
    #expect(try CatalogFile(site.files["catalog.json"]).files["notRules"] == 0)
    // A single file has its note as well.
    let single = try build("rules/one.yml", "--config", "ruledex.yml", "-o", "site")
    #expect(try notes(single, "rules/sigma/one/index.html") != nil)
  }

  @Test func showsNotesOnTechniquesAndTellsOfOthers() throws {
    folder.write(smallRule("One"), to: "rules/one.yml")
    folder.write("See [the rule](../../rules/one.yml) and [T1003](T1003.md).", to: "team/notes/T1059.001.md")
    folder.write("About it.", to: "team/notes/T1003.md")
    folder.write("About nothing.", to: "team/notes/T9999.md")
    folder.write("About this folder.", to: "team/notes/README.md")
    folder.write(
      "paths: [rules]\npages: {techniques: covered}\nnotes: {techniques: team/notes, fields: []}\n", to: "ruledex.yml")
    let site = try build("-o", "site")
    #expect(site.faults == [])
    let links = try #require(try notes(site, "attack/T1059.001/index.html")).descendants("a")
    #expect(
      links.compactMap { $0.value(of: "href") } == [
        "#notes", "../../rules/sigma/one/index.html", "../T1003/index.html",
      ])
    #expect(try notes(site, "attack/T1003/index.html")?.text.contains("About it.") == true)
    let unplaced = try #require(try site.page("lint.html").withID("note-unplaced"))
    #expect(unplaced.descendants("li").map { $0.descendants("code").map(\.text) } == [["notes/T9999.md"]])
  }

  @Test func showsNotesOnEventsAndProviders() throws {
    folder.write(smallRule("One"), to: "rules/one.yml")
    folder.write("See [the provider](../Microsoft-Windows-Sysmon.md).", to: "notes/Microsoft-Windows-Sysmon/1.md")
    folder.write("About [it](Microsoft-Windows-Sysmon/1.md).", to: "notes/Microsoft-Windows-Sysmon.md")
    folder.write("About nothing.", to: "notes/Microsoft-Windows-Sysmon/999.md")
    folder.write("paths: [rules]\npages: {techniques: covered}\nnotes: {events: notes}\n", to: "ruledex.yml")
    let site = try build("-o", "site")
    #expect(site.faults == [])
    func links(_ page: String) throws -> [String]? {
      try notes(site, page)?.descendants("a").compactMap { $0.value(of: "href") }
    }
    #expect(try links("events/Microsoft-Windows-Sysmon/1/index.html") == ["#notes", "../index.html"])
    #expect(try links("events/Microsoft-Windows-Sysmon/index.html") == ["#notes", "1/index.html"])
    let unplaced = try #require(try site.page("lint.html").withID("note-unplaced"))
    #expect(unplaced.descendants("code").map(\.text).contains("notes/Microsoft-Windows-Sysmon/999.md"))
  }

  @Test func bearsHostileNotes() throws {
    folder.write(smallRule("One"), to: "rules/one.yml")
    let hostile = """
      # <script>alert(1)</script> \u{202E}
      [a](javascript:alert(1)) [b](//evil.example/x.md) [c](data:text/html,x) <img src=x onerror=alert(1)>
      ![d](https://example.org/p.png) [e](../../../etc/passwd) <javascript:alert(1)> [f](#top) [g](VBScript:x)
      \u{1}

      ## main

      ## main
      """
    folder.write(Array(hostile.utf8) + [0xFF], to: "rules/one.md")
    folder.write(smallRule("Two", image: "\\two.exe"), to: "rules/two.yml")
    folder.write([UInt8](repeating: UInt8(ascii: "a"), count: 5 << 20), to: "rules/two.md")
    folder.write(smallRule("Three", image: "\\three.exe"), to: "rules/three.yml")
    folder.write(String(repeating: "> ", count: 60000) + "deep", to: "rules/three.md")
    folder.write(smallRule("Four", image: "\\four.exe"), to: "rules/four.yml")
    folder.makeLink("rules/four.md", to: "one.md")
    let run = try run(builtProgram, ["build", "rules", "-o", "site"], in: folder.path)
    let ids = run.errors.matches(of: /\[([a-z0-9-]+)\]\n/).map { String($0.1) }
    #expect(
      ids.sorted() == ["bidirectional-control", "file-too-large", "forbidden-character", "not-utf8", "note-depth"])
    let site = try SiteFolder(folder("site"))
    #expect(site.faults == [])
    let section = try #require(try notes(site, "rules/sigma/one/index.html"))
    #expect(
      section.descendants("a").compactMap { $0.value(of: "href") } == ["#notes", "https://example.org/p.png"])
    #expect(section.descendants("script").isEmpty && section.descendants("img").isEmpty)
    #expect(section.text.contains("[U+202E]") && section.text.contains("\u{FFFD}"))
    #expect(section.descendants("h4").map { $0.value(of: "id") } == ["notes-main", "notes-main--2"])
    #expect(try notes(site, "rules/sigma/four/index.html") == nil)
  }
}
