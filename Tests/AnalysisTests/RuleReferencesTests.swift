import Diagnostics
import RuleModel
import Testing

@testable import Analysis

/// Rules are given by their keys, as the catalogue has them; a reference stands in line 9.
@Suite struct RuleReferencesTests {
  private static let place = SourcePosition(line: 9, column: 7)

  private func rule(
    _ slug: String, id: String? = nil, name: String? = nil, file: String? = nil,
    related: [(RelatedRule.Kind, String)] = [], logSource: LogSource = LogSource(product: "windows")
  ) -> Rule {
    let path = file ?? "\(slug).yml"
    var rule = Rule(
      key: RuleKey(dialect: .sigma, slug: slug), title: slug,
      source: RuleSource(path: path, file: "rules/" + path, body: []))
    rule.id = id
    rule.idPosition = id == nil ? nil : SourcePosition(line: 2, column: 5)
    rule.name = name
    rule.logSource = logSource
    rule.related = related.map { RelatedRule(kind: $0.0, id: $0.1, position: RuleReferencesTests.place) }
    return rule
  }

  private func correlation(_ slug: String, id: String? = nil, file: String? = nil, of targets: String...) -> Rule {
    var rule = rule(slug, id: id, file: file)
    rule.ruleClass = .correlation
    rule.correlation = Correlation(
      kind: .eventCount, rules: targets.map { RuleReference($0, position: RuleReferencesTests.place) })
    return rule
  }

  private func filter(_ slug: String, _ scope: FilterScope, logSource: LogSource = LogSource(product: "windows"))
    -> Rule
  {
    var rule = rule(slug, logSource: logSource)
    rule.ruleClass = .filter
    rule.filter = scope
    return rule
  }

  private func named(_ targets: String...) -> FilterScope {
    .rules(targets.map { RuleReference($0, position: RuleReferencesTests.place) })
  }

  private func findings(_ references: RuleReferences, _ rule: Int) -> [String] {
    references.findings[rule].map(\.description)
  }

  private func findings(_ references: RuleReferences) -> [String] {
    references.findings.joined().map(\.description)
  }

  // MARK: Ties

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

  @Test func givesARuleThatNamesItselfNoTieBack() {
    let references = RuleReferences(of: [rule("a", id: "aaaa", related: [(.similar, "aaaa")])])
    #expect(references.ties[0] == [RuleReferences.Tie(kind: .similar, id: "aaaa", rule: 0, isReverse: false)])
  }

  @Test func doesNotResolveTiesByName() {
    let references = RuleReferences(of: [rule("a", related: [(.similar, "login")]), rule("b", name: "login")])
    #expect(references.ties[0].map(\.rule) == [nil])
  }

