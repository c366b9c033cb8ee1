import Diagnostics
import Events
import RuleModel
import Testing

/// Which events count where a rule reads several logs, relates or joins rows, or names several providers and events.
@Suite struct EventChoiceTests {
  /// The events of a sequence, and rows that are joined, choose events each on its own.
  @Test func partsOfASequence() throws {
    func step(_ index: Int, _ predicate: Predicate) -> Stage {
      Stage(
        name: "event \(index)", form: .condition, language: .eql, text: "[…]", predicate: predicate,
        position: SourcePosition(line: index, column: 1))
    }
    let map = try readMap(
      """
      pins: {ecs: {event: [event.code], several: [event.type]}}
      logsources:
        - datasets: [d]
          pin: ecs
          events:
            - {provider: P, event: start, when: {event.type: [start]}}
            - {provider: P, event: deletion, when: {event.type: [deletion]}}
            - {provider: P, event: change, when: {event.type: [change]}}
      """)
    let rule = [
      Stage(
        name: "sequence", form: .source, language: .eql, predicate: .all([.stage(1), .stage(2), .not(.stage(3))]),
        position: SourcePosition(line: 1, column: 1)),
      step(1, eq("event.type", "start")), step(2, eq("event.type", "deletion")), step(3, eq("event.type", "change")),
    ]
    let found = map.events(for: LogSource(product: "d"), dialect: .elastic, stages: rule, joinsEvents: true)
    #expect(found.words == ["P/deletion", "P/start"])
  }

  /// Of an event of another category, and of another table's rows, a log source says nothing.
  @Test(arguments: [
    (Dialect.elastic, "a", ["P/1"]), (.elastic, "b", ["Q/2"]), (.kusto, "a", ["P/1"]), (.kusto, "b", ["Q/2"]),
  ])
  func whatIsAskedOfOtherLogSources(dialect: Dialect, name: String, expected: [String]) throws {
    let map = try readMap(
      """
      logsources:
        - {datasets: [d], eventCategory: a, tables: [a], pin: {event: [code]}, events: [{provider: P}]}
        - {datasets: [d], eventCategory: b, tables: [b], pin: {event: [code]}, events: [{provider: Q}]}
      """)
    func stage(_ reads: String, _ predicate: Predicate) -> Stage {
      Stage(
        name: "where", form: .command, language: .kusto, text: "…", reads: [reads], predicate: predicate,
        position: SourcePosition(line: 1, column: 1))
    }
    // A union of two tables, or what any of two events may be.
    let rule = [
      Stage(
        name: "query", form: .source, language: .kusto, predicate: .any([.all([.stage(1)]), .all([.stage(2)])]),
        position: SourcePosition(line: 1, column: 1)), stage("A", eq("code", "1")), stage("b", eq("code", "2")),
    ]
    let logSource =
      dialect == .elastic ? LogSource(category: name, product: "d") : LogSource(service: name)
    #expect(map.events(for: logSource, dialect: dialect, stages: rule).words == expected)
  }

  @Test func rowsThatAreJoined() throws {
    func command(_ name: String, _ predicate: Predicate) -> Stage {
      Stage(
        name: name, form: .command, language: .kusto, text: name, predicate: predicate,
        position: SourcePosition(line: 1, column: 1))
    }
    let map = try readMap(
      "logsources: [{tables: [T], pin: {event: [EventID], numbers: true}, events: [{provider: P}]}]")
    let rule = [
      Stage(
        name: "query", form: .source, language: .kusto, predicate: .all([.stage(1), .stage(2), .stage(3)]),
        position: SourcePosition(line: 1, column: 1)),
      command("where", .any([eq("EventID", "1"), eq("Account", "x")])), command("join", .all([.stage(4)])),
      command("where", eq("Account", "y")), command("where", eq("EventID", "2")),
    ]
    let found = map.events(for: LogSource(service: "T"), dialect: .kusto, stages: rule, joinsEvents: true)
    #expect(found.words == ["P/1", "P/2"])
  }

  /// Where another log source has an event that fits, none counts for want of a better one.
  @Test func whatIsSetAsideIsForWantOfABetterOne() throws {
    let map = try readMap(
      """
      pins: {ecs: {event: [event.code], several: [event.type]}}
      logsources:
        - {datasets: [a], pin: ecs, events: [{provider: A, event: start, when: {event.type: [start]}}]}
        - {datasets: [b], pin: ecs, events: [{provider: B, event: change, when: {event.type: [change]}}]}
      """)
    func words(_ type: String) -> [String] {
      map.events(
        for: [LogSource(product: "a"), LogSource(product: "b")], dialect: .elastic,
        stages: stages(eq("event.type", type))
      ).words
    }
    #expect(words("start") == ["A/start"])
    #expect(words("end") == ["A/start", "B/change"])
  }

  /// Of several providers and events, those go together that the entries list so.
  @Test(arguments: [
    (
      Predicate.all([anyOf("source", "a.x", "b.x"), anyOf("name", "One", "Two", "Three")]),
      ["P/Three", "P-a/One", "P-b/Two"]
    ),
    (Predicate.all([eq("source", "b.x"), eq("name", "One")]), ["P-b/One"]),
  ])
  func providersOfListedEvents(predicate: Predicate, expected: [String]) throws {
    let map = try readMap(
      """
      logsources:
        - product: p
          pin: {event: [name], provider: [{field: source, value: "{word}.*", name: "P-{word}"}]}
          events: [{provider: P}, {provider: P-a, pinned: [One]}, {provider: P-b, pinned: [Two]}]
      """)
    #expect(map.words(LogSource(product: "p"), predicate) == expected)
  }

  /// What an entry lists beside single events counts where a rule names it, and only there.
  @Test(arguments: [
    (Predicate.all([]), ["P/T:One", "P/T:Two"]), (eq("action", "One"), ["P/T:One"]),
    (eq("action", "Other"), ["P/T:Other"]), (anyOf("action", "Two", "Other"), ["P/T:Other", "P/T:Two"]),
  ])
  func patternsBesideEvents(predicate: Predicate, expected: [String]) throws {
    let map = try readMap(
      """
      logsources:
        - tables: [T]
          pin: {event: [{form: "T:{action}"}]}
          events: [{provider: P, event: "T:One"}, {provider: P, event: "T:Two"}, {provider: P, pinned: ["T:*"]}]
      """)
    #expect(map.events(for: LogSource(service: "T"), dialect: .kusto, stages: stages(predicate)).words == expected)
  }
}
