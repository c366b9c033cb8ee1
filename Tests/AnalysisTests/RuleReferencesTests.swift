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

  private func filter(
    _ slug: String, id: String? = nil, _ scope: FilterScope, logSource: LogSource = LogSource(product: "windows")
  ) -> Rule {
    var rule = rule(slug, id: id, logSource: logSource)
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

  @Test func letsAFilterTuneARuleThroughAnyOfItsLogSources() {
    var several = rule("a", id: "aaaa")
    several.logSources = [LogSource(product: "windows", service: "a"), LogSource(product: "windows", service: "b")]
    let tunesB = filter("f", .any, logSource: LogSource(product: "windows", service: "b"))
    let tunesC = filter("g", named("aaaa"), logSource: LogSource(product: "windows", service: "c"))
    var malformed = filter("h", .any)
    malformed.logSources = []
    let references = RuleReferences(of: [several, tunesB, tunesC, malformed])
    #expect(references.filters[0] == [1])
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
    func finding(_ severity: String, _ chosen: String, _ rival: String, in file: String) -> [String] {
      [
        "rules/\(file).yml:9:7: \(severity): 'login' is the name of several rules, in '\(chosen).yml' (line 1) and "
          + "'\(rival).yml' (line 1); write the rule's id instead [sigma-correlation]"
      ]
    }
    #expect(findings(references, 3) == finding("warning", "b", "a", in: "b"))
    #expect(findings(references, 4) == finding("error", "a", "b", in: "e"))
  }

  @Test func reportsAFilterOfANameThatSeveralRulesHave() {
    let references = RuleReferences(of: [
      rule("a", name: "login"), rule("b", name: "login"), filter("c", named("login")),
    ])
    #expect(references.filtered[2] == [0])
    #expect(
      findings(references, 2) == [
        "rules/c.yml:9:7: error: 'login' is the name of several rules, in 'a.yml' (line 1) and 'b.yml' (line 1); "
          + "write the rule's id instead [sigma-filter]"
      ])
  }

  @Test func correlatesNoFilter() {
    let references = RuleReferences(of: [
      correlation("a", of: "f", "r"), filter("b", id: "f", named("r")), rule("c", id: "r"),
    ])
    #expect(references.correlated[0] == [nil, 2])
    #expect(references.correlations[1] == [])
    #expect(
      findings(references, 0) == [
        "rules/a.yml:9:7: error: 'f' is a filter, which can't be correlated; name the rules that it tunes "
          + "[sigma-correlation]"
      ])
  }

  // MARK: Temporal conditions

  /// A temporal correlation of the listed rules, whose condition names some.
  private func temporal(_ slug: String, of listed: [String], condition names: [String]) -> Rule {
    var rule = rule(slug)
    rule.ruleClass = .correlation
    rule.correlation = Correlation(
      kind: .temporal, rules: listed.map { RuleReference($0, position: RuleReferencesTests.place) },
      criterion: .expression(
        names.joined(separator: " and "), logic: .all(names.indices.map { .stage($0) }),
        names: names.map { RuleReference($0, position: SourcePosition(line: 12, column: 20)) }))
    return rule
  }

  @Test func tiesRulesThatOnlyTheConditionNames() {
    let references = RuleReferences(of: [
      temporal("a", of: [], condition: ["one", "bbbb"]), rule("b", id: "bbbb"), rule("c", name: "one"),
    ])
    #expect(references.correlated[0] == [2, 1])
    #expect(references.correlatedByName[0] == ["one": 2, "bbbb": 1])
    #expect(references.correlations == [[], [0], [0]])
    #expect(findings(references) == [])
  }

  @Test func reportsWhereTheListAndTheConditionDiffer() {
    let references = RuleReferences(of: [
      temporal("a", of: ["one", "three"], condition: ["one", "two"]), rule("b", name: "one"), rule("c", name: "two"),
      rule("d", name: "three"),
    ])
    #expect(references.correlated[0] == [1, 3, 2])
    #expect(
      findings(references) == [
        "rules/a.yml:12:20: warning: 'two' isn't among the correlation's rules; add it to 'rules' [sigma-correlation]",
        "rules/a.yml:9:7: warning: the condition doesn't use 'three'; use it or remove it from 'rules' [sigma-correlation]",
      ])
  }

  @Test func knowsARuleThatIsListedByItsIDAndNamedByItsName() {
    let references = RuleReferences(of: [
      temporal("a", of: ["BBBB", "one"], condition: ["two", "one"]), rule("b", id: "bbbb", name: "two"),
      rule("c", name: "one"),
    ])
    #expect(references.correlated[0] == [1, 2])
    #expect(references.correlatedByName[0] == ["BBBB": 1, "two": 1, "one": 2])
    #expect(findings(references) == [])
  }

  /// Of the listed rules, one that the condition names already isn't what another name was meant to be.
  @Test func reportsAnUnknownNameOfTheConditionAtItsPlace() {
    let references = RuleReferences(of: [
      temporal("a", of: ["failed_logon", "failed_login"], condition: ["failed_logon", "faild_logon"]),
      rule("b", name: "failed_logon"), rule("c", name: "failed_login"),
    ])
    #expect(references.correlated[0] == [1, 2, nil])
    #expect(
      findings(references).first
        == "rules/a.yml:12:20: error: the catalog has no rule with the id or name 'faild_logon'; "
        + "did you mean 'failed_login'? [sigma-correlation]")
  }

  @Test func suggestsNoNameThatIsTheSame() {
    let references = RuleReferences(of: [
      temporal("a", of: ["gone", "here"], condition: ["here"]), rule("b", name: "here"),
    ])
    #expect(findings(references).first?.contains("name 'gone'; add it or correct the name") == true)
  }

  // MARK: Aliases

  @Test func reportsAnAliasOfARuleThatIsNotListed() {
    var correlation = correlation("a", of: "login", "bbbb")
    let place = SourcePosition(line: 14, column: 7)
    correlation.correlation?.aliases = [
      Correlation.Alias(
        name: "user",
        fields: ["login", "other", "nobody", "logon", "logins"].map {
          .init("f", of: RuleReference($0, position: place))
        })
    ]
    let references = RuleReferences(of: [
      correlation, rule("b", id: "bbbb", name: "other"), rule("c", name: "login"), rule("d", name: "logon"),
    ])
    #expect(references.correlatedByName[0] == ["login": 2, "bbbb": 1, "other": 1])
    func finding(_ name: String, _ advice: String) -> String {
      "rules/a.yml:14:7: error: the alias 'user' names '\(name)', which isn't among the correlation's rules; \(advice) "
        + "[sigma-correlation]"
    }
    #expect(
      findings(references) == [
        finding("nobody", "add it to 'rules' or correct the name"),
        finding("logon", "add it to 'rules' or correct the name"),
        finding("logins", "did you mean 'login'?"),
      ])
  }

  @Test func tellsACorrelationOfARuleThatIsNotThere() {
    let references = RuleReferences(of: [correlation("a", of: "gone", "bbbb"), rule("b", id: "bbbb")])
    #expect(references.correlated[0] == [nil, 1])
    #expect(
      findings(references, 0) == [
        "rules/a.yml:9:7: error: the catalog has no rule with the id or name 'gone'; add it or correct the name "
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

  /// A walk through the chain from each of its correlations would take thousands of millions of steps, and recursion the stack.
  @Test(.timeLimit(.minutes(1))) func findsNoCircleInALongChain() {
    let chain = (0..<100_000).map { correlation("\($0)", id: "\($0)", of: "\($0 + 1)") }
    let references = RuleReferences(of: chain + [rule("last", id: "100000")])
    #expect(findings(references) == [])
  }

  /// Two circles that share a node, a bridge between circles, a loop of one, and what leads in and out.
  @Test func findsTheNodesOfAGraphThatLeadBackToThemselves() {
    let successors = [[1], [0, 2], [1, 3], [4], [5], [4, 6], [6, 7], [], [0]]
    #expect(nodesOnCycles(successors) == [true, true, true, false, true, true, true, false, false])
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
        "rules/a.yml:9:7: error: the catalog has no rule with the id or name 'gone'; add it or correct the name "
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
            "rules/b.yml:9:7: error: 'aaaa' has another log source than the filter, so the filter never applies to it; "
              + "correct one of them [sigma-filter]"
          ]))
    let byLogSource = RuleReferences(of: [tuned, filter("b", .any, logSource: filtering)])
    #expect(byLogSource.filtered[1] == (applies ? [0] : []))
    #expect(
      findings(byLogSource, 1)
        == (applies
          ? []
          : [
            "rules/b.yml:1:1: warning: no rule of the catalog has the filter's log source, so that it tunes none; "
              + "correct the log source or remove the filter [sigma-filter]"
          ]))
  }

  @Test(arguments: [
    ("corr", "is a correlation, to which no filter applies; name the rules that it correlates"),
    ("other", "is a filter itself; name the rules to tune"),
  ])
  func tunesNothingButRules(target: String, fault: String) {
    let references = RuleReferences(of: [
      rule("a", id: "aaaa"), filter("b", named("aaaa", target)), correlation("c", id: "corr", of: "aaaa"),
      filter("d", id: "other", named("aaaa")),
    ])
    #expect(references.filtered[1] == [0])
    #expect(references.filters[2] == [] && references.filters[3] == [])
    #expect(findings(references) == ["rules/b.yml:9:7: error: '\(target)' \(fault) [sigma-filter]"])
  }

  @Test func saysHowToNameAllRules() {
    let references = RuleReferences(of: [rule("a", id: "aaaa"), filter("b", named("Any"))])
    #expect(references.filtered[1] == [])
    #expect(
      findings(references) == [
        "rules/b.yml:9:7: error: the catalog has no rule with the id or name 'Any'; for all rules of the log source, "
          + "write 'rules: any' without a list [sigma-filter]"
      ])
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
