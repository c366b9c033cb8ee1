import TestSupport
import Testing

/// What the configuration and the options of `build` do, on the site.
@Suite struct BuildOptionTests {
  private let folder = TemporaryFolder()

  private func build(_ arguments: String...) throws -> ProgramRun {
    try run(builtProgram, ["build"] + arguments, in: folder.path)
  }

  private func catalog(_ site: String) throws -> CatalogFile {
    try CatalogFile(SiteFolder(folder(site)).files["catalog.json"])
  }

  /// One configuration with every key that shows on the site, from another folder than its own.
  @Test func doesWhatEachKeyOfTheConfigurationSays() throws {
    folder.write(
      """
      title: Our <rules>
      paths: [rules, {path: other/rules, name: second}]
      include: ['*.yml', '*.yaml']
      exclude: [drafts/, '*_old.yml']
      statuses: [stable, test]
      base-url: https://example.org/detections
      repository: https://git.example.org/main/{path}?plain=1
      output: public
      templates: looks
      attack: attack.json
      events: [doorman.yml]
      fields: fields.yml
      pages: {techniques: covered}
      """, to: "conf/ruledex.yml")
    let door = smallRule("Door", more: "tags: [attack.t0001]")
      .replacing("category: process_creation\n    product: windows", with: "product: doorman\n    service: access")
      .replacing("Image|endswith: '\\whoami.exe'", with: "action: door.open\n        badge_id: 7")
    folder.write(door, to: "conf/rules/in here/door.yml")
    folder.write(smallRule("Draft"), to: "conf/rules/drafts/draft.yml")
    folder.write(smallRule("Old"), to: "conf/rules/rule_old.yml")
    folder.write(smallRule("Text"), to: "conf/rules/rule.txt")
    folder.write(
      smallRule("Experiment").replacing("status: test", with: "status: experimental"), to: "conf/rules/experiment.yml")
    folder.write(smallRule("Without").replacing("status: test\n", with: ""), to: "conf/other/rules/without.yaml")
    folder.write(".ours { color: red }\n", to: "conf/looks/style.css")
    folder.write(
      """
      {"format": 1, "domain": "mobile-attack", "version": "7.1", "notice": "© Somebody",
       "tactics": [{"id": "TA0001", "name": "First", "shortname": "first"}],
       "techniques": [{"id": "T0001", "name": "One", "tactics": "TA0001"}]}
      """, to: "conf/attack.json")
    folder.write(
      """
      logsources:
        - product: doorman
          service: access
          operations: true
          pin: {event: [action]}
          events: [{provider: Doorman}]
      providers:
        Doorman: {title: Badge readers, events: {door.open: Door opened}}
      """, to: "conf/doorman.yml")
    folder.write(
      """
      schemas:
        sigma: {dialects: [sigma]}
      classes:
        doors:
          logsources: [{product: doorman}]
          fields: {badge: {sigma: badge_id}}
      """, to: "conf/fields.yml")

    let run = try build("--config", "conf/ruledex.yml")
    #expect(run.code == 0)
    #expect(run.errors == "")
    #expect(folder.names() == ["conf"])
    let site = try SiteFolder(folder("conf/public"))
    #expect(site.faults == [])
    let catalog = try CatalogFile(site.files["catalog.json"])
    #expect(catalog.rules.map(\.source) == ["rules/in here/door.yml", "second/without.yaml"])
    #expect(catalog.attack == ["domain": "mobile-attack", "version": "7.1"])
    let rule = try catalog.rule("sigma/door")
    #expect(rule.attack.techniques == ["T0001"])
    #expect(rule.events == [CatalogFile.Event(provider: "Doorman", event: "door.open", operation: true)])
    #expect(rule.indicators.map(\.canonical) == [nil, "badge"])
    #expect(try site.text("assets/style.css") == ".ours { color: red }\n")
    #expect(try site.page("index.html").titles == ["Our <rules>"])

    let page = try site.page(rule.page)
    let links = page.named("link").filter { $0.value(of: "rel") == "canonical" }.compactMap { $0.value(of: "href") }
    #expect(links == ["https://example.org/detections/rules/sigma/door/index.html"])
    let addresses = page.named("a").compactMap { $0.value(of: "href") }
    #expect(addresses.contains("https://git.example.org/main/rules/in%20here/door.yml?plain=1"))
    #expect(page.withID("events")?.text.contains("Door opened") == true)
    #expect(page.contains { $0.text.contains("© Somebody") })
  }

  @Test func takesTheConfigurationOfTheWorkingFolder() throws {
    folder.write(smallRule("Rule"), to: "mine/rule.yml")
    folder.write("title: Here\npaths: [mine]\noutput: out\npages: {techniques: covered}\n", to: "ruledex.yml")
    #expect(try build().code == 0)
    #expect(try SiteFolder(folder("out")).page("index.html").titles == ["Here"])
  }

