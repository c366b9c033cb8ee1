import Diagnostics
import Events
import Matching
import RuleModel
import TestSupport
import Testing

@testable import Analysis
@testable import Telemetry

/// Which rules run, are partly blind or blind with what is collected.
@Suite struct VisibilityTests: ReviewsVisibility {
  @Test func callsARuleThatCanNeverMatchBlindWhateverIsCollected() async throws {
    let found = try await review(
      [processes("a", test("Image", .eq, "x")), processes("b", test("Image", .eq, "y")), rule("c")],
      neverMatching: [0], correlated: [[], [], [0, 1]], yaml: "collected: [{provider: S}, {provider: A}]"
    ).rules
    #expect(found.map(words) == ["never matches", "runs", "never matches"])
    #expect(found.map { RuleState($0) } == [.blind, .runs, .blind])
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
}
