import Attack
import Diagnostics
import RuleModel
import Testing

@Suite struct CoverageTests {
  private let matrix: AttackMatrix

  init() throws { matrix = try shippedMatrix() }

  /// The coverage of tags that stand one below the other, from line 1.
  private func coverage(_ tags: String) -> AttackCoverage {
    let tags = tags.split(separator: " ").enumerated().map { line, tag in
      AttackTag(String(tag), at: SourceSpan(SourcePosition(line: line + 1, column: 5)))
    }
    return matrix.coverage(of: tags, in: SourceFile(path: "rule.yml"))
  }

  /// A row as the page shows it: the tactic's name, then the techniques.
  private func shown(_ row: AttackCoverage.Row) -> String {
    let techniques = row.techniques.map { entry in
      let revoked = entry.revoked.map { "\($0)" }.joined(separator: ", ")
      return revoked.isEmpty ? "\(entry.technique)" : "\(revoked) → \(entry.technique)"
    }
    let tactic = matrix.tactic(row.tactic)?.name ?? "?"
    return "\(tactic) | " + (techniques.isEmpty ? "No specific technique" : techniques.joined(separator: ", "))
  }

  /// T1685 is in defense-impairment alone, T1059.001 in execution; T1053.005 in execution, persistence and
  /// privilege-escalation.
  @Test(
    arguments: [
      ("", []),
      ("defense-impairment t1685", ["Defense Impairment | T1685"]),
      ("t1685", ["Defense Impairment | T1685"]),
      ("t1053.005", ["Execution | T1053.005", "Persistence | T1053.005", "Privilege Escalation | T1053.005"]),
      ("persistence t1053.005", ["Persistence | T1053.005"]),
      ("privilege_escalation Execution T1053.005", ["Execution | T1053.005", "Privilege Escalation | T1053.005"]),
      (
        "impact t1053.005",
        [
          "Execution | T1053.005", "Persistence | T1053.005", "Privilege Escalation | T1053.005",
          "Impact | No specific technique",
        ]
      ),
      ("execution t1059.001 t1059", ["Execution | T1059, T1059.001"]),
      (
        "impact ta0002 reconnaissance",
        [
          "Reconnaissance | No specific technique", "Execution | No specific technique",
          "Impact | No specific technique",
        ]
      ),
      ("execution t1086", ["Execution | T1086 → T1059.001"]),
      ("t1562.001 t1685 t1089", ["Defense Impairment | T1089, T1562.001 → T1685"]),
      ("persistence t1043 t9999 g0016", ["Persistence | No specific technique"]),
    ] as [(String, [String])])
  func rowsPutEachTechniqueUnderItsTaggedTactics(tags: String, expected: [String]) {
    #expect(coverage(tags).rows.map(shown) == expected)
  }

