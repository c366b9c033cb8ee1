import Attack
import Diagnostics
import Events
import RuleModel
import TestSupport
import Testing

@testable import Analysis

/// Three techniques: T1003 shows by Doorman open (and has the sub-technique T1003.001, by Doorman without an event), T1059 by Doorman
/// forced, T1060 by nothing that the map knows.
@Suite struct CoverageReviewTests {
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
          {"id": "T1003", "name": "Dumping", "tactics": "TA0006"},
          {"id": "T1003.001", "name": "LSASS", "tactics": "TA0006"},
          {"id": "T1059", "name": "Interpreter", "tactics": "TA0002"},
          {"id": "T1060", "name": "Run keys", "tactics": "TA0002"}],
         "groups": [], "campaigns": [], "software": [], "dataComponents": [{"id": "DC0001", "name": "Door"}],
         "logSources": [["door:log", "EventCode=1", "DC0001"], ["door:log", "unusual doors", "DC0001"],
                        ["door:log", "EventCode=2", "DC0001"], ["window:log", "EventCode=1", "DC0001"]],
         "strategies": [{"id": "DET0001", "techniques": "T1003", "analytics": [["AN0001", "0 1", "Windows"]]},
                        {"id": "DET0002", "techniques": "T1003.001", "analytics": [["AN0002", "1", "Windows"]]},
                        {"id": "DET0003", "techniques": "T1059", "analytics": [["AN0003", "2", "Windows"]]},
                        {"id": "DET0004", "techniques": "T1060", "analytics": [["AN0004", "3", "Windows"]]}]}
        """.utf8))
    map = try EventMap(
      parsing: [
        (
          "events.yml",
          Array(
            """
            logsources:
              - {product: doorman, pin: {event: [id]}, events: [{provider: Doorman}]}
            providers:
              Doorman: {events: {1: Door opened, 2: Door forced, 3: Door closed}}
            strategyLogSources: [{name: "door:log", provider: Doorman, events: codes}]
            """.utf8)
        )
      ])
  }

  private func index(of rules: [(id: String?, tag: String)]) async throws -> CatalogIndex {
    try await index(of: rules.enumerated().map { doorRule("r\($0)", id: $1.id, tag: $1.tag) })
  }

  private func index(of rules: [Rule]) async throws -> CatalogIndex {
    await CatalogIndex(of: rules, attack: matrix, events: map, fields: try FieldMap(parsing: []))
  }

  private func doorRule(_ slug: String, dialect: Dialect = .sigma, id: String?, tag: String) -> Rule {
    rule(slug, dialect: dialect, id.map { test("id", .eq, $0) } ?? test("door", .eq, "front")).with {
      $0.logSource = LogSource(product: "doorman")
      $0.attackTags = [AttackTag(tag, at: SourceSpan(SourcePosition(line: 1, column: 1)))]
    }
  }

  private func review(
    _ rules: [(id: String?, tag: String)], scope: [String]? = nil,
    telemetry: ((CatalogIndex) -> CollectedView)? = nil
  ) async throws -> CoverageReview {
    let index = try await index(of: rules)
    return CoverageReview(
      of: index, attack: matrix, events: map, strategies: StrategyEvents(matrix, map),
      scope: scope.map { Set($0.compactMap { TechniqueID($0) }) }, telemetry: telemetry?(index))
  }

  private func lines(_ review: CoverageReview) -> [String] {
    review.techniques.map { "\($0.technique.id) \($0.rules.count)/\($0.ownRules) \($0.state): \($0.reason)" }
  }

  @Test func joinsTheStrategiesWithTheEventMap() {
    let strategies = StrategyEvents(matrix, map)
    #expect(
      strategies.techniques.map { $0.map { "\($0.provider) \($0.name)" } }
        == [["Doorman 1"], ["Doorman *"], ["Doorman 2"], []])
    #expect(
      strategies.joins == [
        .init(name: "door:log", references: 4, withProvider: 4, withEvent: 2),
        .init(name: "window:log", references: 1, withProvider: 0, withEvent: 0),
      ])
  }

  /// T1003's strategy names event 1, T1059's event 2, T1003.001's the provider alone, T1060's nothing that the map knows.
  @Test func holdsTheEventsOfAStrategyAgainstThoseThatItsRulesRead() async throws {
    let rules: [(id: String?, tag: String)] = [
      ("1", "t1003"), ("2", "t1003.001"), ("1", "t1059"), (nil, "t1060"), ("2", "t1060"),
    ]
    let (index, review) = (try await index(of: rules), try await review(rules))
    let named = review.techniques.map { NamedEvents($0, in: index, readers: EventReaders(countedIn: index)) }
    #expect(named.map(\.total) == [1, 1, 1, 0])
    let doorman = { Event(provider: "Doorman", name: $0) }
    // Of the other rules, two name event 2; the one that reads every event isn't among them.
    #expect(
      named.map { $0.unread } == [[], [], [.init(event: doorman("2"), isCollected: nil, elsewhere: 2)], []])
    #expect(["1", "2", "*"].map { named[0].contains(doorman($0)) } == [true, false, false])
    #expect(["1", "2", "*"].map { named[0].rules(ofAny: [doorman($0)]) } == [1, 1, 2])
    #expect(named[3].rules(ofAny: [doorman("1"), doorman("2")]) == 1)
    #expect(named[3].rules(readingAllAround: [doorman("1"), doorman("2")]) == 1)
  }

  @Test func saysWhatIsCoveredWithoutTelemetry() async throws {
    let review = try await review([("1", "t1003"), ("2", "t1003.001"), ("2", "t1003.001")])
    #expect(
      lines(review) == [
        "T1003 3/1 covered: 1 rule of its own, 2 of sub-techniques", "T1003.001 2/2 covered: 2 rules of its own",
        "T1059 0/0 none: no rule", "T1060 0/0 none: no rule",
      ])
    #expect(
      review.totals
        == .init(rules: 3, counted: 3, techniques: 4, covered: 2, runs: 0, blind: 0, covering: 3))
    #expect(
      review.tactics.map { "\($0.tactic.id) \($0.covered)/\($0.techniques) \($0.rules)" } == [
        "TA0002 0/2 0", "TA0006 2/2 3",
      ])
    #expect(review.events.map { "\($0.event.name) \($0.rules) \($0.state)" } == ["1 1 used", "2 2 used"])
    #expect(
      review.techniques[2].events == [
        .init(event: Event(provider: "Doorman", name: "2"), isCollected: nil, isRead: true)
      ])
  }

  @Test func isAboutTheTechniquesThatAreAskedFor() async throws {
    let review = try await review([("1", "t1003"), ("2", "t1059")], scope: ["T1059", "T1060"])
    #expect(review.techniques.map(\.technique.id.description) == ["T1059", "T1060"])
    #expect(review.totals == .init(rules: 2, counted: 2, techniques: 2, covered: 1, runs: 0, blind: 0, covering: 1))
    // A tactic without a technique of these isn't listed.
    #expect(review.tactics.map(\.tactic.name) == ["Execution"] && review.tactics.map(\.techniques) == [2])
  }

  /// Only event 1 and 3 are collected.
  @Test func tellsByTelemetryWhatRunsAndWhatIsBlind() async throws {
    let review = try await review([("1", "t1003"), ("2", "t1003.001"), (nil, "t1060")]) { index in
      let collected = Set(["1", "3"])
      return CollectedView(
        states: index.events.mapValues { events in
          let names = events.events.map(\.event.name)
          return names.contains("*") ? .unknown : names.contains(where: collected.contains) ? .runs : .blind
        }, collected: [Event(provider: "Doorman", name: "1"), Event(provider: "Doorman", name: "3")],
        isCollected: { $0.isAny || collected.contains($0.name) })
    }
    #expect(
      lines(review) == [
        "T1003 2/1 runs: 1 rule runs, 1 rule is blind", "T1003.001 1/1 blind: 1 rule is blind",
        "T1059 0/0 none: no rule, and the one event that ATT&CK names isn't collected",
        "T1060 1/1 covered: 1 rule of its own",
      ])
    #expect(review.totals.runs == 1)
    #expect(review.totals.blind == 1)
    // The rule without an event in mind reads all of Doorman's, so that none is untapped.
    #expect(review.events.map { "\($0.event.name) \($0.state)" } == ["* used", "1 used", "2 missing"])
  }

  /// Of the two rules of T1003's family, the best is partly blind; those that aren't blind are awake.
  @Test func isPartlyBlindWhereTheBestRuleIs() async throws {
    let review = try await review([("1", "t1003"), ("2", "t1003.001"), ("2", "t1059")]) { _ in
      CollectedView(states: [.blind, .partlyBlind, .hidden], collected: [], isCollected: { _ in true })
    }
    #expect(review.techniques.map(\.state) == [.partly, .partly, .blind, .none])
    #expect(review.techniques.map(\.awake) == [1, 1, 0, 0])
    #expect(review.techniques[0].reason == "1 rule is partly blind, 1 rule is blind")
    #expect(review.totals.runs == 0 && review.totals.partly == 2 && review.totals.blind == 1)
    #expect(review.found == 2)
    #expect(review.tactics.map { [$0.covered, $0.runs, $0.partly, $0.blind] } == [[1, 0, 0, 1], [2, 0, 2, 0]])
  }

  /// Rules of other techniques read event 1, too: what is said of it stays what it is.
  @Test func listsWhatIsOfItsTechniquesWithTheFiguresOfAll() async throws {
    let rules: [(id: String?, tag: String)] = [("1", "t1003"), ("1", "t1059"), ("2", "t1003")]
    let view = { (_: CatalogIndex) in
      CollectedView(
        states: [.runs, .runs, .runs], collected: ["1", "2", "3"].map { Event(provider: "Doorman", name: $0) },
        isCollected: { _ in true })
    }
    let whole = try await review(rules, telemetry: view)
    #expect(
      whole.events.map { "\($0.event.name) \($0.rules) \($0.state)" } == ["1 2 used", "2 1 used", "3 0 untapped"])
    let scoped = try await review(rules, scope: ["T1059"], telemetry: view)
    #expect(scoped.events.map { "\($0.event.name) \($0.rules) \($0.state)" } == ["1 2 used"])
    #expect(scoped.logSources == whole.logSources)
    #expect(scoped.dialects.map(\.covered) == [1] && whole.dialects.map(\.covered) == [2])
    // T1003.001 shows by anything of Doorman's, so that event 3, which nothing reads, is of it; of T1060 nothing is.
    #expect(try await review(rules, scope: ["T1003.001"], telemetry: view).events.map(\.event.name) == ["3"])
    let none = try await review(rules, scope: ["T1060"], telemetry: view)
    #expect(none.events.isEmpty && none.logSources.isEmpty && none.dialects.isEmpty)
  }

  /// T1003 and its sub-technique have rules in Sigma alone, T1059 in Sigma and Elastic, T1060 in Elastic and, deprecated, in Splunk.
  @Test func saysWhichTechniquesOneDialectCoversAlone() async throws {
    let rules = [
      doorRule("a", id: "1", tag: "t1003.001"), doorRule("b", id: "2", tag: "t1059"),
      doorRule("c", dialect: .elastic, id: "2", tag: "t1059"), doorRule("d", dialect: .elastic, id: "2", tag: "t1060"),
      doorRule("e", dialect: .splunk, id: "2", tag: "t1060").with { $0.status = .deprecated },
    ]
    let index = try await index(of: rules)
    func rows(_ scope: Set<TechniqueID>? = nil) -> [String] {
      let review = CoverageReview(
        of: index, attack: matrix, events: map, strategies: StrategyEvents(matrix, map), scope: scope, telemetry: nil)
      return review.dialects.map { row in
        "\(row.dialect) \(row.counted)/\(row.rules) \(row.covered): \(row.onlyHere.map(\.description))"
      }
    }
    #expect(
      rows() == [
        #"sigma 2/2 3: ["T1003", "T1003.001"]"#, #"elastic 2/2 2: ["T1060"]"#, "splunk 0/1 0: []",
      ])
    // Splunk has no counted rule of these.
    let scope = Set(["T1059", "T1060"].compactMap { TechniqueID($0) })
    #expect(rows(scope) == ["sigma 2/2 1: []", #"elastic 2/2 2: ["T1060"]"#])
  }

  @Test func listsCollectedEventsThatNothingReads() async throws {
    let review = try await review([("1", "t1003")]) { index in
      CollectedView(
        states: [.runs], collected: ["1", "3"].map { Event(provider: "Doorman", name: $0) },
        isCollected: { $0.name != "2" })
    }
    #expect(review.events.map { "\($0.event.name) \($0.rules) \($0.state)" } == ["1 1 used", "3 0 untapped"])
  }
}

/// The detection strategies of the ATT&CK data that we ship, joined with the event map that we ship.
@Suite struct ShippedStrategyEventsTests {
  @Test func reachesAProviderOrAnEventForMostReferences() throws {
    let data = try #require(embeddedFiles(below: "catalog/knowledge/attack/enterprise-attack.json").first)
    let matrix = try AttackMatrix(parsing: data.bytes)
    let map = try EventMap(parsing: embeddedFiles(below: "catalog/knowledge/events/"))
    let joins = StrategyEvents(matrix, map).joins
    let references = joins.reduce(0) { $0 + $1.references }
    // Counted in the data by another program; a sub-technique's strategies are its own.
    #expect(references == 4160)
    #expect(joins.reduce(0) { $0 + $1.withProvider } * 100 > references * 75)
    #expect(joins.reduce(0) { $0 + $1.withEvent } * 100 > references * 50)
  }
}