  @Test func readsTheWorkingFolderAndWritesToSiteWhereNothingIsSaid() throws {
    folder.write(smallRule("Rule"), to: "deep/rule.yml")
    #expect(try build().code == 0)
    #expect(try catalog("site").rules.map(\.source) == ["deep/rule.yml"])
    // Its own site isn't read the next time.
    #expect(try build().published?.written == 0)
    #expect(try catalog("site").rules.count == 1)
  }

  @Test func letsOptionsGoBeforeTheConfiguration() throws {
    folder.write(smallRule("Configured"), to: "a/rule.yml")
    folder.write(smallRule("Given"), to: "b/rule.yml")
    folder.write("b {}", to: "looks/style.css")
    folder.write(
      "paths: [a]\noutput: x\nbase-url: https://a.example\ntemplates: missing\nattack: missing.json\n",
      to: "ruledex.yml")
    let attack = projectFolder + "/Tests/AttackTests/Fixtures/bundle-2.1.imported.json"
    let run = try build(
      "b", "-o", "y", "--base-url", "https://b.example/", "--templates", "looks", "--attack", attack)
    #expect(run.code == 0, "\(run.errors)")
    #expect(folder.names() == ["a", "b", "looks", "ruledex.yml", "y"])
    let site = try SiteFolder(folder("y"))
    #expect(try catalog("y").rules.map(\.title) == ["Given"])
    #expect(try site.text("assets/style.css") == "b {}")
    #expect(try site.text("index.html").contains(#"href="https://b.example/index.html""#))
  }

  @Test(arguments: [
    (["--config", "missing.yml"], "missing.yml: error: no such file or directory; check the path [file-unreadable]"),
    (["--config", "."], ".: error: it is a folder; name a file [file-unreadable]"),
    (["--config", "wrong.yml"], "wrong.yml:1:1: error: unknown key 'titel'; did you mean 'title'? [configuration]"),
    (["--attack", "missing.json"], "missing.json: error: no such file or directory; check the path [file-unreadable]"),
    (
      ["--attack", "rules/rule.yml"],
      "rules/rule.yml:1:1: error: 'title' isn't a value; correct the JSON here [json-syntax]"
    ),
    (
      ["--base-url", "example.org"],
      "--base-url: error: 'example.org' isn't the address of a site; write one that starts with https:// or http:// "
        + "[configuration]"
    ),
    (["--templates", "missing"], "missing: error: no such file or directory; check the path [file-unreadable]"),
    (["--config", "events.yml"], "gone.yml: error: no such file or directory; check the path [file-unreadable]"),
  ])
  func saysWhatKeepsItFromItsWork(arguments: [String], message: String) throws {
    folder.write(smallRule("Rule"), to: "rules/rule.yml")
    folder.write("titel: x\n", to: "wrong.yml")
    folder.write("events: gone.yml\n", to: "events.yml")
    let run = try run(builtProgram, ["build", "rules"] + arguments, in: folder.path)
    #expect(run.code == 2)
    #expect(run.output == "")
    #expect(run.errorLines == [message])
    #expect(!folder.exists("site"))
  }

  // MARK: ruledex attack import

  private static let bundle = projectFolder + "/Tests/AttackTests/Fixtures/bundle-2.1"

  @Test func importsABundleThatABuildThenUses() throws {
    let imported = try #require(TemporaryFolder.bytes(of: BuildOptionTests.bundle + ".imported.json"))
    let run = try ruledex(
      "attack", "import", BuildOptionTests.bundle + ".json.gz", "-o", "data/attack.json", in: folder.path)
    #expect(run.code == 2)
    #expect(
      run.errorLines == [
        "data/attack.json: error: no such file or directory; check the folder and its permissions [output]"
      ])
    folder.makeFolder("data")
    #expect(
      try ruledex("attack", "import", BuildOptionTests.bundle + ".json.gz", "-o", "data/attack.json", in: folder.path)
        .code == 0)
    #expect(folder.contents(of: "data") == ["attack.json": imported])
    let printed = try ruledex("attack", "import", BuildOptionTests.bundle + ".json")
    #expect(printed.code == 0)
    #expect(Array(printed.output.utf8) == imported)
    folder.write(smallRule("Rule"), to: "rules/rule.yml")
    #expect(try build("rules", "--attack", "data/attack.json").code == 0)
    #expect(
      try catalog("site").attack["version"]
        != CatalogFile(builtExample.get().site.files["catalog.json"]).attack["version"])
  }

  @Test func saysWhatIsNoBundle() throws {
    folder.write("{}", to: "other.json")
    let run = try ruledex("attack", "import", "other.json", in: folder.path)
    #expect(run.code == 2)
    #expect(run.output == "")
    #expect(
      run.errorLines.count == 1 && run.errors.hasPrefix("other.json") && run.errors.hasSuffix("[attack-bundle]\n"))
  }
}
