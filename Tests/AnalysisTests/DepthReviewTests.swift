import Attack
import Diagnostics
import Events
import RuleModel
import TestSupport
import Testing

@testable import Analysis

/// Doors: T1001 (two groups) shows by two events of the doorman and a log that the map doesn't know, T1002 (one group) by one log source.
@Suite struct DepthReviewTests {
  private let matrix: AttackMatrix
  private let map: EventMap

  init() throws {
    matrix = try AttackMatrix(
      parsing: Array(
        """
        {"format": 1, "domain": "enterprise-attack", "version": "1.0", "notice": "n",
         "tactics": [{"id": "TA0002", "name": "Execution", "shortname": "execution"},
                     {"id": "TA0006", "name": "Credential Access", "shortname": "credential-access"}],
         "techniques": [
          {"id": "T1001", "name": "One", "tactics": "TA0002"}, {"id": "T1001.001", "name": "One, a", "tactics": "TA0002"},
          {"id": "T1002", "name": "Two", "tactics": "TA0002"}, {"id": "T1003", "name": "Three", "tactics": "TA0006"}],
         "groups": [{"id": "G0001", "name": "A", "techniques": "T1001 T1002"}, {"id": "G0002", "name": "B", "techniques": "T1001"}],
         "campaigns": [], "software": [], "dataComponents": [{"id": "DC0001", "name": "Door"}],
         "logSources": [["door:log", "EventCode=1", "DC0001"], ["door:log", "EventCode=9", "DC0001"],
                        ["window:log", "", "DC0001"]],
         "strategies": [{"id": "DET0001", "techniques": "T1001", "analytics": [["AN0001", "0 1 2", "Windows"]]},
                        {"id": "DET0002", "techniques": "T1002", "analytics": [["AN0002", "1", "Windows"]]}]}
        """.utf8))
    map = try EventMap(
      parsing: [
        (
          "events.yml",
          Array(
            """
            logsources: [{product: doorman, pin: {event: [id]}, events: [{provider: Doorman}]}]
            providers: {Doorman: {events: {1: a, 2: b, 3: c, 9: d}}}
            strategyLogSources: [{name: "door:log", provider: Doorman, events: codes}]
            """.utf8)
        )
      ])
  }

  /// A rule that looks for any of some events of the doorman, or for none that is known.
  private func door(
    _ slug: String, _ events: [String], _ tag: String, _ level: Level? = .high,
    _ change: (inout RuleDraft) -> Void = { _ in }
  ) -> Rule {
    rule(slug, events.isEmpty ? test("door", .eq, "front") : .any(events.map { test("id", .eq, $0) })).with {
      $0.logSource = events.isEmpty ? LogSource(product: "unknown") : LogSource(product: "doorman")
      $0.level = level
      $0.attackTags = [AttackTag(tag, at: SourceSpan(SourcePosition(line: 1, column: 1)))]
      change(&$0)
    }
  }

  private func review(
    _ rules: [Rule], collected: Set<String>? = nil, agreed: Scope? = nil
  ) async throws -> (coverage: CoverageReview, gaps: GapReview, depth: DepthReview) {
    let index = await CatalogIndex(
      of: rules.sorted { $0.key < $1.key }, attack: matrix, events: map, fields: try FieldMap(parsing: []))
    let view = collected.map { collected in
      CollectedView(
        states: index.events.mapValues { events in
          events.events.isEmpty
            ? .unknown : events.events.contains { collected.contains($0.event.name) } ? .runs : .blind
        }, collected: collected.sorted().map { Event(provider: "Doorman", name: $0) },
        isCollected: { $0.isAny ? !collected.isEmpty : collected.contains($0.name) })
    }
    let strategies = StrategyEvents(matrix, map)
    let coverage = CoverageReview(
      of: index, attack: matrix, events: map, strategies: strategies, agreed: agreed, telemetry: view)
    return (
      coverage, GapReview(coverage, of: index, attack: matrix, telemetry: view),
      DepthReview(coverage, of: index, attack: matrix, strategies: strategies, telemetry: view)
    )
  }

