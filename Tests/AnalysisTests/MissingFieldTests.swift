import Diagnostics
import Events
import Matching
import RuleModel
import TestSupport
import Testing

@testable import Analysis
@testable import Telemetry

/// What rules lose, and which exclusions can't work, where events come without a field.
@Suite struct MissingFieldTests: ReviewsVisibility {
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
      (
        .all([test("Other", .eq, "a"), .not(.any([test("Image", .eq, ""), test("Image", .eq, "b")]))]),
        ["t.yml:3:38 1 [\"b\"]"]
      ),
      // It excludes nothing of what can still match.
      (.any([.all([test("User", .eq, "a"), .not(test("Image", .eq, "b"))]), test("Other", .eq, "c")]), []),
      (
        .all([
          test("Other", .eq, "c"),
          .any([.all([test("Image", .eq, "a"), .not(test("Image", .eq, "b"))]), test("X", .eq, "d")]),
        ]),
        []
      ),
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
