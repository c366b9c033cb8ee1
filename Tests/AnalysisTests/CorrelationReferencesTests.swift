import Diagnostics
import RuleModel
import TestSupport
import Testing

@testable import Analysis

@Suite struct CorrelationReferencesTests: NamingRules {
  @Test func resolvesCorrelationsByIdThenByNameInTheirOrder() {
    let references = RuleReferences(of: [
      correlation("a", of: "login", "CCCC", "bbbb"), rule("b", id: "bbbb", name: "cccc"), rule("c", id: "cccc"),
      rule("d", name: "login"), correlation("e", of: "login", "login"),
    ])
    #expect(references.correlated[0] == [3, 2, 1])
    #expect(references.correlated[4] == [3, 3])
    #expect(references.correlations == [[], [0], [0], [0, 4], []])
    #expect(faults(references) == [])
  }

  @Test func comparesNamesByCase() {
    let references = RuleReferences(of: [correlation("a", of: "Login"), rule("b", name: "login")])
    #expect(references.correlated[0] == [nil])
  }

  @Test func prefersTheRuleOfTheSameFileAmongThoseOfAName() {
    let references = RuleReferences(of: [
      rule("a", name: "login", file: "a.yml"), rule("b", name: "login", file: "b.yml"),
      rule("c", name: "login", file: "c.yml"), correlation("d", file: "b.yml", of: "login"),
      correlation("e", file: "e.yml", of: "login"),
    ])
    #expect(references.correlated[3] == [1])
    #expect(references.correlated[4] == [0])
    #expect(references.faults[3] == [.ambiguous(name("login"), taken: 1, rival: 0, isInFile: true)])
    #expect(references.faults[4] == [.ambiguous(name("login"), taken: 0, rival: 1, isInFile: false)])
  }

  @Test func notesAFilterOfANameThatSeveralRulesHave() {
    let references = RuleReferences(of: [
      rule("a", name: "login"), rule("b", name: "login"), filter("c", named("login")),
    ])
    #expect(references.filtered[2].rules == [0])
    #expect(references.faults[2] == [.ambiguous(name("login"), taken: 0, rival: 1, isInFile: false)])
  }

  @Test func correlatesNoFilter() {
    let references = RuleReferences(of: [
      correlation("a", of: "f", "r"), filter("b", id: "f", named("r")), rule("c", id: "r"),
    ])
    #expect(references.correlated[0] == [nil, 2])
    #expect(references.correlations[1] == [])
    #expect(references.faults[0] == [.correlatesFilter(name("f"))])
  }

  // MARK: Temporal conditions

  private let conditionPlace = SourceSpan(SourcePosition(line: 12, column: 20))

  /// A temporal correlation of the listed rules, whose condition names some.
  private func temporal(_ slug: String, of listed: [String], condition names: [String]) -> Rule {
    let rule = rule(slug).with {
      $0.body = .correlation(
        Correlation(
          kind: .temporal, rules: listed.map { name($0) },
          criterion: .expression(
            names.joined(separator: " and "), logic: .all(names.indices.map { .stage($0) }),
            names: names.map { RuleReference($0, at: conditionPlace) })))
    }
    return rule
  }

  @Test func tiesRulesThatOnlyTheConditionNames() {
    let references = RuleReferences(of: [
      temporal("a", of: [], condition: ["one", "bbbb"]), rule("b", id: "bbbb"), rule("c", name: "one"),
    ])
    #expect(references.correlated[0] == [2, 1])
    #expect(references.correlatedByName[0] == ["one": 2, "bbbb": 1])
    #expect(references.correlations == [[], [0], [0]])
    #expect(faults(references) == [])
  }

  @Test func notesWhereTheListAndTheConditionDiffer() {
    let references = RuleReferences(of: [
      temporal("a", of: ["one", "three"], condition: ["one", "two"]), rule("b", name: "one"), rule("c", name: "two"),
      rule("d", name: "three"),
    ])
    #expect(references.correlated[0] == [1, 3, 2])
    #expect(faults(references) == [.unlisted(RuleReference("two", at: conditionPlace)), .unused(name("three"))])
  }

  @Test func knowsARuleThatIsListedByItsIDAndNamedByItsName() {
    let references = RuleReferences(of: [
      temporal("a", of: ["BBBB", "one"], condition: ["two", "one"]), rule("b", id: "bbbb", name: "two"),
      rule("c", name: "one"),
    ])
    #expect(references.correlated[0] == [1, 2])
    #expect(references.correlatedByName[0] == ["BBBB": 1, "two": 1, "one": 2])
    #expect(faults(references) == [])
  }

