import Diagnostics
import Events
import Matching
import RuleModel
import TestSupport
import Testing

@testable import Analysis
@testable import Telemetry

/// What may be hidden and what may not, told without an event: each row reckoned by hand.
@Suite struct VisibilityTests {
  private func clause(_ predicate: Predicate, line: Int = 1) -> FilterClause {
    FilterClause(predicate, at: SourceLocation(path: "f.xml", line: line, column: 1), text: "line \(line)")
  }

  private func compiled(_ predicate: Predicate, _ pool: inout PatternPool, _ numbers: inout FieldNumbers) -> EventLogic
  {
    var (builder, local) = (EventLogicBuilder(), numbers)
    defer { numbers = local }
    return builder.logic(of: predicate, pool: &pool) { local.number(of: $0) }
  }

  /// The ranks of the reasons that a rule's logic has behind a filter, best first.
  private func ranks(of rule: Predicate, keeps: [Predicate]? = nil, drops: [Predicate] = [], lacks: [Predicate] = [])
    -> [HidingReason.Rank]
  {
    var (pool, numbers, ids) = (PatternPool(), FieldNumbers(), PlaceNumbers())
    let source = TelemetrySource(.sysmon, at: SourceLocation(path: "f.xml"))
    var filter = EventFilter(
      source: source, keeps: keeps?.enumerated().map { clause($0.element, line: $0.offset + 1) },
      drops: drops.enumerated().map { clause($0.element, line: $0.offset + 100) })
    filter.lacks = lacks.enumerated().map { clause($0.element, line: $0.offset + 200) }
    let event = Event(provider: "P", name: "1")
    let compiledFilter = CompiledFilter(filter, of: event, ids: &ids, pool: &pool) { numbers.number(of: $0) }
    let tree = LogicTree(compiled(rule, &pool, &numbers))
    let findings = compiledFilter.findings(for: tree, limit: 10, in: pool)
    return findings.best.map {
      compiledFilter.reason(
        $0, for: tree, written: Array(repeating: Test(field: nil, kind: .eq, value: ""), count: 99), in: pool
      ).rank
    }
  }

