import Diagnostics
import RuleModel
import TestSupport
import Testing

@testable import Analysis

@Suite struct NeighboursTests {
  private let start = Event(provider: "Okta-user", name: "user.session.start")

  private func found(_ rules: [Rule], events: [[Event]]? = nil) -> RuleColumn<[Neighbour]> {
    neighbours(of: rules, events: events ?? Array(repeating: [], count: rules.count))
  }

  /// `b stricter 0.50 1`: title, relation, score in hundredths, shared tests.
  private func words(_ rules: [Rule], events: [[Event]]? = nil, of rule: Int) -> [String] {
    found(rules, events: events)[rule].map { "\(rules[$0.rule].title) \($0.relation) \($0.score) \($0.shared)" }
  }

  private func x(_ value: String) -> Predicate { test("F", .eq, value) }

  // Seven rules, so that a test of two weighs log₂ 8/2 = 2, one of four 1, one of a rule alone 3.
  @Test func weighsTestsByHowRareTheyAre() {
    let rules = [
      rule("a", x("two"), x("four"), x("of a")), rule("b", x("two"), x("of b")), rule("c", x("four"), x("of c")),
      rule("d", x("four"), x("of d")), rule("e", x("four")), rule("f", x("of f")), rule("g", x("of g")),
    ]
    // a weighs 2 + 1 + 3; b 2 + 3, and shares 2 of 9; c and d 1 + 3, and share 1 of 9; e 1 of 6.
    #expect(words(rules, of: 0) == ["b similar 22 1", "e broader 17 1", "c similar 11 1", "d similar 11 1"])
    #expect(words(rules, of: 4) == ["c stricter 25 1", "d stricter 25 1", "a stricter 17 1"])
    #expect(words(rules, of: 5) == [])
  }

  @Test func tellsStricterFromBroader() {
    let rules = [rule("a", x("1"), x("2")), rule("b", x("1"), x("2"), x("3")), rule("c", x("1"))]
    #expect(Set(found(rules)[0].map { "\(rules[$0.rule].title) \($0.relation)" }) == ["b stricter", "c broader"])
    #expect(Set(found(rules)[1].map { "\(rules[$0.rule].title) \($0.relation)" }) == ["a broader", "c broader"])
    #expect(Set(found(rules)[2].map { "\(rules[$0.rule].title) \($0.relation)" }) == ["a stricter", "b stricter"])
  }

  @Test func countsWhatIsLeftOutAsATestOfItsOwn() {
    let rules = [rule("a", x("1"), .not(x("2"))), rule("b", x("1"), x("2")), rule("c", x("1"), .not(x("2")))]
    #expect(words(rules, of: 0).map { String($0.prefix(11)) } == ["c duplicate", "b similar 1"])
  }

  @Test func findsNothingBelowATenth() {
    // Of two rules, a shared test weighs log₂ 3/2 = 0.58 (149 of 256), one alone log₂ 3 = 1.58 (405).
    let few = [
      rule("a", x("s"), x("1"), x("2")), rule("b", x("s"), x("3")),
    ]
    #expect(words(few, of: 0) == ["b similar 11 1"])
    #expect(words([few[0], rule("b", x("s"), x("3"), x("4"))], of: 0) == [])
  }

