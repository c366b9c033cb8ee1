import Attack
import Diagnostics
import Events
import RuleModel
import TestSupport
import Testing

@testable import Analysis

/// Doors: T1001 and T1002 are used by groups, T1003 by none.
@Suite struct GapReviewTests {
  private let matrix: AttackMatrix
  private let map: EventMap

  init() throws {
    matrix = try AttackMatrix(
      parsing: Array(
        """
        {"format": 1, "domain": "enterprise-attack", "version": "1.0", "notice": "n",
         "tactics": [{"id": "TA0002", "name": "Execution", "shortname": "execution"}],
         "techniques": [
          {"id": "T1001", "name": "One", "tactics": "TA0002"}, {"id": "T1001.001", "name": "One, a", "tactics": "TA0002"},
          {"id": "T1002", "name": "Two", "tactics": "TA0002"}, {"id": "T1003", "name": "Three", "tactics": "TA0002"}],
         "groups": [{"id": "G0001", "name": "A", "techniques": "T1001 T1002"}, {"id": "G0002", "name": "B", "techniques": "T1002"}],
         "campaigns": [], "software": [], "dataComponents": [{"id": "DC0001", "name": "Door"}],
         "logSources": [["door:log", "EventCode=9", "DC0001"]],
         "strategies": [{"id": "DET0001", "techniques": "T1003", "analytics": [["AN0001", "0", "Windows"]]}]}
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

  private func index(_ rules: [Rule]) async throws -> CatalogIndex {
    await CatalogIndex(
      of: rules.sorted { $0.key < $1.key }, attack: matrix, events: map, fields: try FieldMap(parsing: []))
  }

  /// A rule that looks for any of some events.
  private func door(
    _ slug: String, _ events: [String], _ tags: [String], _ change: (inout RuleDraft) -> Void = { _ in }
  )
    -> Rule
  {
    let rule = rule(slug, .any(events.map { test("id", .eq, $0) })).with {
      $0.logSource = LogSource(product: "doorman")
      $0.attackTags = tags.map { AttackTag($0, at: SourceSpan(SourcePosition(line: 1, column: 1))) }
      change(&$0)
    }
    return rule
  }

  /// - Parameter collected: events of the door that are collected; nil without telemetry.
  private func gaps(
    _ rules: [Rule], collected: Set<String>?, baseline: [Rule] = [], states: RuleColumn<RuleState> = [],
    scope: [String]? = nil
  ) async throws -> GapReview {
    let index = try await index(rules)
    let view = collected.map { collected in
      CollectedView(
        states: index.events.mapValues { events in
          events.events.isEmpty
            ? .unknown : events.events.contains { collected.contains($0.event.name) } ? .runs : .blind
        }, collected: collected.sorted().map { Event(provider: "Doorman", name: $0) },
        isCollected: { $0.isAny ? !collected.isEmpty : collected.contains($0.name) })
    }
    let review = CoverageReview(
      of: index, attack: matrix, events: map, strategies: StrategyEvents(matrix, map),
      scope: scope.map { Set($0.compactMap { TechniqueID($0) }) }, telemetry: view)
    return GapReview(
      review, of: index, attack: matrix, telemetry: view,
      baseline: baseline.isEmpty ? nil : (try await self.index(baseline), states))
  }

  private func words(_ gaps: GapReview) -> [String] {
    gaps.gaps.map { "\($0.row.technique.id) \($0.reason.rawValue) \($0.groups)" }
  }

  @Test func findsTechniquesWithoutARuleMostUsedFirst() async throws {
    let gaps = try await gaps([door("a", ["1"], ["t1001.001"])], collected: nil)
    #expect(words(gaps) == ["T1002 no-rule 2", "T1003 no-rule 0"])
    #expect(gaps.blindRules.isEmpty && gaps.wake.isEmpty && gaps.untapped.isEmpty)
  }

  @Test func tellsNoRuleFromNoTelemetryAndFromNeither() async throws {
    let rules = [door("a", ["1"], ["t1001"]), door("b", ["2"], ["t1002"])]
    #expect(
      try await words(gaps(rules, collected: ["1"])) == [
        "T1002 no-telemetry 2", "T1001.001 neither 0", "T1003 neither 0",
      ])
    #expect(
      try await words(gaps(rules, collected: ["1", "9"])) == [
        "T1002 no-telemetry 2", "T1001.001 neither 0", "T1003 no-rule 0",
      ])
  }

  @Test func listsBlindRulesAndUntappedEvents() async throws {
    let gaps = try await gaps([door("a", ["1"], []), door("b", ["2", "3"], [])], collected: ["1", "9"])
    #expect(gaps.blindRules == [.init(rule: 1, missing: ["2", "3"].map { Event(provider: "Doorman", name: $0) })])
    #expect(gaps.untapped == [Event(provider: "Doorman", name: "9")])
  }

  /// Event 3 wakes three rules; then event 2 one more; event 1 wakes none that isn't awake by then.
  @Test func wakesTheMostRulesFirst() async throws {
    let gaps = try await gaps(
      [
        door("a", ["1", "3"], ["t1001"]), door("b", ["3"], ["t1002"]), door("c", ["2", "3"], ["t1002"]),
        door("d", ["2"], ["t1003"]),
      ], collected: [])
    #expect(
      gaps.wake.map { "\($0.event.name): \($0.rules) \($0.techniques.map(\.description))" } == [
        "3: [0, 1, 2] [\"T1001\", \"T1002\"]", "2: [3] [\"T1003\"]",
      ])
  }

  /// Event 2 wakes c, d and e and more techniques than event 3, which then wakes a and b; T1003 runs already by f.
  @Test func cutsWhatAnEventWakesToTheTechniquesAskedFor() async throws {
    let rules = [
      door("a", ["1", "3"], ["t1001"]), door("b", ["3"], ["t1002"]), door("c", ["2", "3"], ["t1002"]),
      door("d", ["2"], ["t1003"]), door("e", ["2"], ["t1001.001"]), door("f", ["4"], ["t1003"]),
    ]
    func words(_ gaps: GapReview) -> [String] {
      gaps.wake.map { "\($0.event.name): \($0.rules) \($0.techniques.map(\.description).joined(separator: " "))" }
    }
    #expect(
      try await words(gaps(rules, collected: ["4"])) == ["2: [2, 3, 4] T1001 T1001.001 T1002", "3: [0, 1] "])
    let scoped = try await gaps(rules, collected: ["4"], scope: ["T1001", "T1003"])
    // T1001 has the rules of T1001.001 too, which isn't asked for itself.
    #expect(words(scoped) == ["2: [3, 4] T1001", "3: [0] "])
    #expect(scoped.blindRules.map(\.rule) == [0, 3, 4])
    #expect(try await words(gaps(rules, collected: ["4"], scope: ["T1002"])) == ["2: [2] T1002", "3: [1] "])
  }

  @Test func countsRulesBehindFiltersAsBlindWithoutAnEventThatWakesThem() async throws {
    let index = try await index([door("a", ["1"], ["t1001"]), door("b", ["2"], ["t1002"])])
    let view = CollectedView(states: [.hidden, .blind], collected: [], isCollected: { $0.name == "1" })
    let review = CoverageReview(
      of: index, attack: matrix, events: map, strategies: StrategyEvents(matrix, map), telemetry: view)
    let gaps = GapReview(review, of: index, attack: matrix, telemetry: view)
    #expect(
      gaps.blindRules == [
        .init(rule: 0, missing: []), .init(rule: 1, missing: [Event(provider: "Doorman", name: "2")]),
      ])
    #expect(gaps.waitingRules == 1 && gaps.wake.map(\.rules) == [[1]])
  }

  @Test func choosesAmongEventsThatWakeAsManyRulesByTechniques() async throws {
    let gaps = try await gaps([door("a", ["1"], []), door("b", ["2"], ["t1001.001"])], collected: [])
    #expect(gaps.wake.map(\.event.name) == ["2", "1"])
    #expect(gaps.wake[0].techniques.map(\.description) == ["T1001", "T1001.001"])
  }

  @Test func ordersCandidatesAndLeavesOutWhatIsHereAlready() async throws {
    let id = "0f4e2b1c-0000-4000-8000-000000000001"
    let own = [door("mine", ["1"], []) { $0.id = id }]
    let baseline = [
      door("blind-critical", ["3"], ["t1002"]) { $0.level = .critical },
      door("same", ["1"], ["t1002"]) { $0.id = id.uppercased() },
      door("runs-high", ["1"], ["t1002"]) { $0.level = .high },
      door("runs-high-stable", ["1"], ["t1002"]) { ($0.level, $0.status) = (.high, .stable) },
      door("runs-low", ["1"], ["t1002"]) { $0.level = .low },
      door("gone", ["1"], ["t1002"]) { $0.status = .deprecated },
      door("other", ["1"], ["t1001"]),
    ]
    let index = try await index(baseline)
    let gaps = try await gaps(
      own, collected: nil, baseline: baseline,
      states: index.events.mapValues { $0.events.contains { $0.event.name == "1" } ? .runs : .blind })
    let gap = try #require(gaps.gaps.first { $0.row.technique.id.description == "T1002" })
    #expect(
      gap.candidates.map { index.rules[$0.rule].key.slug } == [
        "runs-high-stable", "runs-high", "runs-low", "blind-critical",
      ])
    #expect(gap.candidates.map(\.readsNewEvents) == [false, false, false, true])
    #expect(gap.candidates.map(\.runs) == [true, true, true, false])
  }

  @Test func prefersARuleThatNamesExactlyTheTechnique() async throws {
    let baseline = [door("a-sub", ["1"], ["t1001.001"]), door("b-own", ["1"], ["t1001"])]
    let gaps = try await gaps([door("x", ["1"], [])], collected: nil, baseline: baseline, states: [.runs, .runs])
    let gap = try #require(gaps.gaps.first { $0.row.technique.id.description == "T1001" })
    #expect(gap.candidates.map(\.rule) == [1, 0])
    #expect(gap.candidates.map(\.isOwn) == [true, false])
  }
  /// One campaign's rule, however critical, closes a gap for that campaign alone.
  @Test func prefersWhatDetectsABehaviourAtLarge() async throws {
    let baseline = [
      door("campaign", ["1"], ["t1001"]) { ($0.level, $0.tags) = (.critical, ["detection.emerging-threats"]) },
      door("exploit", ["1"], ["t1001"]) { ($0.level, $0.tags) = (.high, ["CVE.2021-44228"]) },
      door("general", ["1"], ["t1001"]) { ($0.level, $0.tags) = (.low, ["detection.dfir"]) },
      door("hunting", ["1"], ["t1001"]) { ($0.level, $0.tags) = (.high, ["detection.threat_hunting"]) },
    ]
    let gaps = try await gaps(
      [door("x", ["1"], [])], collected: nil, baseline: baseline,
      states: RuleColumn(repeating: .runs, count: baseline.count))
    let gap = try #require(gaps.gaps.first { $0.row.technique.id.description == "T1001" })
    #expect(
      gap.candidates.map { $0.reason(for: baseline[$0.rule]) } == [
        "runs here; low; names the technique", "runs here; for threat hunting; high; names the technique",
        "runs here; for one threat; critical; names the technique",
        "runs here; for one threat; high; names the technique",
      ])
  }
}
