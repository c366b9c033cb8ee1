import Foundation
import TestSupport
import Testing

/// `ruledex lint` and `lint --fix` on small rules.
@Suite struct LintTests {
  private let folder = TemporaryFolder()

  init() { folder.allowBareRules() }

  private func lint(_ arguments: String...) throws -> ProgramRun {
    try run(builtProgram, ["lint"] + arguments, in: folder.path)
  }

  // MARK: Findings

  @Test func saysWhereEachFindingIsAndHowManyThereAre() throws {
    folder.write(smallRule("One", more: "tags: [attack.t1562.001]"), to: "rules/one.yml")
    folder.write("title: [", to: "rules/two.yml")
    let result = try lint("rules")
    #expect(
      result.output == """
        rules/one.yml:11:8: warning: T1562.001 is revoked in ATT&CK Enterprise 19.2; write T1685 (Disable or Modify Tools) [attack-revoked]
        rules/two.yml:1:9: error: a value is missing here; write one, and close lists with ']' and maps with '}' [yaml-syntax]

        """)
    #expect(
      result.errors == """
        1 error, 1 warning, 0 notes in 1 file of rules
        gate not met: error: 1 found: rules/two.yml:1:9

        """)
    #expect(result.code == 1)
  }

  /// Duplicates among them.
  @Test func tellsTheSameAsTheBuild() throws {
    let broken = folderOfThisFile + "/Fixtures/broken"
    let result = try run(builtProgram, ["lint", broken, "--format", "json"], in: folder.path)
    let root = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let findings = try #require(root["findings"] as? [[String: Any]])
    let built = try run(builtProgram, ["build", broken, "-o", "site"], in: folder.path)
    let counts = try #require(built.output.firstMatch(of: /(\d+) errors?, (\d+) warnings?, (\d+) notes?/))
    let expected = [("error", counts.1), ("warning", counts.2), ("note", counts.3)]
    for (severity, count) in expected {
      #expect(findings.count { $0["severity"] as? String == severity } == Int(count))
    }
    let totals = try #require(root["totals"] as? [String: Int])
    #expect(totals.values.reduce(0, +) == findings.count)
    #expect(findings.contains { $0["id"] as? String == "rule-duplicate" })
  }

  @Test(arguments: [("error", 0), ("warning", 1), ("note", 1)])
  func failsOnWhatIsAsGraveAsAskedFor(severity: String, code: Int32) throws {
    folder.write(smallRule("One", more: "status: draft"), to: "rules/one.yml")
    folder.write(smallRule("One", more: "level: high").replacing("level: medium", with: ""), to: "rules/one.yml")
    folder.write(smallRule("Two", image: "\\two.exe", more: "tags: [attack.t1043]"), to: "rules/two.yml")
    #expect(try lint("rules", "--fail-on", severity).code == code)
  }

  @Test func readsABrokenFileThatIsAllThereIs() throws {
    folder.write("title: [", to: "rules/two.yml")
    let result = try lint("rules/two.yml", "--format", "github")
    #expect(result.code == 1)
    #expect(result.output.hasPrefix("::error file=rules/two.yml,line=1,col=9,title=yaml-syntax::"))
  }

  @Test func endsWithTwoWhereThereIsNothingToRead() throws {
    folder.makeFolder("empty")
    #expect(try lint("empty").code == 2)
    #expect(try lint("missing").code == 2)
    #expect(try lint("empty", "--fail-on", "never").code == 2)
    #expect(try lint("empty", "--dry-run").code == 2)
  }

  @Test(arguments: ["text", "json", "sarif", "junit", "github"])
  func writesTheSameToAFile(format: String) throws {
    folder.write(smallRule("One", more: "tags: [attack.t1043]"), to: "rules/one.yml")
    let shown = try lint("rules", "--format", format)
    let written = try lint("rules", "--format", format, "-o", "result")
    #expect(written.output == "" && written.errors == shown.errors && written.code == 0)
    #expect(folder.read("result") == shown.output)
    #expect(shown.output.contains("attack-deprecated"))
  }

  /// What a pipeline shows beside a line has to be a path of the repository.
  @Test func namesFilesAsTheyAreSeenFromTheWorkingFolder() throws {
    folder.write(smallRule("One", more: "tags: [attack.t1043]"), to: "rules/a b#1%.yml")
    for path in [".", "./rules", "rules/", folder("rules")] {
      #expect(try lint(path).output.hasPrefix("rules/a b#1%.yml:11:8: "), "\(path)")
      #expect(try lint(path, "--format", "sarif").output.contains(#""uri":"rules/a%20b%231%25.yml""#), "\(path)")
    }
  }

  // MARK: Fixing

  private let tagged = """
    tags:
        - attack.defense_evasion # as of 2019
        - 'attack.t1562.001'
        - attack.g0016

    """

  @Test func changesTagsAndNoOtherByte() throws {
    let text = "\u{FEFF}# ü\r\n" + smallRule("One", more: tagged).replacing("\n", with: "\r\n")
    folder.write(text, to: "rules/one.yml")
    chmod(folder("rules/one.yml"), 0o640)
    folder.write(smallRule("Two", image: "\\two.exe", more: "tags: [attack.t1059]"), to: "rules/two.yml")
    let untouched = folder.identity(of: "rules/two.yml")
    let result = try lint("rules", "--fix", "--fail-on", "note")
    #expect(result.code == 0 && result.output == "")
    #expect(
      result.errors == """
        2 tags changed in 1 file; none left
        0 errors, 0 warnings, 0 notes in 2 files of rules

        """)
    let expected = text.replacing("defense_evasion", with: "defense-impairment").replacing("t1562.001", with: "t1685")
    #expect(folder.contents(of: "rules")["one.yml"] == Array(expected.utf8))
    let mode = try FileManager.default.attributesOfItem(atPath: folder("rules/one.yml"))[.posixPermissions] as? Int
    #expect(mode == 0o640)
    #expect(folder.identity(of: "rules/two.yml") == untouched)
    #expect(folder.names(in: "rules") == ["one.yml", "two.yml"])
  }

  @Test func showsInADryRunWhatPatchWouldDo() throws {
    folder.write(smallRule("One", more: tagged + "    - attack.t1685\n\n"), to: "rules/one.yml")
    let before = folder.contents()
    let result = try lint("rules", "--fix", "--dry-run")
    #expect(
      result.output
        == """
        --- a/rules/one.yml
        +++ b/rules/one.yml
        @@ -9,8 +9,7 @@
             condition: selection
         level: medium
         tags:
        -    - attack.defense_evasion # as of 2019
        -    - 'attack.t1562.001'
        +    - attack.defense-impairment # as of 2019
             - attack.g0016
             - attack.t1685
         

        """)
    #expect(
      result.errors.hasPrefix(
        "2 tags to change in 1 file, 1 of them removed as duplicates; none left\n0 errors, 2 warnings,"))
    #expect(result.code == 0)
    #expect(folder.contents() == before)
    // The system's own program makes of it what --fix does.
    folder.write(result.output, to: "tags.diff")
    #expect(try run("/usr/bin/git", ["apply", "tags.diff"], in: folder.path).code == 0)
    let patched = folder.contents(of: "rules")
    folder.write(before["rules/one.yml"] ?? [], to: "rules/one.yml")
    #expect(try lint("rules", "--fix").code == 0)
    #expect(folder.contents(of: "rules") == patched)
  }

  /// Several places, near and far, in a file without a last line end and with a name that has to be quoted.
  @Test func makesDiffsThatGitApplies() throws {
    let name = "rules/a \"b\\\tü.yml"
    let rule = smallRule("One", more: "tags: [attack.t1089, attack.defense-evasion]\r\n")
    let more = (0..<9).map { "# \($0)\n" }.joined() + "tags: [attack.t1089]\nfields: [a]\n"
    folder.write(
      rule + more.replacing("tags", with: "x") + "---\n" + smallRule("Two", image: "\\two.exe", more: more)
        + "---\n" + smallRule("Three", image: "\\three.exe", more: "tags: [attack.t1089]"), to: name)
    let diff = try lint("rules", "--fix", "--dry-run", "-o", "tags.diff")
    #expect(diff.output == "" && diff.errors.hasPrefix("4 tags to change in 1 file; none left"))
    #expect(folder.read("tags.diff")?.contains("\\ No newline at end of file") == true)
    let before = folder.contents(of: "rules")
    let applied = try run("/usr/bin/git", ["apply", "--whitespace=nowarn", "tags.diff"], in: folder.path)
    #expect(applied.code == 0, "\(applied.errors)")
    let patched = folder.contents(of: "rules")
    #expect(patched != before)
    folder.write(before.values.first ?? [], to: name)
    #expect(try lint("rules", "--fix").code == 0)
    #expect(folder.contents(of: "rules") == patched)
  }

  @Test func tellsWhatItLeavesAndWhy() throws {
    folder.write(
      smallRule(
        "One",
        more: "tags: [attack.defense-evasion, attack.t1043, attack.t1685, attack.t1562.001, \"attack.t10\\x372\"]"
      )
      .replacing("test", with: "stable"),
      to: "rules/one.yml")
    folder.write(
      smallRule("Two", image: "\\two.exe", more: "tags: [attack.defense-evasion, attack.t1059, \"attack\\x2et1089\"]"),
      to: "rules/two.yml")
    let before = folder.contents()
    let result = try lint("rules", "--fix")
    #expect(
      result.errors.split(separator: "\n").dropLast().map(String.init) == [
        "rules/one.yml:11:32: warning: T1043 (Commonly Used Port) is deprecated in ATT&CK Enterprise 19.2 without a replacement; choose another [attack-deprecated]",
        "rules/one.yml:11:60: warning: the tag isn't changed: another value or a comment is on its line; remove 't1562.001'; its replacement is already tagged [attack-revoked]",
        "rules/two.yml:11:46: warning: the tag isn't changed: it is written with escapes or over several lines; write 't1685' for 't1089' [attack-revoked]",
        "2 tags changed in 2 files; 3 left",
      ])
    #expect(folder.read("rules/one.yml")?.contains("tags: [attack.defense-impairment, attack.t1043,") == true)
    // By T1089, which became T1685, though that tag stays.
    #expect(folder.read("rules/two.yml")?.contains("tags: [attack.defense-impairment, attack.t1059,") == true)
    #expect(before.keys.sorted() == folder.contents().keys.sorted())
  }

  @Test func changesATagOnceThatRulesShare() throws {
    let text = """
      action: global
      title: Shared
      logsource: {category: process_creation, product: windows}
      level: low
      tags: &tags
          - attack.defense-evasion
          - attack.t1089
      ---
      detection: {s: {Image: a.exe}, condition: s}
      ---
      detection: {s: {Image: b.exe}, condition: s}
      """
    folder.write(text, to: "rules/shared.yml")
    #expect(try lint("rules", "--fix").errors.hasPrefix("2 tags changed in 1 file; none left\n"))
    let expected = text.replacing("defense-evasion", with: "defense-impairment").replacing("t1089", with: "t1685")
    #expect(folder.read("rules/shared.yml") == expected)
  }

  @Test func followsNoLinkAndLeavesWhatCannotBeWritten() throws {
    folder.write(smallRule("Outside", more: "tags: [attack.t1089]"), to: "outside/one.yml")
    folder.write(smallRule("Inside", image: "\\in.exe"), to: "rules/two.yml")
    folder.makeLink("rules/one.yml", to: "../outside/one.yml")
    let before = folder.contents()
    #expect(try lint("rules", "--fix").errors.contains("0 tags changed in 0 files; none left"))
    #expect(folder.contents() == before)
  }

  /// All that the catalog says of the rules is the same, but for their tags.
  @Test func readsTheSameRulesAfterwards() throws {
    let rule = smallRule("One", more: tagged + "falsepositives: ['attack.t1562.001', attack.defense_evasion]\n")
    folder.write(rule, to: "rules/one.yml")
    func catalog() throws -> [String: Any] {
      #expect(try run(builtProgram, ["build", "rules", "-o", "site"], in: folder.path).code == 0)
      let bytes = try #require(TemporaryFolder.bytes(of: folder("site/catalog.json")))
      let root = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
      return try #require((root["rules"] as? [[String: Any]])?.first)
    }
    let before = try catalog()
    #expect(try lint("rules", "--fix").code == 0)
    let after = try catalog()
    let differing = before.keys.filter { NSObject.areDifferent(before[$0], after[$0]) }.sorted()
    #expect(differing == ["attack", "tags"])
    #expect(after["tags"] as? [String] == ["attack.defense-impairment", "attack.t1685", "attack.g0016"])
  }
}

extension NSObject {
  fileprivate static func areDifferent(_ left: Any?, _ right: Any?) -> Bool {
    (left as? NSObject)?.isEqual(right) != true
  }
}

private let folderOfThisFile = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
