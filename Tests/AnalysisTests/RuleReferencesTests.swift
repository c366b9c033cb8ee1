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
    #expect(findings(references) == [])
  }

  @Test func tellsATieToARuleThatIsNotThere() {
    let references = RuleReferences(of: [rule("a", related: [(.derived, "gone"), (.renamed, "old")])])
    #expect(references.ties[0].map(\.rule) == [nil, nil])
    // A renamed rule's old id belongs to nobody any more.
    #expect(
      findings(references, 0) == [
        "rules/a.yml:9:7: note: the related rule 'gone' is not in this catalogue; add it or correct the id "
          + "[rule-related]"
      ])
  }

  @Test func reportsARuleThatNamesItselfAndGivesItNoTieBack() {
    let references = RuleReferences(of: [rule("a", id: "aaaa", related: [(.similar, "AAAA")])])
    #expect(references.ties[0] == [RuleReferences.Tie(kind: .similar, id: "AAAA", rule: 0, isReverse: false)])
    #expect(
      findings(references, 0) == [
        "rules/a.yml:9:7: warning: the rule is related to itself; correct the id or remove the entry [rule-related]"
      ])
  }

  @Test func doesNotResolveTiesByName() {
    let references = RuleReferences(of: [rule("a", related: [(.similar, "login")]), rule("b", name: "login")])
    #expect(references.ties[0].map(\.rule) == [nil])
  }

  @Test func tellsEachRuleThatSharesItsId() {
    let references = RuleReferences(of: [
      rule("a", id: "same"), rule("b", id: "other"), rule("c", id: "SAME"), rule("d"), rule("e"),
    ])
    #expect(
      findings(references, 0) == [
        "rules/a.yml:2:5: error: the rule has the id of 'c.yml'; give one of them a new id [rule-duplicate-id]"
      ])
    #expect(
      findings(references, 2) == [
        "rules/c.yml:2:5: error: the rule has the id of 'a.yml'; give one of them a new id [rule-duplicate-id]"
      ])
    #expect(findings(references).count == 2)
  }

  /// `action: global` gives each of its documents one id, from one place.
  @Test func doesNotTellRulesThatGotTheirIdFromOnePlace() {
    var second = rule("a-2", id: "same", file: "a.yml")
    #expect(findings(RuleReferences(of: [rule("a-1", id: "same", file: "a.yml"), second])) == [])
    second = second.with { $0.idPosition = SourcePosition(line: 20, column: 5) }
    #expect(RuleReferences(of: [rule("a-1", id: "same", file: "a.yml"), second]).findings.map(\.count) == [1, 1])
  }
}
