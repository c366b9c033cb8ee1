import Diagnostics
import Events
import RuleModel
import Testing

/// Events that a rule can't use although its log source holds them.
@Suite struct NarrowingTests {
  let map: EventMap

  init() throws {
    map = try readMap(
      """
      logsources:
        - product: w
          category: process_creation
          pin: {event: [EventID]}
          events:
            - {provider: Sysmon, event: 1, lacks: [GrandParent]}
            - {provider: Audit, event: 4688, lacks: [OriginalFileName, Hashes, GrandParent]}
        - product: w
          category: registry_event
          pin: {event: [EventID]}
          events:
            - {provider: Sysmon, event: 12, when: {EventType: [CreateKey, DeleteKey]}, lacks: [Details]}
            - {provider: Sysmon, event: 13, when: {EventType: [SetValue]}}
      """)
  }

  private func resolve(_ category: String, _ predicate: Predicate) -> EventResolution {
    map.events(for: LogSource(category: category, product: "w"), stages: stages(predicate))
  }

  @Test(
    arguments: [
      (eq("Image", "x"), ["Audit/4688", "Sysmon/1"], [String]()),
      (eq("OriginalFileName", "x"), ["Sysmon/1"], ["needs OriginalFileName, which Audit 4688 lacks"]),
      (eq("originalfilename", "x"), ["Sysmon/1"], ["needs OriginalFileName, which Audit 4688 lacks"]),
      (
        .all([eq("OriginalFileName", "x"), test("Hashes", .contains, "y")]), ["Sysmon/1"],
        ["needs OriginalFileName and Hashes, which Audit 4688 lacks"]
      ),
      // In one branch of an `or` only: the other can still match.
      (.any([eq("Image", "x"), eq("OriginalFileName", "x")]), ["Audit/4688", "Sysmon/1"], []),
      (
        .any([eq("Hashes", "x"), eq("OriginalFileName", "x")]), ["Sysmon/1"],
        ["needs OriginalFileName or Hashes, which Audit 4688 lacks"]
      ),
      (
        .any([.all([eq("Hashes", "x"), eq("OriginalFileName", "x")]), eq("OriginalFileName", "y")]), ["Sysmon/1"],
        ["needs OriginalFileName, which Audit 4688 lacks"]
      ),
      // What is excluded, or must be absent, is not needed.
      (.all([eq("Image", "x"), .not(eq("OriginalFileName", "x"))]), ["Audit/4688", "Sysmon/1"], []),
      (test("OriginalFileName", .isNull, ""), ["Audit/4688", "Sysmon/1"], []),
      (test("OriginalFileName", .exists, "false"), ["Audit/4688", "Sysmon/1"], []),
      (
        test("OriginalFileName", .exists, "true"), ["Sysmon/1"], ["needs OriginalFileName, which Audit 4688 lacks"]
      ),
      (
        test("Image", .fieldRef, "OriginalFileName"), ["Sysmon/1"],
        ["needs OriginalFileName, which Audit 4688 lacks"]
      ),
      // A branch that names the other event doesn't save this one.
      (
        .any([.all([eq("EventID", "1"), eq("Image", "x")]), .all([eq("EventID", "4688"), eq("Hashes", "x")])]),
        ["Sysmon/1"], ["needs Hashes, which Audit 4688 lacks"]
      ),
      // Not asked for: nothing to say.
      (eq("EventID", "1"), ["Sysmon/1"], []),
    ] as [(Predicate, [String], [String])])
  func leavesOutWhatLacksAFieldThatEveryWayNeeds(predicate: Predicate, events: [String], reasons: [String]) {
    let found = resolve("process_creation", predicate)
    #expect(found.words == events)
    #expect(found.narrowings.map(\.description) == reasons)
  }

  @Test func keepsAllWhereNoneHasTheField() {
    let found = resolve("process_creation", .all([eq("GrandParent", "x"), eq("EventID", "1")]))
    #expect(found.words == ["Sysmon/1"])
    #expect(
      found.narrowings == [
        Narrowing(event: Event(provider: "Sysmon", name: "1"), reason: .lacks(["GrandParent"]), isSetAside: true)
      ])
    #expect(
      found.narrowings[0].diagnostic(at: SourceLocation(path: "r.yml", line: 3, column: 5)).description
        == "r.yml:3:5: note: the rule needs GrandParent, which Sysmon 1 lacks; "
        + "no event of the log source can show it, test another field [event-narrowed]")
    #expect(resolve("process_creation", eq("GrandParent", "x")).words == ["Audit/4688", "Sysmon/1"])
  }

  @Test(
    arguments: [
      (.lacks(["A"]), "needs A, which they lack"), (.lacks(["A", "B"]), "needs A and B, which they lack"),
      (.lacksOne(of: ["A", "B"]), "needs A or B, which they lack"),
      (.differs(field: "A"), "looks for a value of A that they never have"),
    ] as [(Narrowing.Reason, String)])
  func saysOneReasonForSeveralEvents(reason: Narrowing.Reason, expected: String) {
    let event = Event(provider: "Sysmon", name: "12")
    #expect(Narrowing(event: event, reason: reason).descriptionOfSeveral == expected)
  }

  @Test(
    arguments: [
      (eq("EventType", "SetValue"), ["Sysmon/13"], ["looks for a value of EventType that Sysmon 12 never has"]),
      (eq("EventType", "setvalue"), ["Sysmon/13"], ["looks for a value of EventType that Sysmon 12 never has"]),
      (test("EventType", .endsWith, "Key"), ["Sysmon/12"], ["looks for a value of EventType that Sysmon 13 never has"]),
      (anyOf("EventType", "SetValue", "DeleteKey"), ["Sysmon/12", "Sysmon/13"], []),
      (test("EventType", .regex, "Set.*"), ["Sysmon/12", "Sysmon/13"], []),
      (eq("TargetObject", "x"), ["Sysmon/12", "Sysmon/13"], []),
      (eq("Details", "x"), ["Sysmon/13"], ["needs Details, which Sysmon 12 lacks"]),
      // The value goes to one event and the field to the other; the rule keeps the events that its value chooses.
      (
        .all([eq("EventType", "CreateKey"), eq("Details", "x")]), ["Sysmon/12"],
        ["needs Details, which Sysmon 12 lacks"]
      ),
      // A value that no event has: all stay.
      (
        eq("EventType", "Renamed"), ["Sysmon/12", "Sysmon/13"],
        [
          "looks for a value of EventType that Sysmon 12 never has",
          "looks for a value of EventType that Sysmon 13 never has",
        ]
      ),
    ] as [(Predicate, [String], [String])])
  func letsValuesChooseTheEvent(predicate: Predicate, events: [String], reasons: [String]) {
    let found = resolve("registry_event", predicate)
    #expect(found.words == events)
    #expect(found.narrowings.map(\.description) == reasons)
  }
}
