import Diagnostics
import Events
import RuleModel
import Testing

/// Pins that take events away, that no event can have, and that name events which aren't there.
@Suite struct ContradictionTests {
  let map: EventMap

  init() throws {
    map = try readMap(
      """
      pins:
        win: {event: [EventID], provider: [Provider_Name], numbers: true}
      logsources:
        - {product: w, category: process, pin: win, events: [{provider: S, event: 1}, {provider: A, event: 4688}]}
        - {product: w, category: registry, pin: win, events: [{provider: S, event: 13}]}
        - {product: w, service: security, pin: win, events: [{provider: A}, {provider: E, pinned: [1100-1105]}]}
        - {product: w, service: other, pin: win, events: [{provider: O}]}
        - {product: w, service: system, pin: win, events: [{provider: Sys}, {provider: SCM, pinned: [7000-7045]}]}
        - {product: w, service: both, pin: win, events: [{provider: A}, {provider: O}]}
        - {product: w, service: whole, pin: win, events: [{provider: A}, {provider: S}]}
        - {product: w, category: access, pin: win, events: [{provider: F, pinned: [12, 30-31]}]}
        - {product: w, category: driver, pin: win, events: [{provider: S, event: 6}]}
      providers:
        S: {complete: true, aliases: [Sysmon], events: {1: , 6: , 13: }, others: [2, 20-22]}
        A: {complete: true, events: {4620: , 4624: , 4625: , 4657: , 4688: , 4720: , 4722: , 4726: , 47200: }}
        E: {events: {1100: , 1102: }}
        O: {}
        SCM: {events: {7045: }}
        F: {events: {11: , 12: , 30: , 31: }}
        C: {events: {3001: , 3033: }}
      equivalents:
        - {first: {provider: S, event: 13}, second: {provider: A, event: 4657}, quality: partial}
        - {first: {provider: S, event: 13}, second: {provider: A, event: 4688}, quality: weak}
        - {first: {provider: S, event: 6}, second: {provider: C, event: "*"}, quality: partial}
      """)
  }

  private func resolve(_ logSource: String, _ predicate: Predicate) -> EventResolution {
    map.events(for: source(logSource), stages: stages(predicate))
  }

