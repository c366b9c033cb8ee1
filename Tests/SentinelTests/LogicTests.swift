import RuleModel
import Testing

/// What of a query is logic and no test.
@Suite struct LogicTests {
  private func logic(_ query: String) throws -> String {
    let lines = query.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    let rules = try readRules("name: Rule\nseverity: Low\ntactics: [Execution]\nquery: |\n\(lines)\n")
    return try #require(rules.first).logic
  }

  private static let query = """
    let limit = 5;
    let near = (a: string) { a has "x" };
    SigninLogs
    | extend Rate = Failures / 2
    | where near(AppDisplayName) and Rate > limit
    | join kind=inner (AuditLogs | where Result == "success") on UserId
    | summarize count() by UserId
    | sort by UserId
    """

  @Test(arguments: [
    ("limit = 5", "limit = 6"), ("has \"x\"", "has \"y\""), ("/ 2", "/ 3"), ("Rate > limit", "Rate < limit"),
    ("on UserId", "on AppId"), ("by UserId\n| sort", "by AppId\n| sort"), ("kind=inner", "kind=leftouter"),
  ])
  func differs(before: String, after: String) throws {
    let changed = Self.query.replacing(before, with: after)
    #expect(changed != Self.query)
    #expect(try logic(changed) != logic(Self.query))
  }

  @Test(arguments: [
    ("| summarize", "|   summarize"), ("sort by UserId", "sort by AppId"), ("let limit = 5;", "let limit  =  5 ;"),
    ("Rate = Failures / 2", "Rate=Failures/2"), ("count() by", "count()\n    by"),
    ("| summarize", "| summarize // of all\n  "),
  ])
  func isTheSame(before: String, after: String) throws {
    let changed = Self.query.replacing(before, with: after)
    #expect(changed != Self.query)
    #expect(try logic(changed) == logic(Self.query))
  }

  @Test func keepsSpacesInQuotes() throws {
    #expect(
      try logic("SigninLogs\n| extend A = strcat(B, ' ')\n| where A == C")
        != logic("SigninLogs\n| extend A = strcat(B, '  ')\n| where A == C"))
  }
}
