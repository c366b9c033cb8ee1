import Glibc
import TestSupport
import Testing

/// What a folder can hold beside rules. Each run works in the test's own folder, so that paths are short.
@Suite struct FileTroubleTests {
  private let folder = TemporaryFolder()

  init() { folder.keepSitesSmall() }

  private func build(_ arguments: String...) throws -> ProgramRun {
    try run(builtProgram, ["build"] + arguments + ["-o", "site"], in: folder.path)
  }

  @Test func tellsWhatIsNoFileAndGoesOn() throws {
    folder.write(smallRule("Good"), to: "rules/good.yml")
    folder.makePipe("rules/pipe.yml")
    folder.makeLink("rules/gone.yml", to: "nowhere.yml")
    folder.makeLink("rules/etc", to: "/etc")
    folder.makeLink("rules/deep/up", to: "..")
    folder.makeLink("rules/self.yml", to: "self.yml")
    folder.makeLink("rules/twin.yml", to: "good.yml")
    folder.write([UInt8](repeating: 0x20, count: (4 << 20) + 1), to: "rules/large.yml")
    folder.write(smallRule("Hidden"), to: "rules/.hidden/rule.yml")
    folder.write("text", to: "rules/notes.txt")
    let run = try build("rules")
    #expect(run.code == 0)
    #expect(
      run.errorLines == [
        "rules/deep/up: warning: the link leads back to a folder that it is in, and is not followed; remove it [folder-cycle]",
        "rules/etc: warning: the link leads out of the given folder and is not followed; give its target as a path "
          + "of its own [link-outside]",
        "rules/gone.yml: warning: the link leads nowhere; remove it or restore its target [link-dangling]",
        "rules/large.yml: error: the file has 4194305 bytes, more than the 4194304 that are read; split it or exclude it "
          + "[file-too-large]",
        "rules/pipe.yml: warning: a pipe, a socket or a device, and never opened; remove or exclude it [file-not-regular]",
        "rules/self.yml: warning: the link leads nowhere; remove it or restore its target [link-dangling]",
      ])
    #expect(run.summary[0] == "1 rule: Sigma 1")
    #expect(
      run.summary[1]
        == "9 files: 1 of rules, 0 of correlations, 0 of filters, 7 others (5 a link, "
        + "1 a pipe, a socket or a device, 1 not YAML, TOML, NDJSON, JSON, .conf or YARA-L), 1 broken")
    #expect(try SiteFolder(folder("site")).faults == [])
  }

  @Test(.disabled(if: geteuid() == 0, "root may read every file"))
  func tellsWhatMayNotBeRead() throws {
    folder.write(smallRule("Good"), to: "rules/good.yml")
    folder.write(smallRule("Secret"), to: "rules/secret.yml")
    folder.write(smallRule("Closed"), to: "rules/closed/rule.yml")
    chmod(folder("rules/secret.yml"), 0)
    chmod(folder("rules/closed"), 0)
    defer { chmod(folder("rules/closed"), 0o700) }
    let run = try build("rules")
    #expect(run.code == 0)
    #expect(
      run.errorLines == [
        "rules/closed: error: permission denied; allow reading it or exclude it [file-unreadable]",
        "rules/secret.yml: error: permission denied; allow reading it or exclude it [file-unreadable]",
      ])
    #expect(run.summary[0] == "1 rule: Sigma 1")
  }

  /// Each name is a rule's, its page is found by links, its file stands beside it, and a second build finds all as it was.
  @Test func takesEveryName() throws {
    let names = [
      "plain", "two words", "quote\"s'", "back\\slash", "percent%41", "a#b?c&d", "new\nline", "tab\tstop", "<b>", "日本",
      "\u{301}combining", "e\u{301}", "é", "-dash", "a:b", "a..", "%2e%2e", "CON", "index.html", "Plain", "x.yml",
      "\u{202E}lru", "\u{1B}[31m", String(repeating: "long", count: 62),
    ]
    for name in names { folder.write(smallRule("T \(names.firstIndex(of: name) ?? 0)"), to: "rules/\(name).yml") }
    // No UTF-8 at all.
    folder.write(smallRule("Bytes"), toBytes: Array("rules/".utf8) + [0xFF, 0xFE, 0x80] + Array(".yml".utf8))
    folder.write(smallRule("Folder"), to: "rules/fol der\n\"/\u{301}rule.yml")
    let first = try build("rules")
    #expect(first.code == 0)
    #expect(first.errors == "")
    #expect(first.summary[0] == "\(names.count + 2) rules: Sigma \(names.count + 2)")
    let site = try SiteFolder(folder("site"))
    #expect(site.faults == [])
    let catalog = try CatalogFile(site.files["catalog.json"])
    #expect(Set(catalog.rules.map { $0.key.lowercased() }).count == names.count + 2)
    for rule in catalog.rules { #expect(try site.page(rule.page).titles == [rule.title]) }
    let second = try build("rules")
    #expect(second.code == 0)
    #expect(second.errors == "")
    #expect(try #require(second.published).written == 0)
    #expect(try build("rules", "--check").code == 0)
  }

  /// Two rules whose names fill what a file system allows, and which need a suffix to be told apart.
  @Test func takesTheLongestNamesTwice() throws {
    let stem = String(repeating: "n", count: 251)
    folder.write(smallRule("A", more: "id: 11111111-0000-4000-8000-000000000001"), to: "rules/a/\(stem).yml")
    folder.write(smallRule("B", more: "id: 22222222-0000-4000-8000-000000000001"), to: "rules/b/\(stem).yml")
    let run = try build("rules")
    #expect(run.code == 0)
    #expect(run.errors == "")
    #expect(try SiteFolder(folder("site")).faults == [])
  }

  @Test func readsThreeHundredFoldersDeep() throws {
    let path = "rules/" + String(repeating: "d/", count: 300)
    folder.write(smallRule("Deep"), to: path + "deep.yml")
    let run = try build("rules")
    #expect(run.code == 0)
    #expect(run.errors == "")
    #expect(try SiteFolder(folder("site")).page("rules/sigma/deep/index.html").titles == ["Deep"])
  }

  @Test func takesAFileForAPath() throws {
    folder.write(smallRule("One"), to: "rules/one.yml")
    folder.write(smallRule("Two"), to: "rules/two.yml")
    let run = try build("rules/one.yml")
    #expect(run.code == 0)
    #expect(run.summary[0] == "1 rule: Sigma 1")
    #expect(try CatalogFile(SiteFolder(folder("site")).files["catalog.json"]).rules.map(\.source) == ["one.yml"])
  }

  @Test func namesTheCollectionBeforeTheSourceWhereThereAreSeveralPaths() throws {
    folder.write(smallRule("One"), to: "first/one.yml")
    folder.write(smallRule("Two"), to: "second/deep/two.yml")
    #expect(try build("first", "second/").code == 0)
    let catalog = try CatalogFile(SiteFolder(folder("site")).files["catalog.json"])
    #expect(catalog.rules.map(\.source) == ["first/one.yml", "second/deep/two.yml"])
  }

  @Test func readsAFolderOnceThatIsGivenTwice() throws {
    folder.write(smallRule("One"), to: "rules/one.yml")
    let run = try build("rules", "rules/../rules", "rules/one.yml")
    #expect(run.code == 0)
    #expect(run.summary[0] == "1 rule: Sigma 1")
    #expect(
      run.errorLines == [
        "rules/../rules: warning: the path lies in 'rules' and is read there; leave it out [configuration]",
        "rules/one.yml: warning: the path lies in 'rules' and is read there; leave it out [configuration]",
      ])
  }

  // MARK: Nothing to read

  @Test(arguments: [
    (
      "empty",
      "empty: error: no rule was found there; name a folder or a file of Sigma, Elastic, Kusto, Splunk, YARA-L or Panther rules [file-unreadable]"
    ),
    (
      "notes",
      "notes: error: no rule was found there; name a folder or a file of Sigma, Elastic, Kusto, Splunk, YARA-L or Panther rules [file-unreadable]"
    ),
    ("missing", "missing: error: there is no such file or folder; check the path [file-unreadable]"),
    ("gone", "gone: error: there is no such file or folder; check the path [file-unreadable]"),
  ])
  func leavesTheOldSiteWhereNoRuleIs(path: String, message: String) throws {
    folder.write(smallRule("Old"), to: "rules/old.yml")
    folder.makeFolder("empty")
    folder.write("not: a rule", to: "notes/notes.yml")
    folder.makeLink("gone", to: "nowhere")
    #expect(try build("rules").code == 0)
    let before = folder.contents(of: "site")
    let run = try build(path)
    #expect(run.code == 2)
    #expect(run.errorLines == [message])
    #expect(run.output == "")
    #expect(folder.contents(of: "site") == before)
    #expect(folder.names() == ["empty", "gone", "notes", "ruledex.yml", "rules", "site"])
  }

  @Test func tellsWhatIsBrokenWhereNoRuleIs() throws {
    folder.write("title: 'x\n", to: "rules/broken.yml")
    let run = try build("rules")
    #expect(run.code == 2)
    #expect(run.errorLines.count == 2)
    #expect(run.errorLines.contains { $0.hasPrefix("rules/broken.yml:") && $0.hasSuffix("[yaml-syntax]") })
    #expect(!folder.exists("site"))
  }
}
