import Diagnostics
import Events
import RuleModel
import Testing

/// What the logic of a rule makes of its pins.
@Suite struct RuleLogicTests {
  let map: EventMap

  init() throws {
    map = try readMap(
      """
      logsources:
        - product: p
          pin: {event: [id], provider: [from]}
          events: [{provider: Any}]
        - product: q
          pin: {event: [id]}
          events:
            - {provider: P, event: 1}
            - {provider: P, event: 2, lacks: [a, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12]}
      """)
  }

  private func pair(_ from: String, _ id: String) -> Predicate { .all([eq("from", from), eq("id", id)]) }

  @Test(
    arguments: [
      // (X and 1) or (Y and 2): two events, not four.
      (.any([.all([eq("from", "X"), eq("id", "1")]), .all([eq("from", "Y"), eq("id", "2")])]), ["X/1", "Y/2"]),
      (.all([anyOf("from", "X", "Y"), anyOf("id", "1", "2")]), ["X/1", "X/2", "Y/1", "Y/2"]),
      // One branch narrows the other: what contradicts itself can't match.
      (.all([anyOf("id", "1", "2"), anyOf("id", "2", "3")]), ["Any/2"]),
      (.any([.all([eq("id", "1"), eq("id", "2")]), eq("id", "3")]), ["Any/3"]),
      // All of it contradicts itself.
      (.all([eq("id", "1"), eq("id", "2")]), []),
      (.all([eq("id", "1"), .not(eq("id", "1"))]), []),
      // Excluded values are no pins; twice excluded ones are.
      (.all([eq("id", "1"), .not(eq("id", "2"))]), ["Any/1"]),
      (.not(eq("id", "2")), ["Any/*"]),
      (.not(.not(eq("id", "2"))), ["Any/2"]),
      (.not(.all([.not(eq("id", "1")), .not(eq("id", "2"))])), ["Any/1", "Any/2"]),
      (.not(.any([.not(eq("from", "X")), .not(eq("id", "2"))])), ["X/2"]),
      // A branch without a pin adds nothing to those with one, but has its provider.
      (.any([eq("id", "1"), eq("other", "x")]), ["Any/1"]),
      (.any([eq("id", "1"), eq("from", "X")]), ["Any/1", "X/*"]),
      (.any([.all([eq("from", "X"), eq("id", "1")]), eq("from", "X")]), ["X/1"]),
      (.opaque("unreadable"), ["Any/*"]),
      (.any([]), ["Any/*"]),
    ] as [(Predicate, [String])])
  func pairsProvidersWithEventsAsTheRuleDoes(predicate: Predicate, expected: [String]) {
    #expect(map.words(LogSource(product: "p"), predicate) == expected)
  }

  @Test func followsStages() {
    let found = map.words(
      LogSource(product: "p"), .any([.all([.stage(1), .stage(2)]), .stage(3)]), eq("from", "X"),
      anyOf("id", "1", "2"), pair("Y", "2"))
    #expect(found == ["X/1", "X/2", "Y/2"])
  }

  // 40 stages, each naming the one after it twice: 2^40 ways to walk through it.
  @Test func walksThroughStagesOnce() {
    let depth = 40
    var all = (1...depth).map { Predicate.all([.stage($0), .stage($0)]) }
    all.append(eq("id", "7"))
    let list = all.map {
      Stage(name: "s", predicate: $0, position: .init(line: 1, column: 1))
    }
    #expect(map.events(for: LogSource(product: "p"), stages: list).words == ["Any/7"])
  }

  /// A reader makes no such rules; the walk must end all the same.
  @Test func bearsAStageThatNamesItself() {
    #expect(map.words(LogSource(product: "p"), .stage(1), .all([eq("id", "1"), .stage(1)])) == ["Any/1"])
    #expect(map.words(LogSource(product: "p"), .any([.stage(0), eq("id", "1")])) == ["Any/1"])
  }

  /// A query's stages: its source, then its commands, `from` for a query of its own.
  private func events(_ commands: (String, Predicate)..., of whole: Predicate) -> [String] {
    let stages = ([("query", whole)] + commands).map { name, predicate in
      Stage(
        name: name, form: name == "query" || name == "subsearch" ? .source : .command, language: .kusto,
        predicate: predicate, position: .init(line: 1, column: 1))
    }
    return map.events(for: LogSource(product: "p"), stages: stages, joinsEvents: true).words
  }

