import Attack
import Diagnostics
import RuleModel
import Testing

/// What ATT&CK 19.2 makes of the tags of older rules.
@Suite struct TagSuccessionTests {
  private func shown(_ succession: TagSuccession) -> String {
    switch succession {
    case .none: "-"
    case .undecided: "?"
    case .certain(.removal): "remove"
    case .certain(.rename(let name)): name
    }
  }

  /// By MITRE's data: T1562.001 and T1089 were revoked by T1685, T1073 by way of another one by T1574.001; T1043 was
  /// deprecated. T1070 is in stealth, T1685 in defense-impairment, T1059 in neither; G0058 was revoked by G0059.
  @Test(
    arguments: [
      ("t1059 execution g0016 nonsense t9999", "- - - - -"),
      ("t1562.001", "t1685"), ("T1562.001", "T1685"), ("t1073", "t1574.001"),
      ("t1043", "?"),
      // Its successor, or another one that becomes the same, has a tag already.
      ("t1562.001 t1685", "remove -"), ("t1685 t1562.001", "- remove"), ("t1089 t1562.001", "t1685 remove"),
      // Tactics, in each spelling.
      ("defense-evasion t1070", "stealth -"), ("Defense_Evasion t1070", "stealth -"),
      ("defense_evasion t1685", "defense-impairment -"), ("t1562.001 defense_evasion", "t1685 defense-impairment"),
      ("defense-evasion t1059", "? -"), ("defense-evasion", "?"), ("defense-evasion stealth", "? -"),
      // By name or id, it is the same tactic.
      ("stealth defense-evasion t1070", "- remove -"), ("ta0005 defense-evasion t1070", "- remove -"),
      ("defense_evasion defense-evasion t1070", "stealth remove -"),
      // Both are meant.
      ("defense-evasion t1070 t1685", "? - -"), ("defense-evasion stealth t1070 t1685", "defense-impairment - - -"),
      ("defense-evasion stealth defense-impairment t1070 t1685", "remove - - - -"),
      ("g0058 g0059", "remove -"), ("G0058", "G0059"),
    ])
  func carriesTagsAsFarAsTheRuleDecides(tags: String, expected: String) throws {
    let tags = tags.split(separator: " ").map {
      AttackTag(String($0), at: SourceSpan(SourcePosition(line: 1, column: 1)))
    }
    #expect(try shippedMatrix().successions(of: tags).map(shown).joined(separator: " ") == expected)
  }
}
