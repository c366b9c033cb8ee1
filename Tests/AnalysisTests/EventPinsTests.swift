import Events
import RuleModel
import TestSupport
import Testing

@testable import Analysis

@Suite struct EventPinsTests {
  @Test func findsTheTestsThatNameTheEventAsTheMapReadsThem() async throws {
    let map = try EventMap(parsing: [
      (
        "map.yml",
        Array(
          """
          logsources:
            - {service: doorman, pin: {event: [action], provider: [maker]}, events: [{provider: Door}]}
          """.utf8)
      )
    ])
    var rules = [
      rule(
        "a", test("Action", .eq, "open"), test("maker", .eq, "Door"), test("user", .eq, "x"), test(nil, .keyword, "k"),
        .not(test("action", .eq, "shut")), .not(test("user", .eq, "y"))),
      rule("b", test("action", .eq, "run")),
    ]
    rules[0] = rules[0].with { $0.logSource.service = "doorman" }
    let index = try await catalogIndex(of: rules, events: map)
    let (looked, excluded, pins) = (index.indicators, index.exclusions, index.eventPins)
    func values(_ table: IndicatorTable, _ pins: IndicatorColumn<Bool>) -> [String] {
      table.entries.joined().filter { pins[$0.id] }.map(\.test.value)
    }
    // In the other rule, of a log that the map doesn't know, the field is like any other.
    #expect(values(looked, pins.indicators) == ["open", "Door"])
    #expect(values(excluded, pins.exclusions) == ["shut"])
  }
}
