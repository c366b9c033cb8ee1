import Diagnostics
import Documents
import Reading
import RuleModel
import TestSupport
import Testing
import Text

@Suite struct CatalogReaderTests {
  private let folder = TemporaryFolder()

  private func ruleText(_ title: String, id: String? = nil) -> String {
    "title: \(title)\n" + (id.map { "id: \($0)\n" } ?? "")
      + "logsource: {product: windows}\ndetection: {selection: {A: 1}, condition: selection}\n"
  }

  private func read(
    _ names: [String] = [""], include: [String] = [], exclude: [String] = [], jobs: Int = 2
  ) async -> RuleCollection {
    let roots = names.map { CatalogRequest.Root(path: $0.isEmpty ? folder.path : folder($0)) }
    return await readCatalog(
      CatalogRequest(roots: roots, include: include.map(Glob.init), exclude: exclude.map(Glob.init), jobs: jobs))
  }

  /// Diagnostics without the folder's own path.
  private func messages(_ collection: RuleCollection) -> [String] { messages(collection.diagnostics) }

  private func messages(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.sorted().map {
      $0.description.replacing(folder.path + "/", with: "").replacing(folder.path, with: "ROOT")
    }
  }

  @Test func putsEachFileIntoOneClass() async {
    folder.write(ruleText("One"), to: "a/one.yml")
    folder.write(ruleText("Two"), to: "b/two.YAML")
    folder.write(
      "title: C\ncorrelation: {type: event_count, rules: [x], timespan: 1m, condition: {gt: 1}}\n", to: "c.yml")
    folder.write("title: F\nlogsource: {product: x}\nfilter: {rules: any, s: {A: 1}, condition: s}\n", to: "f.yml")
    folder.write("# notes", to: "README.md")
    folder.write("a: 1", to: "other.yml")
    folder.write("# nothing\n", to: "empty.yml")
    folder.write("a: [1\n", to: "broken.yml")
    folder.write("x", to: ".hidden/x.yml")
    let collection = await read()
    #expect(collection.rules.map(\.key.description) == ["sigma/c", "sigma/f", "sigma/one", "sigma/two"])
    #expect(collection.rules.map(\.source.path) == ["c.yml", "f.yml", "a/one.yml", "b/two.YAML"])
    let contents = Dictionary(uniqueKeysWithValues: collection.files.map { ($0.path, $0.content) })
    #expect(
      contents == [
        "a/one.yml": .rules, "b/two.YAML": .rules, "c.yml": .correlations, "f.yml": .filters, "broken.yml": .broken,
        "README.md": .notARule(reason: "not YAML, TOML, NDJSON, JSON, .conf or YARA-L"),
        "other.yml": .notARule(reason: "of no known dialect"),
        "empty.yml": .notARule(reason: "empty"),
      ])
    let tally = collection.tally
    #expect(
      [tally.rules, tally.correlations, tally.filters, tally.notRules, tally.broken, tally.total] == [2, 1, 1, 3, 1, 8])
    #expect(
      messages(collection) == [
        "broken.yml:2:1: error: the list that starts in line 1 isn't closed here; write ',' or ']', or put a text in single quotes [yaml-syntax]"
      ])
  }

  /// What rarely holds rules is read if it does, and otherwise nothing is said about it.
  @Test func readsRulesOfFilesOfAnyName() async {
    let rule = "rule NAME { meta: author = \"x\" events: $e.principal.hostname = \"a\" condition: $e }\n"
    folder.write(rule.replacing("NAME", with: "one"), to: "one")
    folder.write("# One\n", to: "one.md")
    folder.write(rule.replacing("NAME", with: "two"), to: "two.txt")
    folder.write(rule.replacing("NAME", with: "three"), to: "three.YL2")
    folder.write("All rights reserved.\n", to: "LICENSE")
    folder.write("# Terms\n", to: "LICENSE.md")
    folder.write([0, 0xFF, 0, 1], to: "program")
    folder.write([UInt8](repeating: UInt8(ascii: "x"), count: (4 << 20) + 1), to: "words.txt")
    let collection = await read()
    #expect(collection.rules.map(\.key.description) == ["yaral/one", "yaral/three", "yaral/two"])
    #expect(collection.rules.map(\.notes.count) == [1, 0, 0])
    let contents = Dictionary(uniqueKeysWithValues: collection.files.map { ($0.path, $0.content) })
    let other = FileContent.notARule(reason: "not YAML, TOML, NDJSON, JSON, .conf or YARA-L")
    #expect(["LICENSE", "LICENSE.md", "program", "words.txt"].map { contents[$0] } == [other, other, other, other])
    #expect(messages(collection) == [])
  }

  @Test func notesRulesOfAnotherToolOnceAFolder() async {
    let rule = "rule NAME { strings: $a = \"x\" condition: $a }\n"
    for path in ["a/one.yar", "a/three.yar", "a/two.yar", "b/four.yar", "b/five.yar", "six.yar"] {
      folder.write(rule.replacing("NAME", with: withoutExtension(lastPart(of: path))), to: path)
    }
    let what = "is a YARA rule, which describes files and looks for no events; exclude it, or write it in YARA-L"
    #expect(
      messages(await read()) == [
        "a/one.yar:1:6: note: 'one' \(what); the folder has 2 more files of this kind [yaral-file]",
        "b/five.yar:1:6: note: 'five' \(what); the folder has 1 more file of this kind [yaral-file]",
        "six.yar:1:6: note: 'six' \(what) [yaral-file]",
      ])
  }

  @Test func tellsWhatItDoesNotOpen() async {
    folder.write(ruleText("One"), to: "one.yml")
    folder.makePipe("pipe.yml")
    folder.makeLink("dangling.yml", to: "nowhere.yml")
    folder.makeLink("etc", to: "/etc")
    folder.makeLink("sub/up", to: "..")
    folder.makeLink("alias.yml", to: "one.yml")
    folder.write([UInt8](repeating: UInt8(ascii: "#"), count: (4 << 20) + 1), to: "large.yml")
    folder.write([0x61, 0x3A, 0x20, 0, 0x0A], to: "zero.yml")
    let collection = await read()
    #expect(collection.rules.map(\.title) == ["One"])
    #expect(
      messages(collection) == [
        "dangling.yml: warning: the link leads nowhere; remove it or restore its target [link-dangling]",
        "etc: warning: the link leads out of the given folder and is not followed; give its target as a path of its own [link-outside]",
        "large.yml: error: the file has 4194305 bytes, more than the 4194304 that are read; split it or exclude it [file-too-large]",
        "pipe.yml: warning: a pipe, a socket or a device, and never opened; remove or exclude it [file-not-regular]",
        "sub/up: warning: the link leads back to a folder that it is in, and is not followed; remove it [folder-cycle]",
        "zero.yml:1:4: error: the file has a zero byte and isn't text; save it as UTF-8 or exclude it [not-text]",
      ])
    #expect(collection.tally.total == 8)
    #expect(collection.tally.broken == 2)
  }

  @Test func leavesOutASiteThatStandsAmongTheRules() async {
    folder.write(ruleText("One"), to: "one.yml")
    folder.write("{\"format\": 1, \"files\": [\n]}\n", to: "site/.ruledex-manifest.json")
    folder.write(ruleText("One"), to: "site/rules/sigma/one/one.yml")
    #expect(await read().files.map(\.path) == ["one.yml"])
  }

  @Test func tellsAPathThatIsNotThere() async {
    let collection = await read(["missing"])
    #expect(messages(collection) == ["missing: error: no such file or directory; check the path [file-unreadable]"])
  }

  @Test func repairsWhatIsNotUTF8() async throws {
    folder.write(Array("title: caf".utf8) + [0xE9] + Array("\n\(ruleText("x").dropFirst(9))".utf8), to: "latin.yml")
    let collection = await read()
    #expect(collection.rules.map(\.title) == ["caf\u{FFFD}"])
    #expect(
      messages(collection.rules.flatMap(\.findings)) == [
        "latin.yml:1:11: warning: a byte sequence isn't UTF-8 and will show as U+FFFD; save the file as UTF-8 [not-utf8]"
      ])
  }

  @Test func givesWhatIsWrongWithAFileToItsRules() async {
    folder.write(ruleText("a\u{202E}b") + "level: low\nlevel: high\n", to: "one.yml")
    let collection = await read()
    #expect(collection.rules.first?.level == .high)
    #expect(collection.diagnostics == [])
    #expect(
      messages(collection.rules.flatMap(\.findings)) == [
        "one.yml:1:9: warning: the text has a bidirectional control, which is shown as an escape; remove it unless it belongs there [bidirectional-control]",
        "one.yml:5:1: error: the key 'level' is in line 4 already; the last one holds, so rename or remove one of them [yaml-duplicate-key]",
      ])
  }

  /// By the document that it is in; what is in a document that is no rule, or that others build on, is found in all rules.
  @Test func givesWhatIsWrongWithADocumentToItsRule() async {
    folder.write(
      ruleText("A") + "level: low\nlevel: high\n---\nnote: x\n---\n" + ruleText("B")
        + "date: 2026-01-01\ndate: 2026-01-02\n",
      to: "two.yml")
    folder.write(
      "action: global\ntitle: G\ntitle: G\n---\n" + ruleText("C") + "---\n" + ruleText("D"), to: "global.yml")
    let collection = await read()
    let lines = Dictionary(grouping: collection.rules, by: { "\($0.source.path) \($0.source.document)" })
      .mapValues { $0.flatMap(\.findings).compactMap(\.location.position?.line).sorted() }
    #expect(lines == ["two.yml 1": [5, 7], "two.yml 3": [7, 13], "global.yml 2": [3], "global.yml 3": [3]])
    #expect(collection.diagnostics == [])
  }

  @Test func keepsWhatIsWrongWithAFileWithoutRules() async {
    folder.write("title: C\ntitle: C\ncorelation: {type: temporal, rules: [a]}\n", to: "c.yml")
    let collection = await read()
    #expect(collection.rules.isEmpty)
    #expect(collection.files.map(\.content) == [.broken])
    #expect(
      messages(collection) == [
        "c.yml:2:1: error: the key 'title' is in line 1 already; the last one holds, so rename or remove one of them [yaml-duplicate-key]",
        "c.yml:3:1: error: no rule has a section 'corelation'; did you mean 'correlation'? [sigma-correlation]",
      ])
  }

  @Test func namesSourcesAfterTheirCollectionWhereThereAreSeveral() async {
    folder.write(ruleText("One"), to: "first/a/one.yml")
    folder.write(ruleText("Two"), to: "second/two.yml")
    let collection = await read(["first", "second"])
    #expect(collection.rules.map(\.source.path) == ["first/a/one.yml", "second/two.yml"])
    let nested = await read(["first", "first/a"])
    #expect(nested.rules.count == 1)
    #expect(
      messages(nested) == [
        "first/a: warning: the path lies in 'ROOT/first' and is read there; leave it out [configuration]".replacing(
          "ROOT/", with: "")
      ])
  }

  @Test func readsOneFile() async {
    folder.write(ruleText("One"), to: "a/one.yml")
    #expect(await read(["a/one.yml"]).rules.map(\.source.path) == ["one.yml"])
  }

  @Test(arguments: [
    (["a/**"], [], ["a/one.yml", "a/deep/two.yml"]),
    ([], ["deep"], ["a/one.yml", "b/three.yml"]),
    ([], ["a/*.yml"], ["a/deep/two.yml", "b/three.yml"]),
    (["t*.yml"], [], ["a/deep/two.yml", "b/three.yml"]),
    ([], ["[o-t]??.yml"], ["b/three.yml"]),
    (["**/deep/*"], [], ["a/deep/two.yml"]),
  ])
  func choosesByGlobs(include: [String], exclude: [String], expected: [String]) async {
    for name in ["a/one.yml", "a/deep/two.yml", "b/three.yml"] { folder.write(ruleText(name), to: name) }
    let found = await read(include: include, exclude: exclude).files.map(\.path)
    #expect(Set(found) == Set(expected))
  }

  @Test(arguments: [
    ("**/b", ["b", "a/b", "a/c/b"], ["bc", "a/c"]), ("a/**/b", ["a/b", "a/c/b", "a/c/d/b"], ["b", "c/a/b"]),
    ("a/**", ["a/b", "a/b/c"], ["a", "b/a/c"]), ("**/**/b/**", ["b/c", "a/b/c"], ["b", "a/b"]),
    ("b", ["a/b/c", "b"], ["a/c"]),
  ])
  func crossesFoldersWithTwoStars(pattern: String, matched: [String], others: [String]) {
    #expect(matched.allSatisfy { Glob(pattern).matches($0) } && !others.contains { Glob(pattern).matches($0) })
  }

  /// All ways through the pattern are followed at once: one after the other they were 10^12 for this one.
  @Test func matchesManyDoubleStarsInBoundedTime() {
    let deep = Array(repeating: "x", count: 200).joined(separator: "/")
    #expect(!Glob(String(repeating: "**/", count: 40) + "zz").matches(deep))
    #expect(Glob(String(repeating: "**/", count: 40) + "x").matches(deep))
  }

  @Test func readsWithinTheGivenLimits() async {
    folder.write(ruleText("One"), to: "one.yml")
    var limits = ReadingLimits.standard
    limits.fileBytes = 10
    let roots = [CatalogRequest.Root(path: folder.path)]
    let collection = await readCatalog(CatalogRequest(roots: roots, limits: limits, jobs: 1))
    #expect(collection.rules.isEmpty && collection.diagnostics.map(\.id) == [.fileTooLarge])
  }

  /// A cut stem keeps what makes it unique, and a file may be called as another rule's key.
  @Test func givesRulesOfLongOrTakenNamesKeysOfTheirOwn() async {
    let long = String(repeating: "a", count: 248)
    for folder in ["p", "q"] {
      self.folder.write(ruleText("1") + "---\n" + ruleText("2"), to: "\(folder)/\(long).yml")
    }
    for path in ["x/same.yml", "y/SAME.yml"] { folder.write(ruleText(path, id: "bde30855-1"), to: path) }
    folder.write(ruleText("taken"), to: "same-bde30855.yml")
    let keys = await read().rules.map { $0.key.slug.lowercased() }
    #expect(keys.count == 7 && Set(keys).count == 7)
    #expect(keys.allSatisfy { $0.utf8.count <= RuleKey.longestSlug })
  }

  /// The contract's steps: the stem, the id's first eight characters, the document's number.
  @Test func givesEachRuleAKeyOfItsOwn() async {
    let id = "bde30855-5c53-4c18-ae90-1ff79ebc9578"
    folder.write(ruleText("Shared", id: id), to: "a/Same.yml")
    folder.write(ruleText("Shared too", id: "12345678-5c53-4c18-ae90-1ff79ebc9578"), to: "b/same.yml")
    folder.write(ruleText("No id"), to: "c/same.yml")
    folder.write(ruleText("m1", id: id) + "---\n" + ruleText("m2") + "---\n" + ruleText("m3", id: id), to: "many.yml")
    folder.write(ruleText("Odd"), to: "odd näme.yml")
    folder.write(ruleText("n1"), to: "x/none.yml")
    folder.write(ruleText("n2"), to: "y/none.yml")
    let keys = Dictionary(uniqueKeysWithValues: await read().rules.map { ($0.title, $0.key.slug) })
    #expect(keys["Shared"] == "Same-bde30855")
    #expect(keys["Shared too"] == "same-12345678")
    #expect(keys["No id"] == "same-1")
    #expect(keys["m1"] == "many-bde30855-1")
    #expect(keys["m2"] == "many-2")
    #expect(keys["m3"] == "many-bde30855-3")
    #expect(keys["Odd"] == "odd-n--me")
    #expect(Set([keys["n1"], keys["n2"]]).count == 2)
    #expect(keys["n1"]?.hasPrefix("none-1-") == true)
  }

  @Test func keepsKeysShortEnoughForAFolder() async {
    let stem = String(repeating: "n", count: 251)
    for name in ["a", "b", "c"] { folder.write(ruleText(name), to: "\(name)/\(stem).yml") }
    folder.write(ruleText("d", id: String(repeating: "e\u{301}\u{301}", count: 8)), to: "d/\(stem).yml")
    let slugs = await read().rules.map(\.key.slug)
    #expect(Set(slugs).count == 4)
    #expect(slugs.allSatisfy { $0.utf8.count <= 255 && $0.hasPrefix("nnnn") }, "\(slugs)")
  }

  @Test func splitsPathsByBytes() async {
    folder.write(ruleText("Accent"), to: "rules/sub/\u{301}accent.yml")
    let collection = await read(["rules"])
    #expect(collection.rules.map(\.key.slug) == ["--accent"])
    #expect(collection.rules.map(\.source.fileName) == ["\u{301}accent.yml"])
    #expect(collection.rules.map(\.source.path) == ["sub/\u{301}accent.yml"])
  }

  @Test func doesNotDependOnTheNumberOfJobs() async {
    for index in 0..<200 { folder.write(ruleText("Rule \(index)"), to: "r\(index).yml") }
    let (one, many) = (await read(jobs: 1), await read(jobs: 7))
    #expect(one.rules.map(\.key) == many.rules.map(\.key))
    #expect(one.files == many.files)
  }
}
