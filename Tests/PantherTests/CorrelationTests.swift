import RuleModel
import TestSupport
import Testing

/// Panther's correlation rules.
@Suite struct CorrelationTests {
  @Test func readsACorrelation() throws {
    let rule = try read(
      """
      AnalysisType: correlation_rule
      RuleID: C
      DisplayName: T
      Severity: High
      Detection:
        - Sequence:
            - {ID: One, RuleID: A}
            - {ID: Two, RuleID: B}
          Transitions:
            - {ID: x, From: One, To: Two, WithinTimeFrameMinutes: 15, Match: [{On: user}]}
          LookbackWindowMinutes: 60
      """)
    let correlation = try #require(rule.correlation)
    #expect(rule.ruleClass == .correlation)
    #expect(correlation.kind == .temporalOrdered)
    #expect(correlation.rules.map(\.target) == ["A", "B"])
    #expect(correlation.groupBy == ["user"])
    #expect(correlation.timespan == "15m")
    #expect(correlation.condition == nil)
    #expect(correlation.generate)
    #expect(rule.facts == [RuleFact("Rule type", ["Correlation rule"]), RuleFact("Lookback", ["1h"])])
    #expect(rule.findings.isEmpty)
  }

  @Test func showsWhatACorrelationNeeds() throws {
    let rule = try read(
      """
      AnalysisType: correlation_rule
      RuleID: C
      DisplayName: T
      Severity: High
      Detection:
        - Sequence:
            - {ID: One, RuleID: A, MinMatchCount: 5}
            - {ID: Two, RuleID: B, MinMatchCount: 1}
            - {ID: Three, RuleID: C, MinMatchCount: 10}
          Transitions:
            - {ID: x, From: One, To: Two, WithinTimeFrameMinutes: 15}
            - {ID: y, From: Two, To: Three, WithinTimeFrameMinutes: 60}
          Schedule: {RateMinutes: 1440, TimeoutMinutes: 5}
          LookbackWindowMinutes: 2160
      """)
    #expect(rule.timeWindow == "75m")
    #expect(
      rule.facts == [
        RuleFact("Rule type", ["Correlation rule"]), RuleFact("Schedule", ["every 1440 minutes"]),
        RuleFact("Lookback", ["36h"]), RuleFact("Transitions", ["One to Two within 15m", "Two to Three within 1h"]),
        RuleFact("Matches needed", ["5 of A", "10 of C"]),
      ])
  }

  @Test(arguments: [
    ("{RuleID: A, Absence: true}, {RuleID: B}", "B and not A", "all(0, not(1))", ["B", "A"]),
    (
      "{RuleID: A}, {RuleID: B, Absence: true}, {RuleID: C}", "A and C and not B", "all(0, 1, not(2))", ["A", "C", "B"]
    ),
    ("{RuleID: A, Absence: true}", "not A", "not(0)", ["A"]),
  ])
  func readsAbsentRules(steps: String, text: String, logic: String, names: [String]) throws {
    let rule = try read(
      "AnalysisType: correlation_rule\nRuleID: X\nDisplayName: T\nDetection: [{Group: [\(steps)], LookbackWindowMinutes: 90}]"
    )
    let correlation = try #require(rule.correlation)
    guard case .expression(_, let found, let named) = correlation.criterion else {
      Issue.record("\(String(describing: correlation.criterion))")
      return
    }
    #expect(correlation.condition == text)
    #expect(found.words == logic)
    #expect(named.map(\.target) == names)
    // Without a time of its own, it has what each search looks back.
    #expect(correlation.timespan == "90m")
    #expect(rule.findings.isEmpty)
  }

  @Test func keepsAsTextThatARuleMatchesOnce() throws {
    let rule = try read(
      "AnalysisType: correlation_rule\nRuleID: X\nDisplayName: T\nDetection: [{Sequence: [{RuleID: A}, {RuleID: A, Absence: true}]}]"
    )
    #expect(rule.correlation?.criterion == .unreadable("A and not A"))
  }

  @Test func groupsByFieldsOfSeveralNames() throws {
    let rule = try read(
      """
      AnalysisType: correlation_rule
      RuleID: C
      DisplayName: T
      Detection:
        - Group:
            - {ID: One, RuleID: A, MinMatchCount: 3}
            - {ID: Two, RuleID: B}
          MatchCriteria:
            person:
              - {GroupID: One, Match: actor}
              - {GroupID: Two, Match: user}
      """)
    let correlation = try #require(rule.correlation)
    #expect(correlation.kind == .temporal)
    #expect(correlation.groupBy == ["person"])
    #expect(correlation.aliases.map { $0.fields.map(\.name) } == [["actor", "user"]])
  }
}
