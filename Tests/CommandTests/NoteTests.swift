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

  @Test func showsNotesAsOnGitHub() throws {
    folder.write(smallRule("One"), to: "rules/one.yml")
    folder.write(
      """
      | Account | Logons |
      |---------|-------:|
      | `svc`   |     12 |

      - [x] Done
      - [ ] Not ~~yet~~ now

      ```kql
      Events | where a == "b" // c
      ```

      ```unknown
      a <b>
      ```
      """, to: "rules/one.md")
    let site = try build("rules", "-o", "site")
    #expect(site.faults == [])
    let section = try #require(try notes(site, "rules/sigma/one/index.html"))
    let frame = try #require(section.descendants("div").first { $0.value(of: "role") == "region" })
    #expect(frame.value(of: "tabindex") == "0" && frame.value(of: "aria-label") == "Table 1 of the notes")
    #expect(frame.descendants("th").map(\.text) == ["Account", "Logons"])
    #expect(frame.descendants("th").map { $0.value(of: "scope") } == ["col", "col"])
    #expect(frame.descendants("td").map { $0.value(of: "class") ?? "" } == ["", "end"])
    let ticks = section.descendants("span").filter { $0.value(of: "class") == "tick" }
    #expect(ticks.map { $0.value(of: "aria-label") ?? "" } == ["done", "to do"])
    #expect(section.descendants("del").map(\.text) == ["yet"])
    let code = section.descendants("code").filter { $0.text.contains("\n") }
    #expect(code.map(\.text) == ["Events | where a == \"b\" // c\n", "a <b>\n"])
    #expect(code[0].descendants("span").map(\.text) == ["where", "==", "\"b\"", "// c"])
    #expect(code[1].descendants("span").isEmpty)
  }

  @Test func publishesThePicturesOfNotes() throws {
    folder.write(smallRule("One", more: "runbook: See ![it](img/a.png)."), to: "rules/w/one.yml")
    let drawing = #"<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>"#
    folder.write("![A tree](img/a.png) [![](<../a b.svg>)](one.yml) ![Gone](gone.png)", to: "rules/w/one.md")
    folder.write(drawing, to: "rules/w/img/a.png")
    folder.write(drawing, to: "rules/a b.svg")
    folder.write(drawing, to: "rules/unused.svg")
    folder.write("![On it](a.png)", to: "notes/T1059.md")
    folder.write(drawing, to: "notes/a.png")
    folder.write("paths: [rules]\npages: {techniques: covered}\nnotes: {techniques: notes}\n", to: "ruledex.yml")
    let run = try run(builtProgram, ["build", "-o", "site"], in: folder.path)
    #expect(run.code == 0)
    #expect(
      run.errorLines == [
        "rules/w/one.md:1:1: warning: the picture 'gone.png' isn't there; add it or correct its path [note-picture]"
      ])
    let site = try SiteFolder(folder("site"))
    #expect(site.faults == [])
    let section = try #require(try notes(site, "rules/sigma/one/index.html"))
    let shown = section.descendants("img").map { image in
      ["alt", "width", "height"].map { image.value(of: $0) ?? "" }.joined(separator: " ")
    }
    #expect(shown == ["A tree 30 20", "a b.svg 30 20", "it 30 20"])
    let files = section.descendants("img").compactMap { $0.value(of: "src") }
    #expect(files[0] == files[2] && files[0].hasPrefix("../../../assets/notes/a-") && files[0].hasSuffix(".svg"))
    #expect(section.descendants("em").map(\.text) == ["Gone"])
    let published = site.files.keys.filter { $0.hasPrefix("assets/notes/") }
    #expect(published.count == 3 && published.allSatisfy { site.files[$0] == Array(drawing.utf8) })
    // A path stays, whatever else is published.
    folder.write("![A tree](img/a.png)", to: "rules/w/one.md")
    let again = try build("-o", "site")
    #expect(again.files.keys.contains(String(files[0].dropFirst("../../../".utf8.count))))
    #expect(again.files.keys.filter { $0.hasPrefix("assets/notes/") }.count == 2)
  }

  @Test func limitsPicturesAsConfigured() throws {
    folder.write(smallRule("One"), to: "rules/one.yml")
    folder.write("![a](a.svg)", to: "rules/one.md")
    folder.write(#"<svg xmlns="http://www.w3.org/2000/svg"/>"#, to: "rules/a.svg")
    folder.write("paths: [rules]\nlimits: {picture-bytes: 40}\n", to: "ruledex.yml")
    let run = try run(builtProgram, ["lint", "--fail-on", "warning"], in: folder.path)
    #expect(run.code == 1 && run.output.contains("the picture 'a.svg' has 41 bytes, more than the 40 of a picture; "))
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