  /// Rows of another query are other events: what they must have isn't asked of the query's own.
  @Test func keepsTheRowsOfOtherQueriesApart() {
    let values = Predicate.noTest("host in (other)")
    // `where host in (other) | where id in (1, 2) | join (where id == 3)`, with `other` where id == 4.
    #expect(
      events(
        ("where", eq("id", "4")), ("where", .all([values, .stage(1)])), ("where", anyOf("id", "1", "2")),
        ("join", .all([.stage(5)])), ("where", eq("id", "3")), of: .all([.stage(2), .stage(3), .stage(4)]))
        == ["Any/1", "Any/2", "Any/3", "Any/4"])
    // Both commands of the other query are about its rows.
    #expect(
      events(
        ("where", eq("from", "X")), ("where", eq("id", "4")),
        ("where", .all([values, .all([.stage(1), .stage(2)])])), ("where", pair("Y", "1")),
        of: .all([.stage(3), .stage(4)])) == ["X/4", "Y/1"])
    // Without a condition of its own.
    #expect(
      events(
        ("where", eq("from", "X")), ("where", eq("id", "4")), ("extend", .all([.stage(1), .stage(2)])),
        of: .all([.stage(3)])) == ["X/4"])
    // In a leg of a union.
    #expect(
      events(
        ("where", eq("id", "4")), ("where", .all([values, .stage(1)])), ("where", eq("id", "1")),
        ("where", eq("id", "2")),
        ("union", .any([.all([.stage(2), .stage(3)]), .stage(4)])), of: .all([.stage(5)])) == [
          "Any/1", "Any/2", "Any/4",
        ])
    // Two queries with a condition each.
    #expect(
      events(
        ("where", eq("id", "4")), ("where", eq("id", "5")),
        ("join", .all([.all([.stage(1)]), .all([.stage(2)])])), ("where", eq("id", "1")),
        of: .all([.stage(3), .stage(4)]))
        == ["Any/1", "Any/4", "Any/5"])
    // A search in brackets, beside what is searched.
    #expect(
      events(
        ("search", .all([eq("id", "1"), .all([values, .stage(2)])])), ("subsearch", .all([.stage(3)])),
        ("search", eq("id", "2")), of: .all([.stage(1)])) == ["Any/1", "Any/2"])
    // The rows that `mv-apply` gives to its query are the same.
    #expect(
      events(
        ("where", eq("from", "X")), ("where", eq("id", "1")), ("mv-apply", .all([.stage(2)])),
        of: .all([.stage(1), .stage(3)]))
        == ["X/1"])
    // A query that nothing uses.
    #expect(events(("where", eq("id", "4")), ("where", eq("id", "1")), of: .all([.stage(2)])) == ["Any/1"])
  }

  @Test func fallsBackToEveryValueWhereThereAreTooManyWays() {
    // 40 providers with 30 events are 1,200 ways; the events alone are few enough.
    let froms = Predicate.any((1...40).map { eq("from", "F\($0)") })
    let ids = Predicate.any((1...30).map { eq("id", "\($0)") })
    let found = map.words(LogSource(product: "p"), .all([froms, ids]))
    #expect(found.count == 30)
    #expect(found.prefix(2) == ["Any/1", "Any/10"])
  }

  // Each of twelve fields may be tested or not: 4,096 ways, of which the one that needs least stands for all.
  @Test func leavesOutWaysThatNeedMoreThanAnother() {
    let optional = (1...12).map { Predicate.any([eq("other", "x"), eq("f\($0)", "x")]) }
    #expect(map.words(LogSource(product: "q"), .all(optional + [eq("a", "x")])) == ["P/1"])
    #expect(map.words(LogSource(product: "q"), .all(optional)) == ["P/1", "P/2"])
  }

  @Test func staysFastWithManyValues() {
    let many = Predicate.any((1...9000).map { test("a", .contains, "v\($0)") })
    let found = map.events(for: LogSource(product: "q"), stages: stages(.all([many, many, eq("id", "1")])))
    #expect(found.words == ["P/1"])
  }

  /// Where none of the names that a rule lists is known.
  @Test(arguments: [
    (["unheard"], ["q"], ["P/1", "P/2"], 0), (["unheard", "other"], ["unknown", "q"], ["P/1", "P/2"], 1),
    (["q", "unheard"], ["unknown"], ["P/1", "P/2"], 1), (["unheard"], ["unknown"], [], 1), (["unheard"], [], [], 1),
  ])
  func whatTheQueryReadsCounts(listed: [String], read: [String], expected: [String], unmapped: Int) {
    var draft = RuleDraft(
      key: RuleKey(dialect: .sigma, slug: "c"), title: "C", source: RuleSource(in: SourceFile(path: "c.yml")))
    draft.logSources = listed.map { LogSource(product: $0) }
    draft.queryLogSources = read.map { LogSource(product: $0) }
    draft.stages = stages(.all([]))
    let found = map.events(for: Rule(draft))
    #expect(found.words == expected)
    #expect(found.unmapped.count == unmapped)
  }

  @Test func hasNothingToSayOfARuleWithoutALogSource() {
    let source = RuleSource(in: SourceFile(path: "c.yml"))
    let rule = Rule(
      RuleDraft(key: RuleKey(dialect: .sigma, slug: "c"), title: "C", body: .correlation(nil), source: source))
    #expect(map.events(for: rule) == EventResolution())
  }
}
