import Foundation
import TestSupport
import Testing

/// What `ruledex lint` leaves out, and how it explains checks.
@Suite struct LintSilencingTests {
  private let folder = TemporaryFolder()

  private func lint(_ arguments: String...) throws -> ProgramRun {
    try run(builtProgram, ["lint"] + arguments, in: folder.path)
  }

  /// A rule with a list in line 9, as the arguments say.
  private func write(_ values: String, before: String = "", to name: String = "rules/one.yml") {
    folder.write(
      before + smallRule("One").replacing("Image|endswith: '\\whoami.exe'", with: "Image|endswith: [\(values)]"),
      to: name)
    folder.allowBareRules()
  }

  @Test func reportsOnlyWhatTheBaselineDoesNotAccept() throws {
    write("'\\a.exe', '\\a.exe'")
    let made = try lint("rules", "--baseline", "accepted.json", "--update-baseline", "--fail-on", "note")
    #expect(made.code == 0 && made.output == "" && made.errors == "1 finding accepted in accepted.json\n")
    #expect(
      folder.read("accepted.json") == """
        {"format":1,
        "findings":[
        {"rule":"sigma/one","check":"value-repeated","message":"the list has '*\\\\a.exe' already in line #"}]}

        """)
    write("'\\a.exe', '\\a.exe'", before: "# moved\n\n")
    let moved = try lint("rules", "--baseline", "accepted.json", "--fail-on", "note")
    #expect(moved.code == 0 && moved.output == "")
    #expect(
      moved.errors == """
        1 finding accepted by accepted.json
        0 errors, 0 warnings, 0 notes in 1 file of rules

        """)
    write("'\\b.exe', '\\b.exe'")
    let new = try lint("rules", "--baseline", "accepted.json", "--fail-on", "note")
    #expect(new.code == 1)
    #expect(
      new.output
        == "rules/one.yml:8:36: note: the list has '*\\b.exe' already in line 8; remove one [value-repeated]\n")
    #expect(
      new.errors.hasPrefix(
        "0 findings accepted by accepted.json; 1 other no longer found, so update it with --update-baseline\n"))
  }

  @Test func needsABaselineToReadOrUpdate() throws {
    write("'\\a.exe'")
    let missing = try lint("rules", "--baseline", "gone.json")
    #expect(missing.code == 2)
    #expect(
      missing.errors == "gone.json: error: there is no such file; make it with --update-baseline [file-unreadable]\n")
    folder.write("{}", to: "odd.json")
    let odd = try lint("rules", "--baseline", "odd.json")
    #expect(odd.code == 2)
    #expect(
      odd.errors
        == "odd.json:1:1: error: this isn't a baseline; give one that 'ruledex lint --update-baseline' wrote [lint-baseline]\n"
    )
    #expect(try lint("rules", "--update-baseline").code == 2)
  }

  @Test func givesChecksTheSeverityOfTheConfiguration() throws {
    write("'\\a.exe', '\\a.exe'")
    folder.write(
      "checks: {value-repeated: error, rule-id-missing: off, rule-description-missing: off, rule-author-missing: off, rule-date-missing: off, rule-false-positives-missing: warning}",
      to: "ruledex.yml")
    let result = try lint("rules")
    #expect(
      result.output == """
        rules/one.yml:1:1: warning: the rule has no 'falsepositives'; list what else may match it, or write Unknown [rule-false-positives-missing]
        rules/one.yml:8:36: error: the list has '*\\a.exe' already in line 8; remove one [value-repeated]

        """)
    #expect(result.code == 1)
  }

  @Test func explainsChecks() throws {
    let one = try lint("--explain", "rule-level-missing")
    #expect(one.code == 0)
    #expect(
      one.output.hasPrefix(
        """
        # rule-level-missing

        *Note*. The rule has no level, so nobody knows how urgent its alerts are. Write one of informational, low, medium, high and critical.

        Found: No level

        ```yaml
        title: Example
        """))
    let unknown = try lint("--explain", "rule-level-mising")
    #expect(unknown.code == 2)
    #expect(
      unknown.errors
        == "--explain: error: no check is called 'rule-level-mising'; did you mean 'rule-level-missing'? [configuration]\n"
    )
  }

  /// The document is what the program says.
  @Test func documentsAllChecks() throws {
    let text = try #require(FileManager.default.contents(atPath: projectFolder + "/CHECKS.md"))
    #expect(
      try lint("--explain", "all").output == String(decoding: text, as: UTF8.self),
      "ruledex lint --explain all > CHECKS.md")
  }
}