  @Test func notesAnUnknownNameOfTheConditionAtItsPlace() {
    let references = RuleReferences(of: [
      temporal("a", of: ["failed_logon", "failed_login"], condition: ["failed_logon", "faild_logon"]),
      rule("b", name: "failed_logon"), rule("c", name: "failed_login"),
    ])
    #expect(references.correlated[0] == [1, 2, nil])
    #expect(faults(references).first == .unknown(RuleReference("faild_logon", at: conditionPlace)))
  }

  // MARK: Aliases

  @Test func notesAnAliasOfARuleThatIsNotListed() {
    let names = ["login", "other", "nobody", "logon"]
    let fields = names.map { Correlation.Alias.Field("f", of: name($0)) }
    let correlation = correlation("a", of: "login", "bbbb").with { draft in
      var correlation = draft.body.correlation
      correlation?.aliases = [Correlation.Alias(name: "user", fields: fields)]
      draft.body = .correlation(correlation)
    }
    let references = RuleReferences(of: [
      correlation, rule("b", id: "bbbb", name: "other"), rule("c", name: "login"), rule("d", name: "logon"),
    ])
    #expect(references.correlatedByName[0] == ["login": 2, "bbbb": 1, "other": 1])
    #expect(
      faults(references) == [
        .unlistedInAlias(name("nobody"), alias: "user", isInCatalog: false),
        .unlistedInAlias(name("logon"), alias: "user", isInCatalog: true),
      ])
  }

  @Test func notesARuleOfACorrelationThatIsNotThere() {
    let references = RuleReferences(of: [correlation("a", of: "gone", "bbbb"), rule("b", id: "bbbb")])
    #expect(references.correlated[0] == [nil, 1])
    #expect(references.faults[0] == [.unknown(name("gone"))])
  }

  @Test func knowsEachCorrelationOfACircle() {
    let references = RuleReferences(of: [
      correlation("a", id: "a", of: "b"), correlation("b", id: "b", of: "c", "rule"),
      correlation("c", id: "c", of: "a"), correlation("d", id: "d", of: "d"),
      // Leads to a circle and is in none.
      correlation("e", id: "e", of: "a"), rule("f", id: "rule"),
    ])
    #expect(Array(references.isCircular) == [true, true, true, true, false, false])
  }

  /// Each of thirty correlations names the next one twice: a walk that forgets where it was would take a thousand million steps.
  @Test(.timeLimit(.minutes(15))) func findsCirclesInNearLinearTime() {
    let chain = (0..<30).map { correlation("\($0)", id: "\($0)", of: "\($0 + 1)", "\($0 + 1)") }
    let references = RuleReferences(of: chain + [rule("last", id: "30")])
    #expect(!references.isCircular.contains(true) && faults(references) == [])
  }

  /// A walk through the chain from each of its correlations would take thousands of millions of steps, and recursion the stack.
  @Test(.timeLimit(.minutes(15))) func findsNoCircleInALongChain() {
    let chain = (0..<100_000).map { correlation("\($0)", id: "\($0)", of: "\($0 + 1)") }
    let references = RuleReferences(of: chain + [rule("last", id: "100000")])
    #expect(!references.isCircular.contains(true) && faults(references) == [])
  }

  /// Two circles that share a node, a bridge between circles, a loop of one, and what leads in and out.
  @Test func findsTheNodesOfAGraphThatLeadBackToThemselves() {
    let successors: RuleColumn<[RuleID]> = [[1], [0, 2], [1, 3], [4], [5], [4, 6], [6, 7], [], [0]]
    #expect(nodesOnCycles(successors) == [true, true, true, false, true, true, true, false, false])
  }

  /// What a node leads to at any depth, of circles whole, and of none twice.
  @Test func collectsTheValuesOfAllThatANodeLeadsTo() {
    let successors: RuleColumn<[RuleID]> = [[1, 2], [3], [3], [], [5], [6, 0], [5], [7]]
    let reached = reachedValues(successors) { ["v\($0.index)"] }
    #expect(
      reached.map { $0.sorted() } == [
        ["v1", "v2", "v3"], ["v3"], ["v3"], [], ["v0", "v1", "v2", "v3", "v5", "v6"],
        ["v0", "v1", "v2", "v3", "v5", "v6"], ["v0", "v1", "v2", "v3", "v5", "v6"], [],
      ])
  }

  /// A walk from each node of the chain would ask for its values as often as there are nodes before it.
  @Test func asksForTheValuesOfEachNodeOnce() {
    var asked = 0
    let reached = reachedValues(
      RuleColumn((0..<2_000).map { $0 < 1_999 ? [RuleID($0 + 1), RuleID(min($0 + 2, 1_999))] : [] })
    ) { node in
      asked += 1
      return node == 1_999 ? [node] : []
    }
    #expect(asked == 2_000)
    #expect(reached.dropLast().allSatisfy { $0 == [1_999] })
  }
}