  @Test(arguments: [
    // The order and the repetition of parts.
    (Predicate.all([.x("1"), .x("2")]), Predicate.all([.x("2"), .x("1"), .x("1")]), true),
    // Groups in groups, groups of one, a double not.
    (.all([.x("1"), .all([.x("2"), .x("3")])]), .all([.x("1"), .x("2"), .x("3")]), true),
    (.any([.x("1"), .any([.x("2")])]), .any([.x("1"), .x("2")]), true),
    (.not(.not(.any([.x("1"), .x("2")]))), .any([.x("1"), .x("2")]), true),
    (.not(.any([.x("1"), .x("2")])), .all([.not(.x("1")), .not(.x("2"))]), true),
    (.not(.any([.x("1"), .x("2")])), .any([.not(.x("1")), .not(.x("2"))]), false),
    // Case, where the test has none.
    (.all([.x("A"), .x("2")]), .all([.x("a"), .x("2")]), true),
    (.all([.x("1"), .x("2")]), .any([.x("1"), .x("2")]), false),
    (.all([.x("1"), .any([.x("2"), .x("3")])]), .any([.x("1"), .all([.x("2"), .x("3")])]), false),
    (.all([.x("1"), .opaque("near(a)")]), .all([.x("1"), .opaque("near(b)")]), false),
    (.all([.x("1"), .opaque("near(a)")]), .all([.opaque("near(a)"), .x("1")]), true),
  ])
  func takesRulesOfTheSameConditionForDuplicates(left: Predicate, right: Predicate, areSame: Bool) {
    let rules = [rule("a", left), rule("b", right)]
    let relations = found(rules).map { $0.map(\.relation) }
    #expect(relations == Array(repeating: [areSame ? .duplicate : .similar], count: 2))
    #expect(found(rules)[0].first?.score == 100)
  }

  @Test func looksThroughTheNamesOfStages() {
    let named = rule("a").with {
      $0.stages = [
        stage("condition", .all([.stage(1), .not(.stage(2))])), stage("selection", .any([x("1"), x("2")])),
        stage("filter", x("3")),
      ]
    }
    let other = rule("b").with {
      $0.stages = [
        stage("condition", .all([.not(.stage(1)), .stage(2), .stage(2)])), stage("known", .any([x("3")])),
        stage("either", .any([x("2"), x("1")])),
      ]
    }
    #expect(words([named, other], of: 0) == ["b duplicate 100 3"])
  }

  /// A reader refuses such rules; the search must end all the same.
  @Test func bearsAStageThatNamesItself() {
    let loop = rule("a").with {
      $0.stages = [stage("condition", .stage(1)), stage("selection", .all([x("1"), .stage(1)]))]
    }
    let other = loop.with {
      $0.key.slug = "b"
    }
    #expect(found([loop, other])[0].map(\.relation) == [.duplicate])
  }

  @Test func takesNoRulesOfOtherLogsOrCountsForDuplicates() {
    var (left, right) = (rule("a", x("1")), rule("b", x("1")))
    left = left.with { $0.logSource = LogSource(category: "process_creation", product: "windows") }
    right = right.with { $0.logSource = LogSource(category: "Process_Creation", product: "windows") }
    #expect(words([left, right], of: 0) == ["b duplicate 100 1"])
    right = right.with { $0.logSource.product = "linux" }
    #expect(words([left, right], of: 0) == ["b similar 100 1"])
    #expect(words([left, right], events: [[start], [start]], of: 0) == ["b duplicate 100 1"])
    right = right.with { $0.body = .detection(.threshold("count() > 10", by: [], within: nil, joinsEvents: false)) }
    #expect(words([left, right], events: [[start], [start]], of: 0) == ["b similar 100 1"])
  }

  @Test func takesRulesOfTheSameListOfLogSourcesForDuplicates() {
    let (first, second) = (LogSource(product: "windows", service: "a"), LogSource(product: "windows", service: "b"))
    var (left, right) = (rule("a", x("1")), rule("b", x("1")))
    left = left.with { $0.logSources = [first, second] }
    right = right.with { $0.logSources = [second, first] }
    #expect(words([left, right], of: 0) == ["b duplicate 100 1"])
    right = right.with { $0.logSources = [first] }
    #expect(words([left, right], of: 0) == ["b similar 100 1"])
    #expect(found([left, right])[0].map(\.sharesLogs) == [true])
  }

  @Test func tellsWhetherOneEventCouldMatchBoth() {
    let end = Event(provider: "Okta-user", name: "user.session.end")
    var rules = [rule("a", x("1")), rule("b", x("1"))]
    rules[0] = rules[0].with { $0.logSource.product = "okta" }
    #expect(found(rules)[0].map(\.sharesLogs) == [false])
    #expect(found(rules, events: [[start], [end]])[0].map(\.sharesLogs) == [false])
    #expect(found(rules, events: [[end, start], [start]])[0].map(\.sharesLogs) == [true])
    rules[1] = rules[1].with { $0.logSource.product = "Okta" }
    #expect(found(rules)[0].map(\.sharesLogs) == [true])
  }