  @Test(
    arguments: [
      // A number in another spelling.
      (eq("EventID", "04624"), ["A/4624"]),
      (test("EventID", .wildcard, "462?"), ["A/4620", "A/4624", "A/4625"]),
      (test("EventID", .startsWith, "472"), ["A/4720", "A/47200", "A/4722", "A/4726"]),
      (test("EventID", .contains, "10"), ["E/1100", "E/1102"]),
      (.all([test("EventID", .gte, "4720"), test("EventID", .lte, "4726")]), ["A/4720", "A/4722", "A/4726"]),
      (.all([test("EventID", .gt, "4720"), test("EventID", .lt, "4726")]), ["A/4722"]),
      (test("EventID", .regex, "^(4624|4625)$"), ["A/4624", "A/4625"]),
      (test("EventID", .regex, "^(?:4624|4625)$"), ["A/4624", "A/4625"]),
      (test("EventID", .regex, "^4624$|^4625$"), ["A/4624", "A/4625"]),
      (test("EventID", .regex, "^4720"), ["A/4720", "A/47200"]),
      (test("EventID", .regex, "^46(24|25)$"), ["A/4624", "A/4625"]),
      (test("EventID", .regex, "^462[45]$"), ["A/4624", "A/4625"]),
      (test("EventID", .regex, #"^(?:4(62[0-4]|7[12]\d))$"#), ["A/4620", "A/4624", "A/4720", "A/4722", "A/4726"]),
      (test("EventID", .regex, "^4720{1,2}$"), ["A/4720", "A/47200"]),
      (test("EventID", .regex, #"\A472(0{1,2}|2?)\z"#), ["A/4720", "A/47200", "A/4722"]),
      (test("EventID", .regex, "(^4624$|^4625$)"), ["A/4624", "A/4625"]),
      // A number that is written out is meant, whether it is known or not; others are those that are known.
      (test("EventID", .regex, "^46(24|99)$"), ["A/4624", "A/4699"]),
      (test("EventID", .regex, "^46(24|2[0-9])$"), ["A/4620", "A/4624", "A/4625"]),
      (.all([test("EventID", .wildcard, "462?"), .not(test("EventID", .regex, "^462[0-4]$"))]), ["A/4625"]),
      // More than a list says nothing.
      (test("EventID", .regex, "^46[0-9]+$"), ["A/*"]),
      (test("EventID", .regex, #"^4\d{3}$"#), ["A/*"]),
      (test("EventID", .regex, "^46(24|25$"), ["A/*"]),
      (test("EventID", .regex, "^4(?!6)24$"), ["A/*"]),
      (test("EventID", .contains, "46", .base64), ["A/*"]),
      // What is excluded.
      (.all([anyOf("EventID", "4624", "4625"), .not(eq("EventID", "4625"))]), ["A/4624"]),
      (.all([test("EventID", .wildcard, "462?"), .not(test("EventID", .endsWith, "0"))]), ["A/4624", "A/4625"]),
      (.all([test("EventID", .wildcard, "462?"), .not(test("EventID", .regex, "^(4620|4624)$"))]), ["A/4625"]),
      (.all([test("EventID", .wildcard, "462?"), .not(test("EventID", .gt, "4621"))]), ["A/4620"]),
      (.not(eq("EventID", "4624")), ["A/*"]),
      // Only with another condition: it may still be that event.
      (
        .all([anyOf("EventID", "4624", "4625"), .not(.all([eq("EventID", "4625"), eq("User", "x")]))]),
        ["A/4624", "A/4625"]
      ),
      (.test(Test(field: nil, kind: .keyword, value: "4624")), ["A/*"]),
    ] as [(Predicate, [String])])
  func pinsTheKnownNumbersThatMatch(predicate: Predicate, expected: [String]) {
    let found = resolve("-/w/security", predicate)
    #expect(found.words == expected)
    #expect(found.contradiction == nil)
  }

  @Test(
    arguments: [
      ("process/w/-", .not(eq("EventID", "1")), ["A/4688"]),
      ("process/w/-", .not(eq("Provider_Name", "Sysmon")), ["A/4688"]),
      ("process/w/-", test("EventID", .lt, "100"), ["S/1"]),
      ("-/w/both", .not(eq("Provider_Name", "A")), ["O/*"]),
    ] as [(String, Predicate, [String])])
  func takesAwayTheEventOfAPinUnderNot(logSource: String, predicate: Predicate, expected: [String]) {
    #expect(resolve(logSource, predicate).words == expected)
  }

  @Test(
    arguments: [
      (
        "process/w/-", eq("EventID", "13"),
        "the log source 'category: process, product: w' has no event with the EventID that the rule asks for, only "
          + "A 4688 and S 1"
      ),
      (
        "process/w/-", .not(anyOf("EventID", "1", "4688")),
        "the log source 'category: process, product: w' has no event with the EventID that the rule asks for, only "
          + "A 4688 and S 1"
      ),
      // 4688 is a mere hint of what the category is about.
      (
        "registry/w/-", eq("EventID", "4688"),
        "the log source 'category: registry, product: w' has no event with the EventID that the rule asks for, only S 13"
      ),
      (
        "access/w/-", eq("EventID", "11"),
        "the log source 'category: access, product: w' has no event with the EventID that the rule asks for, only "
          + "F 12 and F 30-31"
      ),
      (
        "access/w/-", test("EventID", .regex, "^46(24|25)$"),
        "the log source 'category: access, product: w' has no event with the EventID that the rule asks for, only "
          + "F 12 and F 30-31"
      ),
      (
        "access/w/-", test("EventID", .gt, "31"),
        "the log source 'category: access, product: w' has no event with the EventID that the rule asks for, only "
          + "F 12 and F 30-31"
      ),
      (
        "driver/w/-", eq("EventID", "13"),
        "the log source 'category: driver, product: w' has no event with the EventID that the rule asks for, only S 6"
      ),
      (
        "registry/w/-", eq("Provider_Name", "A"),
        "the log source 'category: registry, product: w' has no event with the Provider_Name that the rule asks for, "
          + "only S 13"
      ),
      (
        "-/w/security", .all([eq("EventID", "4624"), eq("EventID", "4625")]),
        "no event can have all that the rule asks of EventID"
      ),
      ("-/w/security", test("EventID", .wildcard, "99??"), "no event can have all that the rule asks of EventID"),
      ("-/w/security", test("EventID", .gt, "50000"), "no event can have all that the rule asks of EventID"),
      ("-/w/whole", test("EventID", .wildcard, "99?"), "no event can have all that the rule asks of EventID"),
      (
        "-/w/whole", .all([test("EventID", .lt, "1"), test("EventID", .gt, "13")]),
        "no event can have all that the rule asks of EventID"
      ),
      (
        "-/w/security", .all([eq("EventID", "4624"), .not(test("EventID", .startsWith, "46"))]),
        "no event can have all that the rule asks of EventID"
      ),
    ] as [(String, Predicate, String)])
  func saysWhyARuleCanNeverMatch(logSource: String, predicate: Predicate, expected: String) throws {
    let found = resolve(logSource, predicate)
    #expect(found.events.isEmpty)
    let contradiction = try #require(found.contradiction)
    #expect(contradiction.description == expected)
    #expect(
      contradiction.diagnostic(at: SourceLocation(path: "r.yml", line: 4, column: 3)).description
        == "r.yml:1:1: error: \(expected), so that the rule can never match; correct the values, the condition or the "
        + "log source [event-contradiction]")
  }

  @Test(
    arguments: [
      // One way that can match is enough.
      ("process/w/-", .any([eq("EventID", "13"), eq("EventID", "1")]), ["S/1"]),
      // Nothing is known of a provider of that name.
      ("process/w/-", eq("Provider_Name", "Unheard"), ["A/4688", "S/1"]),
      // What tells the same, in the place of the category's own event.
      ("registry/w/-", eq("EventID", "4657"), ["A/4657"]),
      ("driver/w/-", eq("EventID", "3033"), ["C/3033"]),
      // All that the category has, or what of it is named.
      ("access/w/-", eq("User", "x"), ["F/*"]),
      ("access/w/-", eq("EventID", "12"), ["F/12"]),
      ("access/w/-", eq("EventID", "31"), ["F/31"]),
      ("access/w/-", test("EventID", .gte, "12"), ["F/12", "F/30", "F/31"]),
      ("access/w/-", .all([eq("Provider_Name", "F"), eq("EventID", "30")]), ["F/30"]),
      ("-/w/security", .any([]), ["A/*"]),
      ("-/w/security", .opaque("unreadable"), ["A/*"]),
    ] as [(String, Predicate, [String])])
  func findsNoContradictionWhereThereIsNone(logSource: String, predicate: Predicate, expected: [String]) {
    let found = resolve(logSource, predicate)
    #expect(found.words == expected)
    #expect(found.contradiction == nil)
  }

  // Sigma 1's `near` and `timeframe` relate several events.
  @Test func letsPartsBeAboutDifferentEvents() {
    let stages = stages(.all([eq("EventID", "4624"), eq("EventID", "4625")]))
    let found = map.events(for: source("-/w/security"), stages: stages, joinsEvents: true)
    #expect(found.words == ["A/4624", "A/4625"])
    #expect(found.contradiction == nil)
  }

  @Test func reportsANumberThatACompleteListLacks() {
    let found = resolve("-/w/security", anyOf("EventID", "4624", "9999"))
    #expect(found.words == ["A/4624", "A/9999"])
    #expect(
      found.findings(at: SourceLocation(path: "r.yml", line: 4, column: 3)).map(\.description) == [
        "r.yml:1:1: warning: A has no event 9999; correct the number, or name the provider that has it [event-unknown]"
      ])
    #expect(resolve("-/w/other", eq("EventID", "9999")).unlisted.isEmpty)
    #expect(resolve("-/w/security", eq("EventID", "1102")).unlisted.isEmpty)
  }

  /// Whether a number is reported, of a log with two providers of which all events are known, or of one only.
  @Test(arguments: [
    ("-/w/whole", "4624", []), ("-/w/whole", "1", []), ("-/w/whole", "21", []), ("-/w/whole", "23", ["A/23", "S/23"]),
    ("-/w/both", "9999", []),
  ])
  func reportsANumberThatNoProviderOfTheLogHas(logSource: String, number: String, expected: [String]) {
    let found = resolve(logSource, eq("EventID", number))
    #expect(found.unlisted.map { "\($0.event.provider)/\($0.event.name)" } == expected)
  }

  @Test func joinsTheEventsOfSeveralLogSources() {
    let sources = [source("-/w/security"), source("-/w/system"), source("-/w/unheard")]
    let found = map.events(for: sources, stages: stages(anyOf("EventID", "4624", "7045")))
    // 7045 is known in one log, and 4624 in the other.
    #expect(found.words == ["A/4624", "SCM/7045"])
    #expect(found.unlisted.isEmpty)
    #expect(found.unmapped.map(\.logSource.description) == ["product: w, service: unheard"])
    #expect(found.ofLogSources.map(\.words) == [["A/4624", "A/7045"], ["SCM/7045", "Sys/4624"], []])
  }

  @Test func contradictsItselfInAllOfItsLogSourcesOrInNone() {
    let sources = [source("process/w/-"), source("registry/w/-")]
    #expect(map.events(for: sources, stages: stages(eq("EventID", "13"))).contradiction == nil)
    #expect(map.events(for: sources, stages: stages(eq("EventID", "9"))).contradiction != nil)
  }

  // Work grows with the number of excluded values, not with its square.
  @Test func minds10000ExcludedNumbers() {
    let excluded = Predicate.any((1...10_000).map { eq("EventID", "\($0)") })
    #expect(resolve("-/w/security", .all([.not(excluded), test("EventID", .gt, "4000")])).words == ["A/47200"])
  }
}
