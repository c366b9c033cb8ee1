import Attack
import Diagnostics
import RuleModel
import Testing

/// Tactics and techniques by their whole names, as some dialects' rules write them.
@Suite struct NameTests {
  private let matrix: AttackMatrix

  init() throws { matrix = try shippedMatrix() }

  private func coverage(_ name: String) -> AttackCoverage {
    let tag = AttackTag(name: name, at: SourceSpan(SourcePosition(line: 3, column: 14)))
    return matrix.coverage(of: [tag], in: SourceFile(path: "rule.yaral"))
  }

  @Test(arguments: [
    ("Valid Accounts", "T1078"), ("Valid Accounts: Cloud Accounts", "T1078.004"), ("LSASS Memory", "T1003.001"),
    ("os credential dumping: lsass memory", "T1003.001"),
    // Two have had this name, but one of them was revoked.
    ("Disable or Modify Tools", "T1685"), ("Impair Defenses", "T1685"),
    ("Impair Defenses: Disable or Modify Tools", "T1685"),
  ])
  func findsTechniques(name: String, id: String) throws {
    #expect(coverage(name).techniques == [try TechniqueID(known: id)])
    #expect(coverage(name).unknown == [])
  }

  @Test func findsTactics() throws {
    #expect(coverage("Credential Access").tactics == [try AttackObjectID(known: "TA0006")])
    #expect(coverage("command and control").tactics == [try AttackObjectID(known: "TA0011")])
  }

  @Test(arguments: [
    (
      "Cloud Accounts",
      "'Cloud Accounts' is the name of T1078.004, T1585.003 and T1586.003; write the id"
    ),
    (
      "Valid Acounts",
      "'Valid Acounts' is neither a tactic nor a technique of ATT&CK Enterprise 19.2; did you mean 'Valid Accounts'?"
    ),
    (
      "Mischief", "'Mischief' is neither a tactic nor a technique of ATT&CK Enterprise 19.2; correct it, or write an id"
    ),
  ])
  func reportsNamesThatNoneOrSeveralHave(name: String, message: String) {
    #expect(coverage(name).unknown == [name])
    #expect(coverage(name).findings.map(\.description) == ["rule.yaral:3:14: warning: \(message) [attack-unknown]"])
  }

  @Test func reportsRevokedNames() {
    #expect(
      coverage("Impair Defenses").findings.map(\.description) == [
        "rule.yaral:3:14: warning: 'Impair Defenses' (T1562) is revoked in ATT&CK Enterprise 19.2; write T1685 (Disable or Modify Tools) [attack-revoked]"
      ])
    #expect(coverage("Defense Evasion").findings.count == 1)
  }

  @Test func carriesNamesToTheirSuccessors() {
    let span = SourceSpan(SourcePosition(line: 1, column: 1))
    #expect(
      matrix.successions(of: [
        AttackTag(name: "Impair Defenses", at: span), AttackTag(name: "Valid Accounts", at: span),
      ])
        == [.certain(.rename(to: "T1685")), .none])
    #expect(
      matrix.successions(of: [AttackTag(name: "Impair Defenses", at: span), AttackTag("T1685", at: span)])
        == [.certain(.removal), .none])
  }
}
