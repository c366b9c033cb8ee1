import Foundation
import TestSupport
import Testing
import XML

/// `ruledex gaps --compare` on a rule for T1059.001, which runs, and one for T1105, which is blind.
@Suite struct GapsCompareTests {
  private let folder = TemporaryFolder()

  init() {
    folder.write(small("process_creation", "t1059.001"), to: "rules/process.yml")
    folder.write(small("network_connection", "t1105"), to: "rules/network.yml")
    folder.write(
      "collected: [{provider: Microsoft-Windows-Sysmon, events: [1]}]\n", to: "telemetry.yml")
  }

  private func small(_ category: String, _ technique: String) -> String {
    """
    title: \(category)
    status: test
    logsource: {category: \(category), product: windows}
    detection: {selection: {Hashes: a}, condition: selection}
    level: medium
    tags: [attack.\(technique)]
    """
  }

  private func compare(_ arguments: String...) throws -> ProgramRun {
    try run(
      builtProgram,
      ["gaps", "rules", "--compare", "--telemetry", "telemetry.yml", "--target", "T1059.001"]
        + ["--target", "list.txt"] + arguments, in: folder.path)
  }

  @Test func setsTargetsSideBySide() throws {
    folder.write("T1059.001 T1105 T1490\n", to: "list.txt")
    let run = try compare()
    #expect(run.code == 0)
    #expect(
      run.output == """
        technique  name                     T1059.001  list.txt  rules
        T1059.001  PowerShell               runs       runs          1
        T1105      Ingress Tool Transfer    -          blind         1
        T1490      Inhibit System Recovery  -          none          0

        T1059.001: 1 technique: 1 runs
        list.txt: 3 techniques: 1 runs, 1 blind, 1 without a rule
        in common: 1 technique: 1 runs

        """)
    #expect(
      try compare("--format", "csv").output
        == "technique,name,T1059.001,list.txt,rules\r\nT1059.001,PowerShell,runs,runs,1\r\n"
        + "T1105,Ingress Tool Transfer,,blind,1\r\nT1490,Inhibit System Recovery,,none,0\r\n")
    #expect(try compare("--format", "markdown").output.contains("| T1105 | Ingress Tool Transfer | - | blind | 1 |"))
    #expect(try compare("--fail-on", "no-rule").code == 1)
  }

  @Test func tellsProgramsTheSame() throws {
    folder.write("T1105 T1490\n", to: "list.txt")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(try compare("--format", "json").output.utf8)) as? [String: Any])
    let targets = try #require(json["targets"] as? [[String: Any]])
    #expect(targets.map { $0["title"] as? String } == ["T1059.001", "list.txt"])
    #expect(
      targets[1]["blind"] as? Int == 1 && targets[1]["none"] as? Int == 1 && targets[1]["techniques"] as? Int == 2)
    #expect((json["shared"] as? [String: Any])?["techniques"] as? Int == 0)
    let techniques = try #require(json["techniques"] as? [[String: Any]])
    #expect(techniques.map { $0["id"] as? String } == ["T1059.001", "T1105", "T1490"])
    #expect(techniques.map { $0["state"] as? String } == ["runs", "blind", "none"])
    let having = techniques.map { ($0["targets"] as? [[String: Any]])?.compactMap { $0["title"] as? String } }
    #expect(having == [["T1059.001"], ["list.txt"], ["list.txt"]])
    let document = try XMLDocument(
      parsing: Array(try compare("--format", "xml").output.utf8), path: "comparison.xml")
    #expect(document.root().name == "comparison")
    let layer = try #require(
      try JSONSerialization.jsonObject(with: Data(try compare("--format", "navigator").output.utf8)) as? [String: Any])
    let cells = try #require(layer["techniques"] as? [[String: Any]])
    #expect(
      cells.first { $0["techniqueID"] as? String == "T1105" }?["comment"] as? String
        == "list.txt; blind: 1 rule is blind")
  }

  @Test func comparesGroupsByNameAndAlias() throws {
    let run = try run(
      builtProgram,
      ["gaps", "rules", "--compare", "--target", "G0016", "--target", "Hidden Cobra", "--tactic", "execution"],
      in: folder.path)
    #expect(run.output.contains("APT29 (G0016): "))
    #expect(run.output.contains("Lazarus Group (G0032): "))
    #expect(run.output.contains("PowerShell"))
    // Of another tactic.
    #expect(!run.output.contains("T1105"))
  }

  @Test(arguments: [
    (["--target", "G0016"], "--compare compares what --target names; give --target at least twice"),
    (
      ["--target", "G0016", "--target", "G0032", "--list", "gaps"],
      "--list has no effect with --compare; leave one of them out"
    ),
    (
      ["--target", "G0016", "--target", "G0032", "--baseline", "rules"],
      "--baseline has no effect with --compare; leave one of them out"
    ),
  ])
  func refusesWhatCantBeCompared(arguments: [String], expected: String) throws {
    let run = try run(builtProgram, ["gaps", "rules", "--compare"] + arguments, in: folder.path)
    #expect(run.code == 2 && run.errors.contains(expected))
  }
}
