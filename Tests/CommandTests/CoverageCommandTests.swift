import Foundation
import TestSupport
import Testing
import XML

/// `ruledex coverage` on five small rules: T1059 and T1059.001 (one each), T1003.001 (two, one of them deprecated), one without a technique.
@Suite struct CoverageCommandTests {
  private let folder = TemporaryFolder()

  init() {
    for (name, more) in [
      ("a", "tags: [attack.t1059]"), ("b", "tags: [attack.t1059.001]"), ("c", "tags: [attack.t1003.001]"), ("e", ""),
    ] { folder.write(smallRule(name, more: more), to: "rules/\(name).yml") }
    let deprecated = smallRule("d", more: "tags: [attack.t1003.001]").replacing(
      "status: test", with: "status: deprecated")
    folder.write(deprecated, to: "rules/d.yml")
  }

  private func coverage(_ arguments: String...) throws -> ProgramRun {
    try run(builtProgram, ["coverage", folder("rules")] + arguments, in: folder.path)
  }

  @Test func listsTacticsAndTellsTheShare() throws {
    let result = try coverage()
    #expect(result.code == 0)
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 17)
    #expect(lines[0] == "tactic  name                  techniques  covered  share  rules")
    #expect(lines.contains { $0.hasPrefix("TA0002  Execution") && $0.hasSuffix("2") })
    // T1003, T1003.001, T1059, T1059.001; four of 697 are 0.574 %.
    #expect(lines.last == "4 of 697 techniques of ATT&CK Enterprise 19.2 covered (0.6 %) by 3 of 5 rules")
  }

  @Test func holdsTheContractsNamesAsJSON() throws {
    let result = try coverage("--format", "json")
    let root = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(
      Set(root.keys) == ["format", "attack", "totals", "dialects", "tactics", "techniques", "events", "logsources"])
    #expect(
      root["totals"] as? [String: Int] == [
        "rules": 5, "counted": 4, "techniques": 697, "covered": 4, "runs": 0, "partly": 0, "blind": 0,
      ])
    let techniques = try #require(root["techniques"] as? [[String: Any]])
    let row = try #require(techniques.first { $0["id"] as? String == "T1059" })
    #expect(row["rules"] as? Int == 2)
    #expect(row["ownRules"] as? Int == 1)
    #expect(row["state"] as? String == "covered")
    #expect(row["tactics"] as? [String] == ["TA0002"])
    #expect(row["ruleKeys"] as? [String] == ["sigma/a", "sigma/b"])
    #expect(techniques.count { $0["state"] as? String == "none" } == 693)
    let events = try #require(root["events"] as? [[String: Any]])
    #expect(
      events.map { "\($0["provider"] ?? "") \($0["event"] ?? "") \($0["rules"] ?? "") \($0["state"] ?? "")" } == [
        "Microsoft-Windows-Security-Auditing 4688 4 used", "Microsoft-Windows-Sysmon 1 4 used",
      ])
    let sources = try #require(root["logsources"] as? [[String: Any]])
    #expect(sources.count == 1)
    #expect(sources[0]["product"] as? String == "windows")
    #expect(sources[0]["category"] as? String == "process_creation")
    #expect(sources[0]["rules"] as? Int == 4)
  }

  @Test func saysTheSameAsXML() throws {
    let result = try coverage("--format", "xml", "--target", "T1059")
    let document = try XMLDocument(parsing: Array(result.output.utf8), path: "coverage.xml")
    let root = document.root()
    #expect(root.name == "coverage")
    #expect(root.elements.first { $0.name == "totals" }?.value(of: "covered") == "2")
    let technique = try #require(root.elements.first { $0.name == "techniques" }?.elements.first)
    #expect(technique.value(of: "id") == "T1059")
    #expect(technique.elements.filter { $0.name == "rule" }.map { $0.value(of: "key") } == ["sigma/a", "sigma/b"])
  }

  /// A group's own techniques, and how those of its campaigns and software came in, in each form.
  @Test func tellsHowTheTechniquesOfAGroupCameIn() throws {
    let own = try coverage("--target", "G0016").output
    #expect(own.hasSuffix("\nOf these techniques, 66 used by the threat itself.\n"), "\(own)")
    let arguments = ["--target", "G0016", "--target-via", "campaigns,software"]
    func form(_ more: String...) throws -> String {
      try run(builtProgram, ["coverage", folder("rules")] + arguments + more, in: folder.path).output
    }
    #expect(
      try form().hasSuffix(
        "\nOf these techniques, 66 used by the threat itself, 53 by its campaigns, 131 by its software.\n"))
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(form("--format", "json").utf8)) as? [String: Any])
    let target = try #require(root["target"] as? [String: Any])
    #expect(target["title"] as? String == "APT29 (G0016)")
    #expect(target["techniques"] as? Int == 250)
    #expect(target["via"] as? [String: Int] == ["itself": 66, "campaigns": 53, "software": 131])
    let rows = try #require(root["techniques"] as? [[String: Any]])
    #expect(rows.count { $0["via"] as? String == "software" } == 131)
    #expect(rows.allSatisfy { ($0["from"] as? [String])?.isEmpty == false })
    let xml = try XMLDocument(parsing: Array(form("--format", "xml").utf8), path: "coverage.xml").root()
    #expect(
      xml.elements.first { $0.name == "target" }?.elements.map { $0.value(of: "techniques") } == ["66", "53", "131"])
    let csv = try form("--by", "technique", "--format", "csv")
    #expect(csv.hasPrefix("technique,name,rules,ownRules,state,reason,came in\r\n"))
    #expect(try form("--format", "navigator").contains("53 by its campaigns"))
  }

  @Test(arguments: [
    ("technique", "technique,name,rules,ownRules,state,reason"),
    ("tactic", "tactic,name,techniques,covered,share,rules"),
    ("event", "provider,event,rules,state"), ("logsource", "category,product,service,rules"),
    ("dialect", "dialect,rules,counted,covered,only here,understood"),
  ])
  func listsByEachDimensionAsCSV(dimension: String, head: String) throws {
    let lines = try coverage("--by", dimension, "--format", "csv").output.split(separator: "\r\n").map(String.init)
    #expect(lines[0] == head)
    switch dimension {
    case "technique":
      #expect(lines.contains("T1003.001,LSASS Memory,1,1,covered,1 rule of its own"))
      #expect(lines.count == 698)
    case "dialect": #expect(lines == [head, "Sigma,5,4,4,4,100.0 %"])
    case "logsource": #expect(lines == [head, "process_creation,windows,,4"])
    default: #expect(lines.count > 1)
    }
  }

  @Test(arguments: [("50", Int32(0)), ("100", 0), ("100.5", 2), ("many", 2)])
  func holdsTheLine(percent: String, code: Int32) throws {
    #expect(try coverage("--target", "T1059.001", "--fail-under", percent).code == code)
  }

  @Test func failsUnderTheLineWithOneLineThatSaysWhere() throws {
    let result = try coverage("--tactic", "credential access", "--fail-under", "3")
    #expect(result.code == 1)
    #expect(
      result.errorLines == [
        "coverage gate not met: 2 of 67 techniques of Credential Access are covered (2.99 %), and --fail-under asks for 3 %"
      ])
  }

  @Test(arguments: [
    (
      ["--target", "APT2900"],
      "APT2900: error: it is neither an id or name of ATT&CK Enterprise 19.2 nor a file; did you mean 'APT29'? [attack-target]"
    ),
    (
      ["--platform", "Window"],
      "--platform: error: ATT&CK Enterprise 19.2 has no platform 'Window'; did you mean 'Windows'? [attack-target]"
    ),
    (
      ["--target-via", "software"],
      "--target-via: error: it has no effect without --target; name a group or campaign [attack-target]"
    ),
    (["--tactic", "TA9999"], "--tactic: error: ATT&CK Enterprise 19.2 has no tactic 'TA9999'"),
    (
      ["--target", "T1059", "--tactic", "TA0006"],
      "T1059; Credential Access: error: together they leave no technique; use fewer restrictions [attack-target]"
    ),
  ])
  func refusesATargetThatNamesNothing(arguments: [String], expected: String) throws {
    let result = try run(builtProgram, ["coverage", folder("rules")] + arguments, in: folder.path)
    #expect(result.code == 2)
    #expect(result.errorLines.last?.hasPrefix(expected) == true, "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func writesALayerForTheNavigator() throws {
    let result = try coverage("--format", "navigator")
    let root = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect((root["versions"] as? [String: String])?["layer"] == "4.5")
    let techniques = try #require(root["techniques"] as? [[String: Any]])
    let row = try #require(techniques.first { $0["techniqueID"] as? String == "T1059" })
    #expect(row["score"] as? Int == 2)
    #expect(row["comment"] as? String == "covered: 1 rule of its own, 1 of sub-techniques")
  }
}
