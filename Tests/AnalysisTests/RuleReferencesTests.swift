import Diagnostics
import RuleModel
import TestSupport
import Testing

@testable import Analysis

@Suite struct RuleReferencesTests: NamingRules {
  @Test func resolvesTiesByIdWhateverItsCaseAndTellsBothRules() {
    let references = RuleReferences(of: [
      rule("a", id: "AAAA", related: [(.derived, "bbbb"), (.similar, "cccc")]), rule("b", id: "BBBB"),
      rule("c", id: "cccc", related: [(.obsolete, "aaaa")]),
    ])
    #expect(
      references.ties[0] == [
        RuleReferences.Tie(kind: .derived, id: "bbbb", rule: 1, isReverse: false),
        RuleReferences.Tie(kind: .similar, id: "cccc", rule: 2, isReverse: false),
        RuleReferences.Tie(kind: .obsolete, id: "cccc", rule: 2, isReverse: true),
      ])
    #expect(references.ties[1] == [RuleReferences.Tie(kind: .derived, id: "AAAA", rule: 0, isReverse: true)])
    #expect(
      references.ties[2] == [
        RuleReferences.Tie(kind: .obsolete, id: "aaaa", rule: 0, isReverse: false),
        RuleReferences.Tie(kind: .similar, id: "AAAA", rule: 0, isReverse: true),
      ])
    #expect(faults(references) == [])
  }

  @Test func keepsATieToARuleThatIsNotThere() {
    let references = RuleReferences(of: [rule("a", related: [(.derived, "gone"), (.renamed, "old")])])
    #expect(references.ties[0].map(\.rule) == [nil, nil])
  }

  @Test func givesARuleThatNamesItselfNoTieBack() {
    let references = RuleReferences(of: [rule("a", id: "aaaa", related: [(.similar, "AAAA")])])
    #expect(references.ties[0] == [RuleReferences.Tie(kind: .similar, id: "AAAA", rule: 0, isReverse: false)])
  }

  @Test func doesNotResolveTiesByName() {
    let references = RuleReferences(of: [rule("a", related: [(.similar, "login")]), rule("b", name: "login")])
    #expect(references.ties[0].map(\.rule) == [nil])
  }

  @Test func knowsRulesThatShareTheirId() {
    let references = RuleReferences(of: [
      rule("a", id: "same"), rule("b", id: "other"), rule("c", id: "SAME"), rule("d"), rule("e"),
    ])
    #expect(Array(references.sameID) == [2, nil, 0, nil, nil])
  }

  /// Each engine has ids of its own.
  @Test func letsRulesOfTwoDialectsHaveOneID() {
    let other = AnalysisTests.rule("b", dialect: .elastic).with { $0.id = "same" }
    #expect(Array(RuleReferences(of: [rule("a", id: "same"), other]).sameID) == [nil, nil])
  }

  /// `action: global` gives each of its documents one id, from one place.
  @Test func doesNotMindRulesThatGotTheirIdFromOnePlace() {
    var second = rule("a-2", id: "same", file: "a.yml")
    #expect(Array(RuleReferences(of: [rule("a-1", id: "same", file: "a.yml"), second]).sameID) == [nil, nil])
    second = second.with { $0.idPosition = SourcePosition(line: 20, column: 5) }
    #expect(Array(RuleReferences(of: [rule("a-1", id: "same", file: "a.yml"), second]).sameID) == [1, 0])
  }
}
