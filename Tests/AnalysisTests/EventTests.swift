import Attack
import Diagnostics
import Events
import RuleModel
import TestSupport
import Testing

@testable import Analysis

/// What follows from the events that rules read, worked out by hand and against a plain count over all pairs.
@Suite struct EventTests {
  private let index: CatalogIndex
  private let map: EventMap

  init() async throws {
    map = try EventMap(parsing: [
      (
        "map.yml",
        Array(
          """
          logsources:
            - {product: door, pin: {event: [id]}, events: [{provider: Door}]}
            - {product: lift, pin: {event: [id]}, events: [{provider: Door, event: 9}, {provider: Lift, event: 10}]}
          providers:
            Door: {events: {9: {title: Opened, fields: [Who, Badge, Time]}}}
          """.utf8)
      )
    ])
    func read(_ slug: String, _ product: String?, tags: [String] = [], _ predicate: Predicate...) -> Rule {
      rule(slug, .all(predicate)).with {
        $0.logSource.product = product
        $0.attackTags = tags.map { AttackTag($0, at: SourceSpan(SourcePosition(line: 1, column: 1))) }
      }
    }
    let retired = read("d", "door", tags: ["t1059"], test("id", .eq, "9"), test("Badge", .eq, "1")).with {
      $0.status = .deprecated
    }
    index = await CatalogIndex(
      of: [
        read(
          "a", "door", tags: ["t1059", "t1003"], test("id", .eq, "9"), test("Badge", .eq, "1"),
          .not(test("Badge", .eq, "2"))),
        read("b", "Door", tags: ["t1003"], test("id", .eq, "9"), test("Badge", .eq, "1"), test("Badge", .eq, "3")),
        read("c", "door", test("id", .eq, "10"), test("Door", .eq, "x")),
        retired,
        read("e", "lift", tags: ["t1059"], .not(test("Who", .eq, "guard"))),
        read("f", "door", test(nil, .keyword, "alarm")),
        read("g", "gate", test("x", .eq, "1")),
        read("h", nil, test("x", .eq, "1")),
      ],
      attack: try AttackMatrix(
        parsing: Array(
          """
          {"format": 1, "domain": "enterprise-attack", "version": "1.0", "notice": "n",
           "tactics": [{"id": "TA0002", "name": "Execution", "shortname": "execution"},
                       {"id": "TA0006", "name": "Credential Access", "shortname": "credential-access"}],
           "techniques": [
            {"id": "T1003", "name": "Dumping", "tactics": "TA0006", "platforms": ["Windows"]},
            {"id": "T1059", "name": "Interpreter", "tactics": "TA0002 TA0006", "platforms": ["Linux"]}],
           "groups": [], "campaigns": [], "software": [], "dataComponents": [], "logSources": [], "strategies": []}
          """.utf8)),
      events: map, fields: try FieldMap(parsing: []))
  }

  @Test func listsEventsByProviderAndNumberWithTheRulesThatReadThem() {
    let watched = watchedEvents(in: index.events)
    #expect(
      watched.map { "\($0.event.event.provider) \($0.event.event.name) \($0.rules)" } == [
        "Door 9 [0, 1, 3, 4]", "Door 10 [2]", "Door * [5]", "Lift 10 [4]",
      ])
    for use in watched {
      let plain = index.rules.indices.filter { rule in
        index.events[rule].events.contains { $0.event == use.event.event }
      }
      #expect(use.rules == plain)
    }
  }

  @Test func listsLogSourcesWhateverTheirCase() {
    let uses = logSourceUses(of: index.rules, in: index.events)
    #expect(
      uses.map { "\($0.logSource.product ?? "-") \($0.rules)" } == [
        "door [0, 1, 2, 3, 5]", "gate [6]", "lift [4]",
      ])
    #expect(
      uses.map { $0.events.map { "\($0.event.event.provider) \($0.event.event.name) \($0.rules)" } } == [
        ["Door 9 3", "Door * 1", "Door 10 1"], [], ["Door 9 1", "Lift 10 1"],
      ])
    #expect(uses.map { $0.unmapped != nil } == [false, true, false])
  }

  @Test func listsARuleUnderEachOfItsLogSourcesWithWhatItReachesThere() {
    let both = rule("a", test("x", .eq, "1")).with {
      $0.logSources = [LogSource(product: "door"), LogSource(product: "lift"), LogSource(product: "gate")]
    }
    let uses = logSourceUses(of: [both], in: [map.events(for: both)])
    #expect(
      uses.map { use in
        [use.logSource.product ?? "-"] + use.events.map(\.event.event.words) + (use.unmapped == nil ? [] : ["unknown"])
      } == [["door", "Door"], ["gate", "unknown"], ["lift", "Door 9", "Lift 10"]])
  }

  @Test func countsWhatRulesTestInEachFieldInTheOrderOfTheEvent() {
    let fields = EventFields(
      of: [0, 1, 3, 4], in: index, known: ["Who", "Badge", "Time"].map { EventFields.Known(name: $0) })
    func words(_ use: EventFields.Use) -> String {
      "\(use.name ?? "-") \(use.rules) rules, \(use.values) values, \(use.excludedValues) excluded by \(use.excludingRules)"
    }
    #expect(
      fields.own.map(words) == [
        "Who 1 rules, 0 values, 1 excluded by 1", "Badge 3 rules, 2 values, 1 excluded by 1",
        "Time 0 rules, 0 values, 0 excluded by 0",
      ])
    #expect(fields.others.map(words) == ["id 3 rules, 1 values, 0 excluded by 0"])
    #expect(
      fields.own[1].commonest.map { "\($0.entry.test.value) \($0.rules) of \($0.catalog)" } == [
        "1 3 of 3", "3 1 of 1",
      ])
  }

  @Test func putsASearchOverTheWholeEventBesideTheFields() {
    let fields = EventFields(of: [2, 5], in: index, known: [])
    #expect(fields.own.isEmpty)
    #expect(fields.others.map { $0.name ?? "-" } == ["-", "Door", "id"])
  }

  /// 4688 calls the process that the rules know as Image NewProcessName, and its parent's id ProcessId.
  @Test func countsAFieldUnderTheNameThatTheEventGivesIt() {
    let known = [
      EventFields.Known(name: "Badge", canonical: "Card"), EventFields.Known(name: "Who", canonical: "Badge"),
    ]
    let fields = EventFields(of: [0, 4], in: index, known: known)
    // The canonical name goes before the same word of the event; a rule that writes the event's own is counted too.
    #expect(fields.own.map { "\($0.name ?? "-") \($0.rules)" } == ["Badge 0", "Who 2"])
    #expect(fields.others.map { $0.name ?? "-" } == ["id"])
  }

  @Test func countsTechniquesAndTacticsOfCountedRules() throws {
    let covered = CoveredTechniques(of: [0, 1, 3, 4, 5], in: index)
    #expect(covered.counted == 4)
    #expect(covered.techniques.map { "\($0.id) \($0.rules)" } == ["T1003 2", "T1059 2"])
    #expect(
      Dictionary(uniqueKeysWithValues: covered.tactics.map { ("\($0.key)", $0.value) }) == ["TA0002": 2, "TA0006": 3])
  }
}
