import TestSupport
import Testing

/// `checks` in `ruledex.yml` is for the files beside the rules too: the configuration itself, maps of fields, what is collected, other
/// people's rules, and what `lint --fix` leaves.
@Suite struct ChecksBesideRulesTests {
  private let folder = TemporaryFolder()

  init() {
    folder.write(smallRule("One", more: "tags: [attack.t1043]"), to: "rules/one.yml")
    folder.write(smallRule("Two", image: "\\two.exe"), to: "base/two.yml")
    folder.write("{\"format\": 1, \"files\": [\n\"index.html\"\n]}\n", to: "base/site/.ruledex-manifest.json")
    folder.write("schemas: !odd {}\n", to: "map.yml")
    folder.write("collected: []\n", to: "t.yml")
  }

  /// - Parameter setting: of each check that reports something here; nil for their own severities.
  private func configure(_ setting: String?) {
    let checks = ["attack-deprecated", "site-folder", "telemetry", "yaml-tag"]
    let own = setting.map { setting in checks.map { ", \($0): \(setting)" }.joined() } ?? ""
    folder.write(
      """
      title: !odd Rules
      telemetry: t.yml
      fields: map.yml
      baseline: base
      pages: {techniques: covered, groups: covered}
      \(quietChecks.replacing("}", with: own + "}"))
      """, to: "ruledex.yml")
  }

  /// The places and severities of what is reported.
  private func reports(_ arguments: String...) throws -> [String] {
    let result = try run(builtProgram, arguments, in: folder.path)
    // That isn't an error of what is read, whatever its severity.
    #expect(result.code != 2, "\(result.errors)")
    return result.errorLines.compactMap { line in
      line.firstMatch(of: /^(\S+: (?:error|warning|note)): .*\[[a-z-]+\]$/).map { String($0.1) }
    }
  }

  @Test(arguments: ["note", "warning", "error"]) func haveTheSeverityThatIsSet(severity: String) throws {
    configure(severity)
    // What is found in rules is reported by a build unless it is a note.
    let rule = severity == "note" ? [] : ["rules/one.yml:11:8: \(severity)"]
    let (own, telemetry) = (["ruledex.yml:1:8: \(severity)", "map.yml:1:10: \(severity)"], "t.yml: \(severity)")
    #expect(try reports("build", "rules") == own + [telemetry, "base/site: \(severity)"] + rule)
    // What an unchanged build repeats.
    #expect(try reports("build", "rules") == own + [telemetry, "base/site: \(severity)"] + rule)
    #expect(try reports("gaps", "rules", "--baseline", "base") == own + [telemetry, "base/site: \(severity)"])
    #expect(try reports("coverage", "rules") == own + [telemetry])
    #expect(
      try reports("lint", "rules", "--fix", "--output", "found.txt")
        == own + ["rules/one.yml:11:8: \(severity)", telemetry])
  }

  @Test func haveTheirOwnSeverityWithoutOne() throws {
    configure(nil)
    #expect(
      try reports("build", "rules") == [
        "ruledex.yml:1:8: warning", "map.yml:1:10: warning", "t.yml: warning", "base/site: note",
        "rules/one.yml:11:8: warning",
      ])
  }

  @Test func areLeftOutIfTheCheckIsOff() throws {
    configure("off")
    #expect(try reports("build", "rules") == [])
    #expect(try reports("gaps", "rules", "--baseline", "base") == [])
    #expect(try reports("coverage", "rules") == [])
    #expect(try reports("lint", "rules", "--fix") == [])
    // The tag is left all the same.
    #expect(
      try run(builtProgram, ["lint", "rules", "--fix"], in: folder.path).errors.contains(
        "0 tags changed in 0 files; 1 left"))
  }

  /// An error says that what is collected is known in part.
  @Test(arguments: ["off", "note", "warning"]) func hideNoErrorInWhatIsCollected(setting: String) throws {
    configure(setting)
    folder.write("collected: []\nsysmon: [gone.xml]\n", to: "t.yml")
    for arguments in [["build", "rules"], ["coverage", "rules"], ["lint", "rules"]] {
      let result = try run(builtProgram, arguments, in: folder.path)
      #expect(result.code == 2)
      #expect(
        result.errorLines.contains(
          "t.yml:2:10: error: 'gone.xml' can't be read: no such file or directory; check the path [telemetry]"),
        "\(result.errors)")
    }
  }
}
