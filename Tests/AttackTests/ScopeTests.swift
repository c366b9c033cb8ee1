import Attack
import Diagnostics
import RuleModel
import Testing

/// A tactic before the intrusion and two within it; a technique of two tactics, one with sub-techniques, a revoked one, a deprecated one,
/// and one before the intrusion; a group that uses two of them.
@Suite struct ScopeTests {
  private let matrix: AttackMatrix

  init() throws {
    matrix = try AttackMatrix(
      parsing: Array(
        """
        {"format": 1, "domain": "enterprise-attack", "version": "1.0", "notice": "n",
         "tactics": [{"id": "TA0043", "name": "Reconnaissance", "shortname": "reconnaissance"},
                     {"id": "TA0002", "name": "Execution", "shortname": "execution"},
                     {"id": "TA0006", "name": "Credential Access", "shortname": "credential-access"}],
         "techniques": [
          {"id": "T1001", "name": "Scanning", "tactics": "TA0043", "platforms": ["PRE"]},
          {"id": "T1002", "name": "Old", "revokedBy": "T1003.001"},
          {"id": "T1003", "name": "Dumping", "tactics": "TA0006", "platforms": ["Linux", "Windows"]},
          {"id": "T1003.001", "name": "LSASS", "tactics": "TA0006", "platforms": ["Windows"]},
          {"id": "T1003.002", "name": "Shadow", "tactics": "TA0006", "platforms": ["Linux"]},
          {"id": "T1043", "name": "Gone", "deprecated": true},
          {"id": "T1059", "name": "Interpreter", "tactics": "TA0043 TA0002", "platforms": ["Linux", "macOS"]}],
         "groups": [{"id": "G0001", "name": "Thieves", "techniques": "T1003.001 T1059"}],
         "campaigns": [], "software": [], "dataComponents": [], "logSources": [], "strategies": []}
        """.utf8))
  }

  private func definition(
    platforms: [String] = [], exclude: [String] = [], accepted: [(id: String, until: String?)] = []
  ) -> ScopeDefinition {
    func entry(_ text: String, _ line: Int) -> ScopeDefinition.Entry {
      ScopeDefinition.Entry(text, at: SourceSpan(SourcePosition(line: line, column: 3)))
    }
    var definition = ScopeDefinition(path: "ruledex.yml")
    definition.platforms = platforms.enumerated().map { entry($1, $0 + 1) }
    definition.exclude = exclude.enumerated().map { entry($1, $0 + 1) }
    definition.accepted = accepted.enumerated().map { number, gap in
      ScopeDefinition.Acceptance(
        entry(gap.id, number + 1), reason: "no sensor", until: gap.until.flatMap { CalendarDate($0) }, owner: "SOC")
    }
    return definition
  }

  /// Why each active technique is left out; those in scope have no entry.
  private func exclusions(_ definition: ScopeDefinition, targets: AttackTarget? = nil, on day: String? = nil)
    -> [String: String]
  {
    let scope = matrix.scope(definition, targets: targets, on: day.flatMap { CalendarDate($0) }).scope
    let active = matrix.techniques.filter(\.isActive)
    #expect(active.allSatisfy { scope.contains($0.id) == (scope.exclusion(of: $0.id) == nil) })
    return Dictionary(
      uniqueKeysWithValues: active.compactMap { technique in
        scope.exclusion(of: technique.id).map { (technique.id.description, "\($0.name): \($0.words)") }
      })
  }

  private func findings(_ definition: ScopeDefinition, on day: String? = nil) -> [String] {
    matrix.scope(definition, targets: nil, on: day.flatMap { CalendarDate($0) }).findings.map(\.description)
  }