  @Test func sharesNoTestThatNamesAnEventOfAnotherLog() {
    let (iis, sysmon) = (Event(provider: "IIS", name: "29"), Event(provider: "Sysmon", name: "29"))
    let named = test("EventID", .eq, "29")
    var rules = [
      rule("a", named, x("1")), rule("b", named), rule("c", named, x("2")), rule("d", named, x("1"), x("3")),
    ]
    for (number, service) in ["iis", "sysmon", "iis", "sysmon"].enumerated() {
      rules[number] = rules[number].with { $0.logSource.service = service }
    }
    // Others make the number rare enough to be told by.
    rules += (1...4).map { rule("other \($0)", x("of \($0)")) }
    let events = [[iis], [sysmon], [iis], [sysmon]] + Array(repeating: [], count: 4)
    let found = neighbours(of: rules, events: events, pins: ["EventID"])
    func words(_ rule: Int) -> [String] {
      found[rule].map { "\(rules[$0.rule].title) \($0.relation) \($0.shared) \($0.sharesLogs)" }
    }
    // b has nothing but the number; of d, a shares the value, c the event's number alone.
    #expect(words(0) == ["d similar 1 false", "c similar 1 true"])
    #expect(words(1) == ["d stricter 1 true"])
  }

  @Test func keepsEightInTheOrderOfScoresAndTitles() {
    var rules = [rule("own", x("1"))] + (0..<10).map { rule("r\($0)", x("1"), x("of r\($0)")) }
    rules[1] = rules[1].with { $0.title = "Z last" }
    rules.append(rule("z", x("1")))
    // Else the shared test would say next to nothing.
    rules += (0..<40).map { rule("other \($0)") }
    let titles = found(rules)[0].map { rules[$0.rule].title }
    #expect(titles == ["z", "r1", "r2", "r3", "r4", "r5", "r6", "r7"])
  }

  @Test func leavesOutCorrelationsAndFilters() {
    let filter = rule("filter", x("1")).with {
      $0.body = .filter(nil, .single)
    }
    #expect(found([rule("a", x("1")), filter, rule("b")]) == [[], [], []])
  }

