import Analysis
import Checks
import Diagnostics
import Events
import RuleModel
import TestSupport
import Testing

/// Comments in rules that silence findings.
@Suite struct IgnoreCommentTests {
  /// The findings in files, in order: `a.yml:1:1: message`, without those of rules that say nothing about themselves.
  private func findings(
    _ files: [(name: String, text: String)], settings: CheckSettings = CheckSettings()
  ) async throws -> [String] {
    let folder = TemporaryFolder()
    for file in files { folder.write(file.text, to: file.name) }
    let map = try EventMap(
      parsing: [("m.yml", Array("logsources: [{product: door, products: [Door], events: [{provider: Door}]}]".utf8))])
    let found = try await CheckedRules(
      in: folder, events: map, fields: try FieldMap(parsing: []), settings: settings
    ).findings
    return (Array(found.ofRules.all.joined()) + Array(found.duplicates.values)).sorted().filter {
      !$0.id.name.hasSuffix("-missing")
    }
    .map { "\($0.location.description(spelled: .published)): \($0.message) [\($0.id.name)]" }
  }

  /// A rule whose list has a value twice, in line 7.
  private func rule(_ comment: String = "", title: String = "One", end: String = "") -> String {
    """
    title: \(title)
    logsource: {product: door}
    detection:
        selection:
            badge:
                - 1
                - 1
        condition: selection
    \(comment)
    \(end)
    """
  }

  private let repeated = "a.yml:7:15: the list has '1' already in line 6; remove one [value-repeated]"

  @Test func silencesACheckForTheRuleThatItIsIn() async throws {
    #expect(try await findings([("a.yml", rule())]) == [repeated])
    for comment in [
      "# ruledex: ignore value-repeated — for readers", "#ruledex: ignore value-repeated - for readers",
      "level: low # ruledex: ignore value-repeated -- for readers", "# ruledex: ignore value-repeated: 2 doors",
    ] {
      #expect(try await findings([("a.yml", rule(comment))]) == [], "\(comment)")
    }
    let both = "# ruledex: ignore value-repeated, rule-title-repeated — for readers"
    #expect(
      try await findings([
        ("a.yml", rule(both)), ("b.yml", rule().replacing("            - 1\n            - 1", with: "            - 2")),
      ])
        == ["b.yml:1:8: the rule has the title of 'a.yml'; say what distinguishes them [rule-title-repeated]"])
  }

  @Test(arguments: [
    ("# ruledex: ignore value-repeated", "9:3: the comment gives no reason; write it after a dash", false),
    (
      "# ruledex: ignore value-repeatd — x", "9:19: no check is called 'value-repeatd'; did you mean 'value-repeated'?",
      true
    ),
    (
      "# ruledex: ignore rule-level — x",
      "9:19: the rule has no finding of 'rule-level', so the comment silences nothing; remove it", true
    ),
    ("# ruledex: ignore — x", "9:3: the comment names no check; write 'ruledex: ignore ID — REASON'", true),
    ("# ruledex: skip value-repeated — x", "9:3: the comment is unknown; write 'ruledex: ignore ID — REASON'", true),
    (
      "# ruledex: ignore ignore-comment — x",
      "9:19: a comment can't silence what is found in comments; correct them, or turn the check off", true
    ),
  ])
  func reportsACommentThatIsWrong(comment: String, expected: String, leavesFinding: Bool) async throws {
    let fault = "a.yml:\(expected) [ignore-comment]"
    #expect(try await findings([("a.yml", rule(comment))]) == (leavesFinding ? [repeated] : []) + [fault])
  }

  @Test func isNoCommentInAText() async throws {
    let text = "description: write ruledex: ignore value-repeated — like this, or a#ruledex: ignore value-repeated — x"
    #expect(try await findings([("a.yml", rule("description: |\n  \(text)"))]) == [repeated])
  }

  @Test func belongsToTheRuleThatItIsInOrStandsAbove() async throws {
    let comment = "# ruledex: ignore value-repeated — for readers"
    let other = rule(title: "Two").replacing("- 1", with: "- 2")
    let second = "a.yml:17:15: the list has '2' already in line 16; remove one [value-repeated]"
    // The last line of the first rule, then the first of the second, above its title.
    #expect(try await findings([("a.yml", rule(comment, end: "---\n\(other)"))]) == [second])
    #expect(try await findings([("a.yml", rule("---", end: "\(comment)\n\(other)"))]) == [repeated])
  }

  @Test func knowsTheCommentsOfYARAL() async throws {
    func text(_ comment: String) -> String {
      """
      rule one { \(comment)
        meta: description = "d"
        events:
          $e.metadata.product_name = "Door"
          ($e.principal.user.userid = "x" or $e.principal.user.userid = "x")
        condition: $e
      }
      """
    }
    #expect(
      try await findings([("a.yaral", text(""))])
        == ["a.yaral:5:38: the list has 'x' already in line 5; remove one [value-repeated]"])
    #expect(try await findings([("a.yaral", text("// ruledex: ignore value-repeated — for readers"))]) == [])
  }

  @Test(arguments: ["json", "jsonc"]) func knowsTheCommentsOfJSON(ending: String) async throws {
    func text(_ comment: String) -> String {
      """
      {
        \(comment)
        "rule_id": "7a3c1f52-9be4-4d0a-8f51-2c6e0d9b7e14", "name": "One", "type": "query", "language": "kuery",
        "index": ["logs-door-*"], "query": "badge: (1 or 1)"
      }
      """
    }
    let name = "a.\(ending)"
    #expect(
      try await findings([(name, text(""))]).map { $0.hasSuffix(" [value-repeated]") } == [true])
    #expect(try await findings([(name, text("// ruledex: ignore value-repeated — for readers"))]) == [])
  }

  /// Whether another rule has such a finding doesn't change what is said of a comment.
  @Test func isNeverNeedlessWhereWhatIsCollectedDecides() async throws {
    #expect(
      try await findings([("a.yml", rule("# ruledex: ignore telemetry-exclusion, value-repeated — for readers"))]) == []
    )
  }

  @Test func silencesDuplicatesToo() async throws {
    let comment = "# ruledex: ignore rule-duplicate, value-repeated — for another team"
    let found = try await findings([("a.yml", rule(comment)), ("b.yml", rule(title: "Two"))])
    #expect(found.filter { $0.hasPrefix("a.yml") } == [])
    #expect(found.contains { $0.hasPrefix("b.yml:1:1: the rule has the same tests") })
  }

  @Test func saysNothingOfACommentForACheckThatIsOff() async throws {
    let comment = "# ruledex: ignore value-repeated — for readers"
    #expect(
      try await findings([("a.yml", rule(comment))], settings: CheckSettings([.valueRepeated: .off])) == [])
    #expect(
      try await findings(
        [("a.yml", rule("# ruledex: ignore value-repeated"))], settings: CheckSettings([.ignoreComment: .off])) == [])
  }
}
