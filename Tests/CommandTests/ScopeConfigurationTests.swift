import Attack
import Diagnostics
import RuleModel
import Testing

@testable import Commands

/// What `scope` and `accepted` in `ruledex.yml` may say.
@Suite struct ScopeConfigurationTests {
  private func scope(_ text: String) throws -> ScopeDefinition {
    try Configuration(parsing: Array(text.utf8), path: "ruledex.yml", folder: "").scope
  }

  private func errors(_ text: String) -> [String] {
    do throws(ConfigurationError) {
      _ = try Configuration(parsing: Array(text.utf8), path: "ruledex.yml", folder: "")
      return []
    } catch {
      return error.diagnostics.map(\.description)
    }
  }

  @Test func takesEachKey() throws {
    let scope = try scope(
      """
      scope:
        platforms: [Windows, Linux]
        targets: [G0016, targets/layer.json]
        target-via: [campaigns, software]
        exclude: TA0043
      accepted:
        - technique: T1583.001
          reason: |
            Domains are
            bought elsewhere.
          until: 2027-03-31
          owner: SOC
        - {technique: T1200, reason: No doors}
      """)
    #expect(scope.platforms.map(\.text) == ["Windows", "Linux"])
    #expect(scope.platforms[1].span.start == SourcePosition(line: 2, column: 24))
    #expect(scope.targets.map(\.text) == ["G0016", "targets/layer.json"])
    #expect(scope.routes == [.campaigns, .software])
    #expect(scope.exclude.map(\.text) == ["TA0043"])
    #expect(scope.accepted.map(\.technique.text) == ["T1583.001", "T1200"])
    #expect(scope.accepted.map(\.reason) == ["Domains are bought elsewhere.", "No doors"])
    #expect(scope.accepted.map(\.until) == [CalendarDate("2027-03-31"), nil])
    #expect(scope.accepted.map(\.owner) == ["SOC", nil])
    #expect(!scope.isEmpty)
    #expect(try self.scope("scope: {}\naccepted: []\n").isEmpty)
  }

  @Test(arguments: [
    ("scope: Windows", "1:8: error: 'scope' must be a map, such as {platforms: [Windows], exclude: [TA0043]}"),
    ("scope: {platform: [Windows]}", "1:9: error: unknown key 'platform'; did you mean 'platforms'?"),
    ("scope: {exclude: [{a: b}]}", "1:19: error: 'exclude' must be a text"),
    (
      "scope: {targets: [G0016], target-via: [groups]}",
      "1:40: error: 'target-via' must be campaigns, software, or a list of both"
    ),
    (
      "scope: {target-via: campaigns}",
      "1:8: error: 'target-via' has no effect without 'targets'; name a group or campaign there"
    ),
    ("accepted: T1200", "1:11: error: 'accepted' must be a list, such as [{technique: T1583.001, reason: WHY}]"),
    (
      "accepted: [T1200]",
      "1:12: error: an entry of 'accepted' must be a map, such as {technique: T1583.001, reason: WHY}"
    ),
    ("accepted: [{reason: x}]", "1:12: error: an entry of 'accepted' needs a 'technique'; add it"),
    ("accepted: [{technique: T1200}]", "1:24: error: an accepted gap needs a 'reason'; say why it is accepted"),
    (
      "accepted: [{technique: T1200, reason: ' '}]",
      "1:39: error: an accepted gap needs a 'reason'; say why it is accepted"
    ),
    (
      "accepted: [{technique: T1200, reason: x, until: 2027-02-30}]",
      "1:49: error: '2027-02-30' isn't a date; write it as 2027-03-31"
    ),
    (
      "accepted: [{technique: T1200, reason: x, untill: 2027}]",
      "1:42: error: unknown key 'untill'; did you mean 'until'?"
    ),
  ])
  func saysWhereAndWhatIsWrong(text: String, expected: String) {
    #expect(errors(text) == ["ruledex.yml:" + expected + " [configuration]"])
  }
}