  @Test(arguments: [(1, 0), (2, 256), (3, 405), (4, 512), (1000, 2551), (1 << 31, 31 * 256)])
  func takesLogarithmsInWholeNumbers(x: Int, expected: Int) { #expect(fixedLog2(x) == expected) }

  private enum Kind: CaseIterable {
    case identical, similar, distinct
  }

  /// Counted in rules held against each other: of the same ones, each looks at those that it keeps.
  @Test(arguments: Kind.allCases) private func looksAtNoMoreRulesThanItKeepsOfTheSameOnes(kind: Kind) {
    func comparisons(_ count: Int) -> Int {
      let rules = (0..<count).map { number in
        switch kind {
        case .identical: rule("\(number)", x("a"), x("b"))
        case .similar: rule("\(number)", x("a"), x("of \(number / 50)"))
        case .distinct: rule("\(number)", x("of \(number)"))
        }
      }
      let tables = [false, true].map { indicators(of: rules, negated: $0) }
      var search = NeighbourSearch(
        of: RuleColumn(rules), naming: RuleReferences(of: RuleColumn(rules)),
        events: RuleColumn(repeating: [], count: count), indicators: tables[0],
        exclusions: tables[1],
        pins: EventPins(
          indicators: tables[0].ruleCounts.mapValues { _ in false },
          exclusions: tables[1].ruleCounts.mapValues { _ in false }), order: ranksByTitle(RuleColumn(rules)))
      for rule in ruleIDs(0..<count) { _ = search.neighbours(of: rule) }
      return search.comparisons
    }
    let limit = Neighbour.limit + 1
    #expect(comparisons(300) <= 300 * limit * (kind == .similar ? 6 : 1))
    if kind == .identical { #expect(comparisons(1_200) <= 1_200 * limit) }
  }

  /// The first by title, as without the limit.
  @Test func findsTheFirstOfManyDuplicates() {
    let others = (0..<400).map { rule("z\($0)", x("of \($0)")) }
    let rules = (0..<40).map { rule("r\($0 + 10)", x("a")) } + [rule("z", x("a"), x("b"))] + others
    #expect(found(rules)[40].map { rules[$0.rule].title } == (10..<18).map { "r\($0)" })
    #expect(found(rules)[3].map { rules[$0.rule].title } == (10..<19).filter { $0 != 13 }.map { "r\($0)" })
  }

  // MARK: Correlations and filters

  private let place = SourceSpan(SourcePosition(line: 1, column: 1))

  private func correlation(_ title: String, of names: [String], by groupBy: [String], _ timespan: String) -> Rule {
    rule(title).with {
      $0.body = .correlation(
        Correlation(
          kind: .temporal, rules: names.map { RuleReference($0, at: place) }, groupBy: groupBy, timespan: timespan))
    }
  }

  /// A rule in a file that may have several.
  private func draft(_ slug: String, in file: String) -> RuleDraft {
    RuleDraft(
      key: RuleKey(dialect: .sigma, slug: slug), title: slug,
      source: RuleSource(in: SourceFile(path: file, source: file)))
  }

  @Test func takesCorrelationsOfTheSameLogicForDuplicates() {
    let rules = [
      correlation("c", of: ["a", "b"], by: ["user", "host"], "60m"),
      correlation("d", of: ["b", "a"], by: ["host", "user"], "1h"), correlation("e", of: ["a"], by: ["user"], "1h"),
      correlation("f", of: [], by: ["user"], "1h"), correlation("g", of: [], by: ["user"], "1h"),
      rule("a", x("1")).with { $0.name = "a" }, rule("b", x("2")).with { $0.name = "b" },
    ]
    #expect(
      rules.indices.map { words(rules, of: $0) } == [["d duplicate 100 0"], ["c duplicate 100 0"], [], [], [], [], []])
  }

  /// A name is that of the rule in the same file.
  @Test func takesCorrelationsOfOtherRulesForOthers() {
    func login(_ slug: String, in file: String) -> Rule {
      var draft = draft(slug, in: file)
      (draft.name, draft.stages) = ("login", [stage("condition", x(slug))])
      return Rule(draft)
    }
    func correlation(_ slug: String, in file: String) -> Rule {
      var draft = draft(slug, in: file)
      draft.body = .correlation(
        Correlation(kind: .temporal, rules: [RuleReference("login", at: place)], timespan: "1h"))
      return Rule(draft)
    }
    let rules = [
      login("a", in: "1.yml"), login("b", in: "2.yml"), correlation("c", in: "1.yml"), correlation("d", in: "2.yml"),
      correlation("e", in: "2.yml"),
    ]
    #expect(rules.indices.map { words(rules, of: $0) } == [[], [], [], ["e duplicate 100 0"], ["d duplicate 100 0"]])
  }

  @Test func takesFiltersOfTheSameRulesAndLogsForDuplicates() {
    func filter(_ title: String, _ scope: FilterScope, _ product: String, _ test: Predicate...) -> Rule {
      rule(title).with {
        $0.body = .filter(scope, .single)
        $0.logSource = LogSource(product: product)
        $0.stages = [stage("condition", .all(test))]
      }
    }
    let rules = [
      filter("a", .any, "windows", x("1"), x("2")), filter("b", .any, "Windows", x("2"), x("1")),
      filter("c", .any, "linux", x("1"), x("2")), filter("d", .any, "windows", x("1")),
      filter("e", .any, "windows"), filter("f", .any, "windows"),
    ]
    #expect(
      rules.indices.map { words(rules, of: $0) } == [["b duplicate 100 0"], ["a duplicate 100 0"], [], [], [], []])
  }
}

extension Predicate {
  fileprivate static func x(_ value: String) -> Predicate { .test(Test(field: "F", kind: .eq, value: value)) }
}