  // The brief cases: what the rule requires can't be dropped where the exclusion is about something else.
  @Test(
    arguments: [
      // Ends that differ can't be of one value.
      (test("Image", .endsWith, #"\a.exe"#), test("Image", .eq, #"C:\b.exe"#), []),
      (test("Image", .endsWith, #"\a.exe"#), test("Image", .eq, #"C:\A.exe"#), [.related]),
      (test("Image", .endsWith, #"\a.exe"#), test("Image", .endsWith, #"\B.exe"#), []),
      (test("Image", .endsWith, #"\a.exe"#), test("Image", .endsWith, "a.exe"), [.all]),
      (test("Image", .endsWith, "a.exe"), test("Image", .endsWith, #"\a.exe"#), [.related]),
      (test("Image", .startsWith, #"C:\Users\"#), test("Image", .startsWith, #"C:\Windows\"#), []),
      (test("Image", .startsWith, #"C:\"#), test("Image", .startsWith, #"c:\windows\"#), [.related]),
      (test("Image", .eq, "a"), test("Image", .eq, "A"), [.all]),
      (test("Image", .eq, "abc"), test("Image", .contains, "x"), []),
      (test("Image", .contains, "abc"), test("Image", .contains, "b"), [.all]),
      (test("Image", .contains, "b"), test("Image", .contains, "abc"), [.related]),
      // A beginning and an end may be of one value.
      (test("Image", .startsWith, "a"), test("Image", .endsWith, "b"), [.ownFields]),
      (test("Image", .wildcard, #"*\x?y.exe"#), test("Image", .endsWith, ".dll"), []),
      (test("Image", .wildcard, "a*c"), test("Image", .startsWith, "a"), [.all]),
      (test("Image", .wildcard, "a?c"), test("Image", .eq, "abc"), [.related]),
      (test("Image", .wildcard, "a?c"), test("Image", .eq, "abd"), []),
      (test("Image", .isNull, ""), test("Image", .contains, "a"), []),
      (test("Image", .exists, "true"), test("Image", .contains, "a"), [.related]),
      // What can't be compared may be hidden.
      (test("Image", .regex, "^a$"), test("Image", .eq, "b"), [.ownFields]),
      (test("CommandLine", .contains, "a"), test("Image", .eq, "b"), [.otherFields]),
      (test(nil, .keyword, "a"), test("Image", .eq, "b"), [.otherFields]),
      (.opaque("count() > 5"), test("Image", .eq, "b"), [.otherFields]),
      // Tests that the rule leaves out.
      (.not(test("Image", .endsWith, "b.exe")), test("Image", .endsWith, #"\b.exe"#), []),
      (.not(test("Image", .endsWith, #"\b.exe"#)), test("Image", .endsWith, "b.exe"), [.otherFields]),
      // Alternatives are told apart.
      (
        .any([
          .all([test("Image", .eq, "a"), test("User", .eq, "x")]),
          .all([test("Image", .eq, "b"), test("User", .eq, "y")]),
        ]), .all([test("Image", .eq, "a"), test("User", .eq, "y")]), []
      ),
      (
        .all([test("Image", .eq, "a"), test("User", .eq, "x")]),
        .all([test("Image", .eq, "a"), test("User", .eq, "x")]), [.all]
      ),
      (.all([test("Image", .eq, "a")]), .any([test("Image", .eq, "b"), test("User", .eq, "x")]), [.otherFields]),
      (test("Image", .eq, "a"), .not(test("Image", .eq, "a")), []),
      (test("Image", .eq, "a"), .not(test("Image", .eq, "b")), [.all]),
      (test("Image", .eq, "a"), .opaque("less than"), [.otherFields]),
      (test("Image", .eq, "a"), .all([]), [.all]),
      // Variables of the environment may stand for anything.
      (test("Image", .eq, "a"), test("Image", .eq, "%b%", .expand), [.ownFields]),
    ] as [(Predicate, Predicate, [HidingReason.Rank])])
  func whatIsDropped(rule: Predicate, drop: Predicate, expected: [HidingReason.Rank]) {
    #expect(ranks(of: rule, drops: [drop]) == expected)
  }

  // What a rule looks for as it is written is dropped, however the field compares; what it looks for besides is told.
  @Test(
    arguments: [
      (test("User", .eq, "SYSTEM"), [test("User", .eq, "SYSTEM", .cased)], [.all]),
      (test("User", .eq, "system"), [test("User", .eq, "SYSTEM", .cased)], [.related]),
      (test("User", .eq, "a SYSTEM"), [test("User", .endsWith, "SYSTEM", .cased)], [.all]),
      // Each alternative has a clause of its own.
      (
        .any([test("Image", .eq, "a"), test("Image", .eq, "b")]), [test("Image", .eq, "a"), test("Image", .eq, "b")],
        [.all, .all]
      ),
      (
        .any([test("Image", .eq, "a"), test("Image", .eq, "c")]), [test("Image", .eq, "a"), test("Image", .eq, "b")],
        [.related]
      ),
    ] as [(Predicate, [Predicate], [HidingReason.Rank])])
  func whatClausesDropTogether(rule: Predicate, drops: [Predicate], expected: [HidingReason.Rank]) {
    #expect(ranks(of: rule, drops: drops) == expected)
  }

  @Test(
    arguments: [
      (test("Image", .endsWith, #"\powershell.exe"#), [test("Image", .endsWith, #"\powershell.exe"#)], []),
      (test("Image", .endsWith, #"\powershell.exe"#), [test("Image", .endsWith, "shell.exe")], []),
      (test("Image", .endsWith, "shell.exe"), [test("Image", .endsWith, #"\powershell.exe"#)], [.notKept]),
      (test("CommandLine", .contains, "a"), [test("Image", .endsWith, #"\powershell.exe"#)], [.notKept]),
      (test("Image", .eq, "a"), [test("Image", .eq, "b")], [.all]),
      (test("Image", .eq, "a"), [test("Image", .eq, "b"), test("Image", .eq, "a")], []),
      (
        .any([test("Image", .eq, "a"), test("Image", .eq, "b")]), [test("Image", .eq, "b"), test("Image", .eq, "a")], []
      ),
      (
        .any([test("Image", .eq, "a"), test("Image", .eq, "c")]), [test("Image", .eq, "b"), test("Image", .eq, "a")],
        [.notKept]
      ),
      (
        .all([test("Image", .eq, "a"), test("User", .eq, "x")]),
        [.all([test("Image", .eq, "a"), test("User", .eq, "x")])], []
      ),
      (
        .all([.any([test("Image", .eq, "a"), test("Image", .eq, "b")]), test("User", .eq, "x")]),
        [
          .all([test("Image", .eq, "a"), test("User", .eq, "x")]),
          .all([test("Image", .eq, "b"), test("User", .eq, "x")]),
        ], []
      ),
      (test("Image", .eq, "a"), [.all([test("Image", .eq, "a"), test("User", .eq, "x")])], [.notKept]),
      (test("Image", .eq, "a"), [.any([test("Image", .eq, "b"), test("Image", .contains, "a")])], []),
      (test("Image", .eq, "a"), [.not(test("Image", .eq, "b"))], []),
      (.not(test("Image", .contains, "b")), [.not(test("Image", .eq, "b"))], []),
      (test("Image", .eq, "a"), [.opaque("perm=wa")], [.notKept]),
      // Where case counts, one that doesn't ask for it may be another's.
      (test("Image", .eq, "a"), [test("Image", .eq, "a", .cased)], [.notKept]),
      (test("Image", .eq, "a", .cased), [test("Image", .eq, "a", .cased)], []),
      (test("Image", .eq, "A", .cased), [test("Image", .eq, "a")], []),
      (test("Image", .regex, "a"), [test("Image", .regex, "a")], [.notKept]),
    ] as [(Predicate, [Predicate], [HidingReason.Rank])])
  func whatIsNotSureToBeKept(rule: Predicate, keeps: [Predicate], expected: [HidingReason.Rank]) {
    #expect(ranks(of: rule, keeps: keeps) == expected)
  }

  // MARK: Rules

  private static let map = """
    logsources:
      - {category: process_creation, events: [{provider: S, event: 1}, {provider: A, event: 2}]}
      - {category: registry, events: [{provider: S, event: 12}, {provider: S, event: 13}]}
      - {category: key_added, events: [{provider: S, event: 12, when: {EventType: [AddKey]}}]}
      - category: key_or_value
        events:
          - {provider: S, event: 12, when: {EventType: [AddKey, DropKey]}}
          - {provider: S, event: 13, when: {EventType: [SetValue]}}
      - {category: none, events: [{provider: N}]}
    providers:
      S: {channels: [S/Log], events: {1: {fields: [Image, User]}, 12: {fields: [Image, User, EventType]}, 13: {fields: [Image, User, EventType]}}}
      A: {channels: [Security], events: {2: Process}}
      N: {}
    equivalents:
      - {first: {provider: S, event: 1}, second: {provider: A, event: 2}, quality: same}
    """

  private func review(
    _ rules: [Rule], neverMatching: Set<RuleID> = [], correlated: RuleColumn<[RuleID?]>? = nil, yaml: String,
    wef: String? = nil,
    jobs: Int = 2
  ) async throws -> VisibilityReview {
    let map = try EventMap(parsing: [("map.yml", Array(Self.map.utf8))])
    let file = TelemetryFile.parse(Array(yaml.utf8), of: SourceFile(path: "t.yml")).file
    let place = SourceLocation(path: "t.yml")
    let contents = wef.map {
      [
        (
          TelemetryFile.Reference(kind: .wef, path: "w.xml", location: place),
          SourceFile(path: "w.xml", bytes: Array($0.utf8))
        )
      ]
    }
    let telemetry = Telemetry(
      file, contents: contents ?? [],
      facts: try CollectorFacts(parsing: []), map: map)
    #expect(telemetry.diagnostics.isEmpty)
    return await VisibilityReview(
      of: RuleColumn(rules), events: RuleColumn(rules).mapValues { map.events(for: $0).events.map(\.event) },
      neverMatching: neverMatching,
      correlated: correlated ?? RuleColumn(repeating: [], count: rules.count), telemetry: telemetry, map: map,
      fields: try FieldMap(parsing: []), jobs: jobs)
  }

  @Test func callsARuleThatCanNeverMatchBlindWhateverIsCollected() async throws {
    let found = try await review(
      [processes("a", test("Image", .eq, "x")), processes("b", test("Image", .eq, "y")), rule("c")],
      neverMatching: [0], correlated: [[], [], [0, 1]], yaml: "collected: [{provider: S}, {provider: A}]"
    ).rules
    #expect(found.map(words) == ["never matches", "runs", "never matches"])
    #expect(found.map { RuleState($0) } == [.blind, .runs, .blind])
  }

  private func processes(_ slug: String, _ predicate: Predicate, category: String = "process_creation") -> Rule {
    let result = rule(slug, predicate).with {
      $0.logSource = LogSource(category: category)
    }
    return result
  }

  private func words(_ visibility: RuleVisibility) -> String {
    switch visibility {
    case .runs: "runs"
    case .partlyBlind(let reasons, let more): "partly blind: " + words(reasons, more)
    case .hidden(let reasons, let more): "hidden: " + words(reasons, more)
    case .blind(let missing): "blind: " + missing.map { "\($0.provider)/\($0.name)" }.joined(separator: ", ")
    case .neverMatches: "never matches"
    case .unknown: "unknown"
    }
  }

  private func words(_ reasons: [HidingReason], _ more: Int) -> String {
    reasons.map { "\($0.location) \($0.events.map(\.name).joined(separator: ",")) \($0.tests.map(\.value))" }
      .joined(separator: "; ") + " +\(more)"
  }

  private static let partly = """
    <QueryList><Query Path="S/Log">
    <Select>*</Select>
    <Suppress>*[EventData[Data[@Name='Image']='a']]</Suppress>
    <Suppress>*[EventData[Data[@Name='Image']='b']]</Suppress>
    </Query></QueryList>
    """

  /// XPath compares texts with regard to case, Sigma without; a number has none.
  @Test func aFilterOnANumberAsTextKeepsWhatLooksForIt() async throws {
    let wef = """
      <QueryList><Query Path="S/Log">
      <Select>*[EventData[Data[@Name='Image']='3' or Data[@Name='Image']='a']]</Select>
      </Query></QueryList>
      """
    let rules = ["3", "a", "4"].map { processes($0, test("Image", .eq, $0)) }
    let found = try await review(rules, yaml: "", wef: wef)
    #expect(found.rules.map { words($0).prefix { $0 != ":" } } == ["runs", "partly blind", "hidden"])
  }

  @Test func aRuleRunsWithOneOfItsEventsAndIsBlindWithNone() async throws {
    let rules = [
      processes("r", test("Image", .eq, "a")), processes("n", test("x", .eq, "a"), category: "none"), rule("u"),
    ]
    let some = try await review(rules, yaml: "collected: [{provider: A, events: [2]}]")
    #expect(some.rules.map(words) == ["runs", "blind: N/*", "unknown"])
    let none = try await review(rules, yaml: "collected: [{provider: S, events: [12]}]")
    #expect(none.rules.map(words) == ["blind: A/2, S/1", "blind: N/*", "unknown"])
  }

  @Test func aFilterMakesARulePartlyBlindAndSaysWhere() async throws {
    let rules = [
      processes("a", test("Image", .eq, "a")), processes("b", test("Image", .endsWith, "b")),
      processes("c", test("Image", .eq, "c")), processes("d", test("User", .eq, "x")),
    ]
    let found = try await review(rules, yaml: "", wef: Self.partly)
    #expect(
      found.rules.map(words) == [
        #"hidden: w.xml:3:1 1 ["a"] +0"#, #"partly blind: w.xml:4:1 1 ["b"] +0"#, "runs",
        #"partly blind: w.xml:3:1 1 []; w.xml:4:1 1 [] +0"#,
      ])
  }

  /// What is dropped of events that aren't kept in the first place is no news.
  @Test func saysFirstThatNothingIsSureToBeKept() async throws {
    let wef = """
      <QueryList><Query Path="S/Log">
      <Select>*[EventData[Data[@Name='User']='x']]</Select>
      <Suppress>*[EventData[Data[@Name='Image']='a']]</Suppress>
      </Query></QueryList>
      """
    let found = try await review([processes("a", test("Image", .endsWith, "a"))], yaml: "", wef: wef)
    #expect(found.rules.map(words) == [#"partly blind: w.xml:2:1 1 []; w.xml:3:1 1 ["a"] +0"#])
  }

  @Test func anotherEventThatTellsTheSameMakesUpForIt() async throws {
    let rules = [processes("a", test("Image", .eq, "a"))]
    let found = try await review(rules, yaml: "collected: [{provider: A}]", wef: Self.partly)
    #expect(found.rules.map(words) == ["runs"])
  }

  @Test func aLineThatHidesSeveralEventsIsToldOnce() async throws {
    let rules = [processes("a", test("Image", .endsWith, "a"), category: "registry")]
    #expect(
      try await review(rules, yaml: "", wef: Self.partly).rules.map(words) == [
        #"partly blind: w.xml:3:1 12,13 ["a"] +0"#
      ])
  }

  /// Each thread numbers fields, patterns and places by what it meets.
  @Test func saysTheSameOnAnyNumberOfThreads() async throws {
    let rules = (0..<40).map { number in
      processes(
        "r\(number)",
        .any([
          test(["Image", "User", "x"][number % 3], .endsWith, ["a", "b", "c"][number % 7 % 3]),
          test("y", .eq, "\(number)"),
        ]),
        category: number % 5 == 0 ? "registry" : "process_creation")
    }
    let alone = try await review(rules, yaml: "", wef: Self.partly, jobs: 1)
    #expect(Set(alone.rules.map(words)).count > 3)
    for jobs in [2, 7, 64] {
      let found = try await review(rules, yaml: "", wef: Self.partly, jobs: jobs)
      #expect(found.rules == alone.rules)
      #expect(found.collections == alone.collections)
    }
  }

  @Test func anUnfilteredWayMakesUpForAFilteredOne() async throws {
    let rules = [processes("a", test("Image", .eq, "a"))]
    let found = try await review(rules, yaml: "collected: [{provider: S}]", wef: Self.partly)
    #expect(found.rules.map(words) == ["runs"])
  }

  @Test func aCorrelationRunsWhenAllItsRulesDo() async throws {
    let rules = [
      processes("a", test("Image", .eq, "c")), processes("b", test("Image", .endsWith, "a")),
      processes("c", test("x", .eq, "a"), category: "none"), rule("u"),
      rule("all"), rule("partly"), rule("blind"), rule("unknown"), rule("nested"), rule("missing"),
    ]
    let correlated: [[RuleID?]] = [[], [], [], [], [0, 0], [0, 1], [1, 2, 3], [0, 3], [4, 0], [0, nil]]
    let found = try await review(rules, correlated: RuleColumn(correlated), yaml: "", wef: Self.partly)
    #expect(
      found.rules.values[4...].map(words) == [
        "runs", #"partly blind: w.xml:3:1 1 ["a"] +0"#, "blind: N/*", "unknown", "runs", "unknown",
      ])
  }

  @Test func moreReasonsThanAReaderReadsAreCounted() async throws {
    let suppresses = (1...20).map { "<Suppress>*[EventData[Data[@Name='User']='u\($0)']]</Suppress>" }
    let list =
      "<QueryList><Query Path=\"S/Log\"><Select>*</Select>\n\(suppresses.joined(separator: "\n"))</Query></QueryList>"
    let found = try await review([processes("a", test("Image", .eq, "a"))], yaml: "", wef: list)
    #expect(found.rules.map(words) == ["partly blind: w.xml:2:1 1 []; w.xml:3:1 1 []; w.xml:4:1 1 [] +17"])
  }

  // A rule that chooses one event by its id has nothing to do with the filters of another.
  @Test func eventIDsTellAlternativesApart() async throws {
    let rules = [
      processes(
        "a",
        .any([
          .all([test("EventID", .eq, "12"), test("Image", .eq, "a")]),
          .all([test("EventID", .eq, "13"), test("Image", .eq, "c")]),
        ]), category: "registry")
    ]
    #expect(
      try await review(rules, yaml: "", wef: Self.partly).rules.map(words) == [#"partly blind: w.xml:3:1 12 ["a"] +0"#])
  }

  // The event map says what an event's fields hold, and a log source which of its events it is about.
  @Test(arguments: [
    ("AddKey", ["runs", "partly blind", "blind"]), ("DropKey", ["hidden", "partly blind", "blind"]),
    ("SetValue", ["blind", "blind", "runs"]),
  ])
  func whatTheMapSaysOfAnEventHoldsInFilters(value: String, expected: [String]) async throws {
    let wef =
      "<QueryList><Query Path=\"S/Log\"><Select>*[EventData[Data[@Name='EventType']='\(value)']]</Select></Query></QueryList>"
    let rules = [
      processes("a", test("Image", .eq, "a"), category: "key_added"),
      processes("b", .all([test("EventID", .eq, "12"), test("Image", .eq, "a")]), category: "key_or_value"),
      processes("c", .all([test("EventType", .eq, "setvalue")]), category: "key_or_value"),
    ]
    let found = try await review(rules, yaml: "", wef: wef)
    #expect(found.rules.map { words($0).prefix { $0 != ":" } } == expected.map { $0[...] })
  }

  // MARK: Missing fields

  /// What may or may not be missing hides nothing for sure, and concerns only rules that need it.
  @Test(
    arguments: [
      (test("Image", .eq, "a"), [test("Image", .exists, "true")], [.all]),
      (test("Image", .eq, "a"), [.all([test("Image", .exists, "true"), .opaque("perhaps")])], [.leftOut]),
      (test("User", .eq, "a"), [.all([test("Image", .exists, "true"), .opaque("perhaps")])], []),
      (
        .all([test("Image", .eq, "a"), test("User", .eq, "b")]),
        [test("User", .exists, "true"), .all([test("Image", .exists, "true"), .opaque("perhaps")])], [.all, .leftOut]
      ),
    ] as [(Predicate, [Predicate], [HidingReason.Rank])])
  func whatIsMissing(rule: Predicate, lacks: [Predicate], expected: [HidingReason.Rank]) {
    #expect(ranks(of: rule, lacks: lacks) == expected)
  }

  private static let missing = """
    collected: [{provider: S}]
    missing-fields:
      - {provider: S, event: 1, fields: [Image]}
      - {provider: S, event: 1, fields: [User]}
    """

  @Test(
    arguments: [
      (test("Image", .eq, "a"), "hidden: t.yml:3:38 1 [\"a\"] +0"),
      // Whatever a field is asked for, it isn't there.
      (test("Image", .regex, "^a"), "hidden: t.yml:3:38 1 [\"^a\"] +0"),
      (test("Image", .cidr, "10.0.0.0/8"), "hidden: t.yml:3:38 1 [\"10.0.0.0/8\"] +0"),
      (test("Image", .exists, "true"), "hidden: t.yml:3:38 1 [\"true\"] +0"),
      (.not(test("Image", .isNull, "")), "hidden: t.yml:3:38 1 [\"\"] +0"),
      // That it is missing, or that it isn't something, holds.
      (test("Image", .isNull, ""), "runs"), (.not(test("Image", .eq, "a")), "runs"), (test("Other", .eq, "a"), "runs"),
      // One way to match is left, or none.
      (.any([test("Image", .eq, "a"), test("Other", .eq, "b")]), "partly blind: t.yml:3:38 1 [\"a\"] +0"),
      (
        .any([test("Image", .eq, "a"), test("User", .eq, "b")]),
        "hidden: t.yml:3:38 1 [\"a\"]; t.yml:4:38 1 [\"b\"] +0"
      ),
      (
        .all([test("Image", .eq, "a"), .any([test("User", .eq, "b"), test("Other", .eq, "c")])]),
        "hidden: t.yml:3:38 1 [\"a\"]; t.yml:4:38 1 [\"b\"] +0"
      ),
    ] as [(Predicate, String)])
  func aRuleNeedsItsFields(predicate: Predicate, expected: String) async throws {
    let found = try await review([processes("a", predicate)], yaml: Self.missing)
    #expect(found.rules.map(words) == [expected])
  }

  @Test(
    arguments: [
      (.all([test("Other", .eq, "a"), .not(test("Image", .eq, "b"))]), ["t.yml:3:38 1 [\"b\"]"]),
      (.all([test("Other", .eq, "a"), .not(test("Image", .regex, "b"))]), ["t.yml:3:38 1 [\"b\"]"]),
      (
        .all([
          test("Other", .eq, "a"),
          .not(.any([test("Image", .eq, "b"), test("Image", .eq, "c"), test("User", .eq, "d"), test("X", .eq, "e")])),
        ]), ["t.yml:3:38 1 [\"b\", \"c\"]", "t.yml:4:38 1 [\"d\"]"]
      ),
      // What is excluded if the field is missing is excluded.
      (.all([test("Other", .eq, "a"), .not(test("Image", .isNull, ""))]), []),
      // The rule sees nothing of the event.
      (.all([test("User", .eq, "a"), .not(test("Image", .eq, "b"))]), []),
      (.all([test("Other", .eq, "a"), .not(test("X", .eq, "b"))]), []),
    ] as [(Predicate, [String])])
  func anExclusionByAMissingFieldCannotWork(predicate: Predicate, expected: [String]) async throws {
    let found = try await review([processes("a", predicate)], yaml: Self.missing)
    #expect(
      (found.deadExclusions[0] ?? []).map { dead in
        "\(dead.location) \(dead.events.map(\.name).joined(separator: ",")) \(dead.tests.map(\.value))"
      } == expected)
  }

  /// Another event has the field.
  @Test func aRuleSeesThroughAnotherEventWithTheField() async throws {
    let rules = [processes("a", test("Image", .eq, "a"))]
    let yaml = "collected: [{provider: S}, {provider: A}]\nmissing-fields: [{provider: S, event: 1, fields: [Image]}]"
    #expect(try await review(rules, yaml: yaml).rules.map(words) == ["runs"])
  }
}