  private func thin(_ rules: [Rule], collected: Set<String>? = nil) async throws -> [String] {
    try await review(rules, collected: collected).depth.thin.map { row in
      "\(row.row.technique.id) \(row.groups): \(row.depth.thin.map(\.words).joined(separator: "; "))"
    }
  }

  private func scope(_ change: (inout ScopeDefinition) -> Void, on day: String? = nil) -> Scope {
    var definition = ScopeDefinition(path: "ruledex.yml")
    change(&definition)
    return matrix.scope(definition, targets: nil, on: day.flatMap { CalendarDate($0) }).scope
  }

  private func entry(_ text: String) -> ScopeDefinition.Entry {
    ScopeDefinition.Entry(text, at: SourceSpan(SourcePosition(line: 1, column: 1)))
  }

  @Test func listsThinTechniquesMostUsedFirst() async throws {
    let rules = [door("a", ["1"], "t1003"), door("b", ["1"], "t1001"), door("c", ["2"], "t1002")]
    #expect(try await thin(rules) == ["T1001 2: one rule", "T1002 1: one rule", "T1003 0: one rule"])
  }

  @Test func saysWhatHoldsATechniqueUp() async throws {
    func two(_ first: Rule, _ second: Rule) async throws -> [String] { try await thin([first, second]) }
    func hunting(_ draft: inout RuleDraft) { draft.tags = ["detection.threat-hunting"] }
    func experimental(_ draft: inout RuleDraft) { draft.status = .experimental }
    // Two events and two levels are enough.
    #expect(try await two(door("a", ["1"], "t1001", .low), door("b", ["2"], "t1001")) == [])
    #expect(
      try await two(door("a", ["1"], "t1001", .low), door("b", ["1"], "t1001")) == ["T1001 2: one event, Doorman 1"])
    #expect(
      try await two(door("a", ["1"], "t1001"), door("b", ["2"], "t1001")) == ["T1001 2: one level, high"])
    #expect(
      try await two(door("a", ["1"], "t1001", .low, experimental), door("b", ["2"], "t1001", .high, experimental))
        == ["T1001 2: only experimental"])
    #expect(
      try await two(door("a", ["1"], "t1001", .low, hunting), door("b", ["2"], "t1001", .high, hunting))
        == ["T1001 2: only hunting"])
    #expect(
      try await two(door("a", ["1"], "t1001", .low, hunting), door("b", ["2"], "t1001", .high, experimental))
        == ["T1001 2: only experimental or hunting"])
    #expect(
      try await thin([door("a", ["1"], "t1001", .low, experimental)]) == ["T1001 2: one rule; only experimental"])
    // A rule without a known event may read another one, and rules without a level have none in common.
    #expect(try await two(door("a", ["1"], "t1001", nil), door("b", [], "t1001", nil)) == [])
  }

  /// Of T1001's rules, only the one for event 1 runs; a technique that is only blind is a gap, not thin.
  @Test func countsOnlyRulesThatRun() async throws {
    let rules = [
      door("a", ["1"], "t1001", .low), door("b", ["2"], "t1001"), door("c", [], "t1001"), door("d", ["3"], "t1002"),
    ]
    let review = try await review(rules, collected: ["1", "9"])
    let row = try #require(review.depth.thin.first)
    #expect(review.depth.thin.count == 1)
    #expect(row.depth.rules == [0] && row.depth.thin == [.oneRule] && row.depth.events == 1 && row.depth.levels == 1)
    #expect(row.depth.shortWords == "thin: one rule")
  }

  /// Of two events that a rule reads, the one that isn't collected holds nothing up.
  @Test func countsOnlyEventsThatAreCollected() async throws {
    let rules = [door("a", ["1", "2"], "t1001", .low), door("b", ["1"], "t1001")]
    #expect(try await thin(rules, collected: ["1"]) == ["T1001 2: one event, Doorman 1"])
    #expect(try await thin(rules, collected: ["1", "2"]) == [])
    let depth = try #require(try await review(rules).depth.techniques.values.first)
    #expect(depth.shortWords == "2 events, 2 levels")
  }

  /// Of T1001's three log sources, only event 1 is read; event 9 isn't collected, though a rule would read it.
  @Test func saysWhichLogSourcesTheRunningRulesRead() async throws {
    let rules = [door("a", ["1", "9"], "t1001"), door("b", ["9"], "t1001"), door("c", ["1"], "t1002")]
    let depth = try await review(rules, collected: ["1"]).depth
    let sources = try #require(depth.techniques.first { $0.key.description == "T1001" }?.value.sources)
    #expect(
      sources.map { "\($0.words): \($0.state) \($0.rules) \($0.isCollected.map { "\($0)" } ?? "nil")" } == [
        "door:log (EventCode=1): read 1 true", "door:log (EventCode=9): not collected 0 false",
        "window:log: not in the event map 0 nil",
      ])
    // T1002 has a single log source, which its rule doesn't read.
    #expect(
      depth.unread.map { row in
        "\(row.row.technique.id) \(row.depth.sources.count { $0.isRead }) of \(row.depth.sources.count)"
      } == ["T1001 1 of 3"])
  }

  /// T1002 is excluded, T1003 accepted, and T1001.001 is the only gap that is left.
  @Test func leavesTheShareAndTheGapsToTheScope() async throws {
    let rules = [door("a", ["1"], "t1001"), door("b", ["2"], "t1002")]
    let agreed = scope {
      $0.exclude = [entry("T1002")]
      $0.accepted = [.init(entry("T1003"), reason: "no sensor", until: CalendarDate("2027-03-31"))]
    }
    let review = try await review(rules, agreed: agreed)
    #expect(
      review.coverage.totals
        == .init(rules: 2, counted: 2, techniques: 2, covered: 1, runs: 0, blind: 0, covering: 1))
    #expect(
      review.coverage.allTotals
        == .init(rules: 2, counted: 2, techniques: 4, covered: 2, runs: 0, blind: 0, covering: 2))
    #expect(review.coverage.tactics.map { "\($0.tactic.id) \($0.covered) of \($0.techniques)" } == ["TA0002 1 of 2"])
    #expect(
      review.coverage.allTactics.map { "\($0.tactic.id) \($0.covered) of \($0.techniques)" } == [
        "TA0002 2 of 3", "TA0006 0 of 1",
      ])
    #expect(review.gaps.gaps.map(\.row.technique.id.description) == ["T1001.001"])
    #expect(review.depth.thin.map(\.row.technique.id.description) == ["T1001"])
    #expect(
      review.coverage.outOfScope.map { "\($0.row.technique.id) \($0.exclusion.words)" } == [
        "T1002 excluded with T1002"
      ])
    #expect(
      review.coverage.acceptedGaps.map { "\($0.gap.technique) \($0.gap.verdict) \($0.rows.map(\.technique.id))" } == [
        "T1003 unchecked [T1003]"
      ])
    // Rules and events aren't limited.
    #expect(review.coverage.events.count == 2 && review.coverage.dialects.map(\.covered) == [1])
  }

  @Test func takesBackAGapWhoseDateHasPassed() async throws {
    let rules = [door("a", ["1"], "t1001")]
    func gaps(on day: String) async throws -> [String] {
      let agreed = scope(
        { $0.accepted = [.init(entry("T1003"), reason: "no sensor", until: CalendarDate("2027-03-31"))] }, on: day)
      return try await review(rules, agreed: agreed).gaps.gaps.map(\.row.technique.id.description)
    }
    #expect(try await gaps(on: "2027-03-31") == ["T1002", "T1001.001"])
    #expect(try await gaps(on: "2027-04-01") == ["T1002", "T1001.001", "T1003"])
  }

  /// An event wakes rules whatever the scope, and of the techniques those in scope.
  @Test func countsWhatAnEventWakesInScope() async throws {
    let rules = [door("a", ["1"], "t1001"), door("b", ["1"], "t1002")]
    let agreed = scope { $0.exclude = [entry("T1002")] }
    let wake = try #require(try await review(rules, collected: [], agreed: agreed).gaps.wake.first)
    #expect(wake.rules == [0, 1] && wake.techniques.map(\.description) == ["T1001"])
  }
}