  @Test func countsEachKindOfTag() {
    let coverage = coverage(
      "impact t1562.001 execution t1059.001 T1059.001 g0118 g0016 s0209 s0002 c0024 t1043 ds0005 t9999 foo_Bar m1234")
    #expect(coverage.tactics.map(\.description) == ["TA0002", "TA0040"])
    #expect(coverage.techniques.map(\.description) == ["T1059.001", "T1685"])
    #expect(coverage.groups.map(\.description) == ["G0016"])
    #expect(coverage.software.map(\.description) == ["S0002", "S0012"])
    #expect(coverage.campaigns.map(\.description) == ["C0024"])
    #expect(
      coverage.revoked.map { "\($0.written) → \($0.active)" } == [
        "G0118 → G0016", "S0209 → S0012", "T1562.001 → T1685",
      ])
    #expect(coverage.deprecated == ["T1043"])
    #expect(coverage.unknown == ["DS0005", "M1234", "T9999", "foo_Bar"])
  }

  @Test(arguments: [
    (
      "t1562.001", "warning", "attack-revoked",
      "T1562.001 is revoked in ATT&CK Enterprise 19.2; write T1685 (Disable or Modify Tools)"
    ),
    (
      "t1150", "warning", "attack-revoked",
      "T1150 is revoked in ATT&CK Enterprise 19.2; write T1647 (Plist File Modification)"
    ),
    (
      "G0118", "warning", "attack-revoked",
      "G0118 is revoked in ATT&CK Enterprise 19.2; write G0016 (APT29)"
    ),
    (
      "t1043", "warning", "attack-deprecated",
      "T1043 (Commonly Used Port) is deprecated in ATT&CK Enterprise 19.2 without a replacement; choose another"
    ),
    (
      "s0609", "warning", "attack-deprecated",
      "S0609 (TRITON) is deprecated in ATT&CK Enterprise 19.2 without a replacement; choose another"
    ),
    (
      "t9999", "warning", "attack-unknown",
      "T9999 is not in ATT&CK Enterprise 19.2; correct it"
    ),
    (
      "t1437", "warning", "attack-unknown",
      "T1437 is a technique of ATT&CK for Mobile, which ATT&CK Enterprise 19.2 doesn't have; remove it, or write the technique of this matrix that fits"
    ),
    (
      "t0843", "warning", "attack-unknown",
      "T0843 is a technique of ATT&CK for ICS, which ATT&CK Enterprise 19.2 doesn't have; remove it, or write the technique of this matrix that fits"
    ),
    (
      "1059.001", "warning", "attack-unknown",
      "'1059.001' is neither a tactic nor an id of ATT&CK Enterprise 19.2; write 't1059.001'"
    ),
    (
      "t1059/1", "warning", "attack-unknown",
      "'t1059/1' is neither a tactic nor an id of ATT&CK Enterprise 19.2; write 't1059.001'"
    ),
    (
      "t1059,001", "warning", "attack-unknown",
      "'t1059,001' is neither a tactic nor an id of ATT&CK Enterprise 19.2; write 't1059.001'"
    ),
    (
      "1999.001", "warning", "attack-unknown",
      "'1999.001' is neither a tactic nor an id of ATT&CK Enterprise 19.2; correct it"
    ),
    (
      "t1059,t1003", "warning", "attack-unknown",
      "'t1059,t1003' is neither a tactic nor an id of ATT&CK Enterprise 19.2; write each tag as a separate entry"
    ),
    (
      "defense-evesion", "warning", "attack-unknown",
      "'defense-evesion' is neither a tactic nor an id of ATT&CK Enterprise 19.2; if you mean 'defense-evasion', which ended with ATT&CK 19, write 'stealth' or 'defense-impairment', whichever fits"
    ),
    (
      "t1059.099", "warning", "attack-unknown",
      "T1059.099 is not in ATT&CK Enterprise 19.2; correct it, or write T1059 (Command and Scripting Interpreter)"
    ),
    (
      "t1562.099", "warning", "attack-unknown",
      "T1562.099 is not in ATT&CK Enterprise 19.2; correct it"
    ),
    (
      "g9999", "warning", "attack-unknown",
      "G9999 is not in ATT&CK Enterprise 19.2; correct it"
    ),
    (
      "ta9999", "warning", "attack-unknown",
      "TA9999 is not in ATT&CK Enterprise 19.2; correct it"
    ),
    (
      "credental_access", "warning", "attack-unknown",
      "'credental-access' is neither a tactic nor an id of ATT&CK Enterprise 19.2; write 'credential-access'"
    ),
    (
      "t1059.1", "warning", "attack-unknown",
      "'t1059.1' is neither a tactic nor an id of ATT&CK Enterprise 19.2; write 't1059.001'"
    ),
    (
      "defense_evasion", "warning", "attack-unknown",
      "the tactic 'defense-evasion' ended with ATT&CK 19; write 'stealth' or 'defense-impairment', whichever fits"
    ),
    (
      "ds0005", "note", "attack-unknown",
      "DS0005 is a data source, which isn't looked up and covers no technique; remove it, or name the technique"
    ),
    (
      "m1234", "note", "attack-unknown",
      "M1234 is a mitigation, which isn't looked up and covers no technique; remove it, or name the technique"
    ),
    (
      "a1234", "note", "attack-unknown",
      "A1234 is an asset, which isn't looked up and covers no technique; remove it, or name the technique"
    ),
  ])
  func saysWhatToWriteInstead(tag: String, severity: String, id: String, message: String) {
    let expected = "rule.yml:2:5: \(severity): \(message) [\(id)]"
    #expect(coverage("execution " + tag).findings.map(\.description) == [expected])
  }

  /// T1070.004 (File Deletion) went to stealth, T1562.004's replacement to defense-impairment; T1059 was in neither.
  @Test(arguments: [
    ("t1562.004", "write 'defense-impairment', where the rule's techniques are now"),
    ("t1070.004", "write 'stealth', where the rule's techniques are now"),
    ("t1070.004 t1685", "write 'stealth' and 'defense-impairment', where the rule's techniques are now"),
    ("t1059", "write 'stealth' or 'defense-impairment', whichever fits"),
  ])
  func choosesTheSuccessorsOfATacticByTheTechniques(tags: String, advice: String) {
    let finding = coverage("defense-evasion " + tags).findings.first
    #expect(finding?.message == "the tactic 'defense-evasion' ended with ATT&CK 19; \(advice)")
  }

  @Test func reportsEachTagInTheOrderOfPlaces() {
    let findings = coverage("t9999 t1086 t9999").findings
    #expect(findings.map(\.location.description) == ["rule.yml:1:5", "rule.yml:2:5", "rule.yml:3:5"])
    #expect(coverage("execution t1059 g0016 s0002 c0024 ta0002").findings.isEmpty)
  }
}