  @Test func hasTechniquesOfOneOfThePlatformsInAnyCase() {
    #expect(
      exclusions(definition(platforms: ["windows", "MACOS"])) == [
        "T1001": "platform: only on PRE", "T1003.002": "platform: only on Linux",
      ])
  }

  /// T1059 has another tactic too; a technique takes its sub-techniques along.
  @Test(arguments: [
    (["TA0043"], ["T1001": "excluded: excluded with TA0043"]),
    (["reconnaissance"], ["T1001": "excluded: excluded with TA0043"]),
    (
      ["Reconnaissance", "ta0002"],
      ["T1001": "excluded: excluded with TA0043", "T1059": "excluded: excluded with TA0043, TA0002"]
    ),
    (
      ["T1003"],
      [
        "T1003": "excluded: excluded with T1003", "T1003.001": "excluded: excluded with T1003",
        "T1003.002": "excluded: excluded with T1003",
      ]
    ),
    (["t1003.001"], ["T1003.001": "excluded: excluded with T1003.001"]),
    (["T1002"], ["T1003.001": "excluded: excluded with T1003.001"]),
  ])
  func leavesOutTacticsAndTechniques(exclude: [String], expected: [String: String]) {
    #expect(exclusions(definition(exclude: exclude)) == expected)
  }

  @Test func hasWhatTheTargetsUse() {
    let left = exclusions(definition(), targets: matrix.target(named: "G0001"))
    #expect(
      left == ["T1001", "T1003", "T1003.002"].reduce(into: [:]) { $0[$1] = "target: not used by a target" })
  }

  /// The entry of a sub-technique goes before that of its technique; what is out of scope isn't accepted.
  @Test func acceptsATechniqueWithItsSubtechniques() {
    let accepted = definition(
      exclude: ["TA0043"], accepted: [("T1003", "2027-03-31"), ("T1003.002", nil), ("T1001", nil)])
    #expect(
      exclusions(accepted, on: "2027-03-31") == [
        "T1001": "excluded: excluded with TA0043",
        "T1003": "accepted: accepted until 2027-03-31 by SOC: no sensor",
        "T1003.001": "accepted: accepted until 2027-03-31 by SOC: no sensor",
        "T1003.002": "accepted: accepted by SOC: no sensor",
      ])
  }

  @Test(arguments: [
    (nil, ["T1003": "unchecked", "T1059": "open"], ["T1003", "T1003.001", "T1003.002", "T1059"]),
    ("2027-03-31", ["T1003": "open", "T1059": "open"], ["T1003", "T1003.001", "T1003.002", "T1059"]),
    ("2027-04-01", ["T1003": "passed", "T1059": "open"], ["T1059"]),
  ])
  func countsAgainAfterItsDate(day: String?, verdicts: [String: String], left: [String]) {
    let definition = definition(accepted: [("T1003", "2027-03-31"), ("T1059", nil)])
    let scope = matrix.scope(definition, targets: nil, on: day.flatMap { CalendarDate($0) }).scope
    #expect(
      Dictionary(uniqueKeysWithValues: scope.accepted.map { ($0.technique.description, $0.verdict) }) == verdicts)
    #expect(exclusions(definition, on: day).keys.sorted() == left)
    #expect(
      findings(definition, on: day)
        == (day == "2027-04-01"
          ? [
            "ruledex.yml:1:3: warning: the acceptance of T1003 Dumping by SOC ended on 2027-03-31, so that it counts again; close the gap, or set a new date [accepted-gap]"
          ] : []))
  }

  @Test func saysWhatItIsLimitedTo() {
    func title(_ definition: ScopeDefinition) -> String? { matrix.scope(definition, targets: nil, on: nil).scope.title }
    #expect(
      title(definition(platforms: ["windows", "linux"], exclude: ["TA0043", "t1059"]))
        == "Linux, Windows; without Reconnaissance (TA0043), T1059")
    #expect(title(definition(accepted: [("T1003", nil)])) == nil)
  }

  @Test(arguments: [
    (
      ScopeCase(platforms: ["Window"]),
      "error: ATT&CK Enterprise 1.0 has no platform 'Window'; did you mean 'Windows'? [attack-scope]"
    ),
    (
      ScopeCase(exclude: ["reconaissance"]),
      "error: ATT&CK Enterprise 1.0 has no tactic or technique 'reconaissance'; did you mean 'Reconnaissance'? [attack-scope]"
    ),
    (
      ScopeCase(exclude: ["T1050"]),
      "error: ATT&CK Enterprise 1.0 has no tactic or technique 'T1050'; did you mean 'T1059'? [attack-scope]"
    ),
    (
      ScopeCase(accepted: ["TA0043"]),
      "error: ATT&CK Enterprise 1.0 has no technique 'TA0043'; did you mean 'T1003'? [attack-scope]"
    ),
    (
      ScopeCase(accepted: ["T1059", "t1059"]),
      "error: T1059 is accepted twice; keep one of the entries [attack-scope]"
    ),
    (
      ScopeCase(exclude: ["T1002"]),
      "warning: T1002 was revoked; write T1003.001, which counts for it [attack-revoked]"
    ),
    (
      ScopeCase(accepted: ["T1043"]),
      "warning: T1043 was deprecated without a replacement; remove it [attack-deprecated]"
    ),
    (
      ScopeCase(platforms: ["macOS"], exclude: ["T1059"]),
      "error: the scope leaves no technique of ATT&CK Enterprise 1.0; use fewer restrictions [attack-scope]"
    ),
  ])
  fileprivate func saysWhatATTACKLacks(written: ScopeCase, expected: String) {
    let definition = definition(
      platforms: written.platforms, exclude: written.exclude, accepted: written.accepted.map { ($0, nil) })
    let line = written.accepted.count > 1 ? 2 : 1
    #expect(findings(definition) == ["ruledex.yml:\(line):3: " + expected])
  }
}

/// What a configuration says.
private struct ScopeCase: Sendable {
  var platforms: [String] = []
  var exclude: [String] = []
  var accepted: [String] = []
}
