import Attack
import RuleModel
import Testing

@Suite struct ShippedDataTests {
  private let matrix: AttackMatrix

  init() throws { matrix = try shippedMatrix() }

  @Test(arguments: ["enterprise-attack.json", "retired.json", "LICENSE.txt"])
  func theBinaryCarriesTheFileAsItIs(name: String) throws {
    let path = "catalog/knowledge/attack/" + name
    #expect(try embedded(path) == bytes(of: projectFolder + "/" + path))
  }

  /// The numbers of MITRE's 19.1 and 19.2, counted by other programs.
  @Test func holdsTheWholeOfATTACK19() {
    #expect(matrix.title == "ATT&CK Enterprise 19.2")
    #expect(matrix.domain == "enterprise-attack")
    #expect(matrix.released == CalendarDate("2026-08-05"))
    #expect(
      numbers(matrix) == [
        "tactics": 15, "techniques": 222, "subtechniques": 475, "revokedTechniques": 149, "deprecatedTechniques": 12,
        "groups": 174,
        "campaigns": 56, "software": 821, "strategies": 697, "analytics": 1745,
      ])
    #expect(matrix.techniques.count == 858)
    #expect(matrix.groups.count == 189)
    #expect(matrix.software.count == 824)
    let logSources = matrix.strategies.flatMap(\.analytics).flatMap(\.logSources)
    #expect(logSources.count == 4160)
    // MITRE writes 266, two of which differ by a space at the end alone.
    #expect(Set(logSources.map(\.name)).count == 265)
    #expect(logSources.count { $0.name == "WinEventLog:Sysmon" } == 869)
  }

  @Test func tacticsStandInMatrixOrder() {
    #expect(
      matrix.tactics.map(\.name) == [
        "Reconnaissance", "Resource Development", "Initial Access", "Execution", "Persistence", "Privilege Escalation",
        "Stealth", "Defense Impairment", "Credential Access", "Discovery", "Lateral Movement", "Collection",
        "Command and Control", "Exfiltration", "Impact",
      ])
  }

  @Test func carriesTheDesignationThatTheLicenceAsksFor() throws {
    #expect(
      matrix.notice
        == "© 2026 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE "
        + "Corporation. MITRE ATT&CK and ATT&CK are registered trademarks of The MITRE Corporation.")
    let licence = String(decoding: try embedded("catalog/knowledge/attack/LICENSE.txt"), as: UTF8.self)
    #expect(licence.contains("grants you a non-exclusive, royalty-free license to use ATT&CK®"))
  }

  /// From MITRE's pages; T1073, T1150 and T1162 go by way of another revoked id.
  @Test(arguments: [
    ("T1059.001", "T1059.001"), ("T1086", "T1059.001"), ("T1562.001", "T1685"), ("T1656", "T1684.001"),
    ("T1073", "T1574.001"), ("T1574.002", "T1574.001"), ("T1150", "T1647"), ("T1162", "T1647"), ("T1547.011", "T1647"),
  ])
  func followsReplacementsToAnActiveTechnique(written: String, active: String) throws {
    #expect(matrix.resolve(try TechniqueID(known: written)) == .active(try TechniqueID(known: active)))
  }

  @Test(arguments: [
    ("G0016", "G0016"), ("G0118", "G0016"), ("S0209", "S0012"), ("S9000", "S0508"), ("C0024", "C0024"),
    ("TA0005", "TA0005"),
  ])
  func followsReplacementsOfObjects(written: String, active: String) throws {
    #expect(matrix.resolve(try AttackObjectID(known: written)) == .active(try AttackObjectID(known: active)))
  }

  @Test func tellsTheDeprecatedFromTheUnknown() throws {
    #expect(matrix.resolve(try TechniqueID(known: "T1043")) == .deprecated)
    #expect(matrix.resolve(try TechniqueID(known: "T9999")) == .unknown)
    #expect(matrix.resolve(try AttackObjectID(known: "S0609")) == .deprecated)
    #expect(matrix.resolve(try AttackObjectID(known: "G9999")) == .unknown)
    #expect(matrix.resolve(try AttackObjectID(known: "TA9999")) == .unknown)
    #expect(matrix.resolve(try AttackObjectID(known: "DS0005")) == .unknown)
  }

  @Test func everyRevokedTechniqueLeadsToAnActiveOne() {
    for technique in matrix.techniques {
      guard case .revoked = technique.status else { continue }
      guard case .active(let id) = matrix.resolve(technique.id) else {
        Issue.record("\(technique.id) leads nowhere")
        continue
      }
      #expect(matrix.technique(id)?.isActive == true)
    }
  }

  @Test func knowsATechniqueAndItsSubtechniques() throws {
    let id = try TechniqueID(known: "T1003")
    let technique = try #require(matrix.technique(id))
    #expect(technique.name == "OS Credential Dumping")
    #expect(technique.tactics.map(\.description) == ["TA0006"])
    #expect(technique.platforms == ["Linux", "Windows", "macOS"])
    #expect(
      matrix.subtechniques(of: id).map(\.id.description) == [
        "T1003.001", "T1003.002", "T1003.003", "T1003.004", "T1003.005", "T1003.006", "T1003.007", "T1003.008",
      ])
    // T1070.001 and .002 are revoked; T1200 has none and T1201 follows it.
    #expect(matrix.subtechniques(of: try TechniqueID(known: "T1070")).first?.id == TechniqueID("T1070.003"))
    #expect(matrix.subtechniques(of: try TechniqueID(known: "T1200")).isEmpty)
    #expect(matrix.index(of: id).map { matrix.techniques[$0].id } == id)
  }

  @Test func findsTacticsByNameAndId() throws {
    let tactic = try #require(matrix.tactic(named: "stealth"))
    #expect(tactic.id == AttackObjectID("TA0005"))
    #expect(matrix.tactic(tactic.id) == tactic)
    #expect(matrix.tactic(named: "defense-evasion") == nil)
    #expect(matrix.techniques(in: try AttackObjectID(known: "TA0112")).map(\.id.description).contains("T1685.005"))
  }

  @Test func knowsWhoUsesATechnique() throws {
    let group = try #require(matrix.object(try AttackObjectID(known: "G0002")))
    #expect(group.name == "Moafee")
    #expect(group.techniques.map(\.description) == ["T1027.001"])
    #expect(group.software.map(\.description) == ["S0012"])
    #expect(matrix.users(of: try TechniqueID(known: "T1027.001")).contains(group.id))
    #expect(!matrix.users(of: try TechniqueID(known: "T1027")).contains(group.id))
    #expect(matrix.users(of: try TechniqueID(known: "T1086")).isEmpty)
    let campaign = try #require(matrix.object(try AttackObjectID(known: "C0024")))
    #expect(campaign.name == "SolarWinds Compromise")
    #expect(campaign.groups.map(\.description) == ["G0016"])
    #expect(matrix.target(named: "Midnight Blizzard")?.title == "APT29 (G0016)")
  }

  @Test func knowsHowATechniqueIsSeen() throws {
    let strategies = matrix.strategies(for: try TechniqueID(known: "T1001"))
    #expect(strategies.map(\.id.description) == ["DET0053"])
    let analytics = try #require(strategies.first).analytics
    #expect(analytics.map(\.id.description) == ["AN0144", "AN0145", "AN0146"])
    #expect(analytics.map(\.platforms) == [["Windows"], ["Linux"], ["macOS"]])
    let linux = analytics[1].logSources
    #expect(
      linux.map { [$0.name, $0.channel, $0.component.name] } == [
        ["auditd:SYSCALL", "connect", "Network Connection Creation"]
      ])
  }

  @Test func idsTellTheAddressOfTheirPages() throws {
    #expect(try TechniqueID(known: "T1059.001").address == "https://attack.mitre.org/techniques/T1059/001")
    #expect(try TechniqueID(known: "T1059").address == "https://attack.mitre.org/techniques/T1059")
    #expect(try AttackObjectID(known: "TA0005").address == "https://attack.mitre.org/tactics/TA0005")
    #expect(try AttackObjectID(known: "DET0053").address == "https://attack.mitre.org/detectionstrategies/DET0053")
    #expect(try AttackObjectID(known: "AN0144").address == nil)
  }
}