  // MARK: Ids

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
    second.idPosition = SourcePosition(line: 20, column: 5)
    #expect(RuleReferences(of: [rule("a-1", id: "same", file: "a.yml"), second]).findings.map(\.count) == [1, 1])
  }

  // MARK: Correlations

  @Test func resolvesCorrelationsByIdThenByNameInTheirOrder() {
    let references = RuleReferences(of: [
      correlation("a", of: "login", "CCCC", "bbbb"), rule("b", id: "bbbb", name: "cccc"), rule("c", id: "cccc"),
      rule("d", name: "login"), correlation("e", of: "login", "login"),
    ])
    #expect(references.correlated[0] == [3, 2, 1])
    #expect(references.correlated[4] == [3, 3])
    #expect(references.correlations == [[], [0], [0], [0, 4], []])
    #expect(findings(references) == [])
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
  }

  @Test func tellsACorrelationOfARuleThatIsNotThere() {
    let references = RuleReferences(of: [correlation("a", of: "gone", "bbbb"), rule("b", id: "bbbb")])
    #expect(references.correlated[0] == [nil, 1])
    #expect(
      findings(references, 0) == [
        "rules/a.yml:9:7: error: the catalogue has no rule with the id or name 'gone'; add it or correct the name "
          + "[sigma-correlation]"
      ])
  }

  @Test func tellsEachCorrelationOfACircle() {
    let references = RuleReferences(of: [
      correlation("a", id: "a", of: "b"), correlation("b", id: "b", of: "c", "rule"),
      correlation("c", id: "c", of: "a"), correlation("d", id: "d", of: "d"),
      // Leads to a circle and is in none.
      correlation("e", id: "e", of: "a"), rule("f", id: "rule"),
    ])
    let circle =
      "error: the correlation relates itself, by way of the rules that it names; break the circle [sigma-correlation]"
    #expect(
      (0..<4).map { findings(references, $0) } == ["a", "b", "c", "d"].map { ["rules/\($0).yml:1:1: \(circle)"] })
    #expect(findings(references).count == 4)
  }

  /// Each of thirty correlations names the next one twice: a walk that forgets where it was would take a thousand million steps.
  @Test(.timeLimit(.minutes(1))) func findsCirclesInNearLinearTime() {
    let chain = (0..<30).map { correlation("\($0)", id: "\($0)", of: "\($0 + 1)", "\($0 + 1)") }
    let references = RuleReferences(of: chain + [rule("last", id: "30")])
    #expect(findings(references) == [])
  }

  // MARK: Filters

  @Test func tunesTheRulesThatAFilterNames() {
    let references = RuleReferences(of: [
      rule("a", id: "aaaa"), rule("b", name: "login"), filter("c", named("login", "AAAA", "aaaa")),
      filter("d", named("aaaa")),
    ])
    #expect(references.filtered == [[], [], [0, 1], [0]])
    #expect(references.filters == [[2, 3], [2], [], []])
    #expect(findings(references) == [])
  }

  @Test func tellsAFilterOfARuleThatIsNotThere() {
    let references = RuleReferences(of: [filter("a", named("gone"))])
    #expect(
      findings(references, 0) == [
        "rules/a.yml:9:7: error: the catalogue has no rule with the id or name 'gone'; add it or correct the name "
          + "[sigma-filter]"
      ])
  }

  @Test(arguments: [
    (LogSource(product: "windows"), LogSource(category: "process_creation", product: "Windows"), true),
    (LogSource(category: "process_creation"), LogSource(category: "process_creation", product: "linux"), true),
    (LogSource(product: "windows", service: "security"), LogSource(product: "windows"), false),
    (LogSource(product: "windows"), LogSource(product: "linux"), false),
    (LogSource(service: "sysmon"), LogSource(product: "windows", service: "security"), false),
    (LogSource(), LogSource(product: "windows"), true),
  ])
  func appliesAFilterToRulesOfItsLogSource(filtering: LogSource, filtered: LogSource, applies: Bool) {
    let tuned = rule("a", id: "aaaa", logSource: filtered)
    let byName = RuleReferences(of: [tuned, filter("b", named("aaaa"), logSource: filtering)])
    #expect(byName.filters == (applies ? [[1], []] : [[], []]))
    #expect(
      findings(byName, 1)
        == (applies
          ? []
          : [
            "rules/b.yml:9:7: error: the rule 'aaaa' has another log source than the filter, which so never applies to it; "
              + "correct one of them [sigma-filter]"
          ]))
    let byLogSource = RuleReferences(of: [tuned, filter("b", .any, logSource: filtering)])
    #expect(byLogSource.filtered[1] == (applies ? [0] : []))
    #expect(byLogSource.findings[1].isEmpty)
  }

  @Test func letsAFilterForAnyRuleTuneDetectionsOnly() {
    let references = RuleReferences(of: [
      rule("a"), correlation("b", of: "a"), filter("c", .any), rule("d", logSource: LogSource(product: "aws")),
      rule("e"),
    ])
    #expect(references.filtered[2] == [0, 4])
    #expect(references.filters == [[2], [], [], [], [2]])
  }
}
