import Diagnostics
import Events
import Matching
import RuleModel
import TestSupport
import Testing

@testable import Analysis
@testable import Telemetry

/// What a filter may hide of a rule and what it may not, told without an event: each row reckoned by hand.
@Suite struct HidingReasonTests: ReviewsVisibility {
  // The brief cases: what the rule requires can't be dropped where the exclusion is about something else.
  @Test(
    arguments: [
      // Ends that differ can't be of one value.
      (test("Image", .endsWith, #"\a.exe"#), test("Image", .eq, #"C:\b.exe"#), []),
      (test("Image", .endsWith, #"\a.exe"#), test("Image", .eq, #"C:\A.exe"#), [.related]),
      (test("Image", .endsWith, #"\a.exe"#), test("Image", .endsWith, #"\B.exe"#), []),
      (test("Image", .endsWith, #"\a.exe"#), test("Image", .endsWith, "a.exe"), [.all]),
      (test("Image", .endsWith, "a.exe"), test("Image", .endsWith, #"\a.exe"#), [.related]),
      (test("Image", .startsWith, #"C:\Users\"#), test("Image", .startsWith, #"C:\Windows\"#), []),
      (test("Image", .startsWith, #"C:\"#), test("Image", .startsWith, #"c:\windows\"#), [.related]),
      (test("Image", .eq, "a"), test("Image", .eq, "A"), [.all]),
      (test("Image", .eq, "abc"), test("Image", .contains, "x"), []),
      (test("Image", .contains, "abc"), test("Image", .contains, "b"), [.all]),
      (test("Image", .contains, "b"), test("Image", .contains, "abc"), [.related]),
      // A beginning and an end may be of one value.
      (test("Image", .startsWith, "a"), test("Image", .endsWith, "b"), [.ownFields]),
      (test("Image", .wildcard, #"*\x?y.exe"#), test("Image", .endsWith, ".dll"), []),
      (test("Image", .wildcard, "a*c"), test("Image", .startsWith, "a"), [.all]),
      (test("Image", .wildcard, "a?c"), test("Image", .eq, "abc"), [.related]),
      (test("Image", .wildcard, "a?c"), test("Image", .eq, "abd"), []),
      (test("Image", .isNull, ""), test("Image", .contains, "a"), []),
      (test("Image", .exists, "true"), test("Image", .contains, "a"), [.related]),
      // What can't be compared may be hidden.
      (test("Image", .regex, "^a$"), test("Image", .eq, "b"), [.ownFields]),
      (test("CommandLine", .contains, "a"), test("Image", .eq, "b"), [.otherFields]),
      (test(nil, .keyword, "a"), test("Image", .eq, "b"), [.otherFields]),
      (.opaque("count() > 5"), test("Image", .eq, "b"), [.otherFields]),
      // Tests that the rule leaves out.
      (.not(test("Image", .endsWith, "b.exe")), test("Image", .endsWith, #"\b.exe"#), []),
      (.not(test("Image", .endsWith, #"\b.exe"#)), test("Image", .endsWith, "b.exe"), [.otherFields]),
      // Alternatives are told apart.
      (
        .any([
          .all([test("Image", .eq, "a"), test("User", .eq, "x")]),
          .all([test("Image", .eq, "b"), test("User", .eq, "y")]),
        ]), .all([test("Image", .eq, "a"), test("User", .eq, "y")]), []
      ),
      (
        .all([test("Image", .eq, "a"), test("User", .eq, "x")]),
        .all([test("Image", .eq, "a"), test("User", .eq, "x")]), [.all]
      ),
      (.all([test("Image", .eq, "a")]), .any([test("Image", .eq, "b"), test("User", .eq, "x")]), [.otherFields]),
      (test("Image", .eq, "a"), .not(test("Image", .eq, "a")), []),
      (test("Image", .eq, "a"), .not(test("Image", .eq, "b")), [.all]),
      (test("Image", .eq, "a"), .opaque("less than"), [.otherFields]),
      (test("Image", .eq, "a"), .all([]), [.all]),
      // Variables of the environment may stand for anything.
      (test("Image", .eq, "a"), test("Image", .eq, "%b%", .expand), [.ownFields]),
    ] as [(Predicate, Predicate, [HidingReason.Rank])])
  func whatIsDropped(rule: Predicate, drop: Predicate, expected: [HidingReason.Rank]) {
    #expect(ranks(of: rule, drops: [drop]) == expected)
  }

  // What a rule looks for as it is written is dropped, however the field compares; what it looks for besides is told.
  @Test(
    arguments: [
      (test("User", .eq, "SYSTEM"), [test("User", .eq, "SYSTEM", .cased)], [.all]),
      (test("User", .eq, "system"), [test("User", .eq, "SYSTEM", .cased)], [.related]),
      (test("User", .eq, "a SYSTEM"), [test("User", .endsWith, "SYSTEM", .cased)], [.all]),
      // Each alternative has a clause of its own.
      (
        .any([test("Image", .eq, "a"), test("Image", .eq, "b")]), [test("Image", .eq, "a"), test("Image", .eq, "b")],
        [.all, .all]
      ),
      (
        .any([test("Image", .eq, "a"), test("Image", .eq, "c")]), [test("Image", .eq, "a"), test("Image", .eq, "b")],
        [.related]
      ),
    ] as [(Predicate, [Predicate], [HidingReason.Rank])])
  func whatClausesDropTogether(rule: Predicate, drops: [Predicate], expected: [HidingReason.Rank]) {
    #expect(ranks(of: rule, drops: drops) == expected)
  }

  @Test(
    arguments: [
      (test("Image", .endsWith, #"\powershell.exe"#), [test("Image", .endsWith, #"\powershell.exe"#)], []),
      (test("Image", .endsWith, #"\powershell.exe"#), [test("Image", .endsWith, "shell.exe")], []),
      (test("Image", .endsWith, "shell.exe"), [test("Image", .endsWith, #"\powershell.exe"#)], [.notKept]),
      (test("CommandLine", .contains, "a"), [test("Image", .endsWith, #"\powershell.exe"#)], [.notKept]),
      (test("Image", .eq, "a"), [test("Image", .eq, "b")], [.all]),
      (test("Image", .eq, "a"), [test("Image", .eq, "b"), test("Image", .eq, "a")], []),
      (
        .any([test("Image", .eq, "a"), test("Image", .eq, "b")]), [test("Image", .eq, "b"), test("Image", .eq, "a")], []
      ),
      (
        .any([test("Image", .eq, "a"), test("Image", .eq, "c")]), [test("Image", .eq, "b"), test("Image", .eq, "a")],
        [.notKept]
      ),
      (
        .all([test("Image", .eq, "a"), test("User", .eq, "x")]),
        [.all([test("Image", .eq, "a"), test("User", .eq, "x")])], []
      ),
      (
        .all([.any([test("Image", .eq, "a"), test("Image", .eq, "b")]), test("User", .eq, "x")]),
        [
          .all([test("Image", .eq, "a"), test("User", .eq, "x")]),
          .all([test("Image", .eq, "b"), test("User", .eq, "x")]),
        ], []
      ),
      (test("Image", .eq, "a"), [.all([test("Image", .eq, "a"), test("User", .eq, "x")])], [.notKept]),
      (test("Image", .eq, "a"), [.any([test("Image", .eq, "b"), test("Image", .contains, "a")])], []),
      (test("Image", .eq, "a"), [.not(test("Image", .eq, "b"))], []),
      (.not(test("Image", .contains, "b")), [.not(test("Image", .eq, "b"))], []),
      (test("Image", .eq, "a"), [.opaque("perm=wa")], [.notKept]),
      // Where case counts, one that doesn't ask for it may be another's.
      (test("Image", .eq, "a"), [test("Image", .eq, "a", .cased)], [.notKept]),
      (test("Image", .eq, "a", .cased), [test("Image", .eq, "a", .cased)], []),
      (test("Image", .eq, "A", .cased), [test("Image", .eq, "a")], []),
      (test("Image", .regex, "a"), [test("Image", .regex, "a")], [.notKept]),
    ] as [(Predicate, [Predicate], [HidingReason.Rank])])
  func whatIsNotSureToBeKept(rule: Predicate, keeps: [Predicate], expected: [HidingReason.Rank]) {
    #expect(ranks(of: rule, keeps: keeps) == expected)
  }
}
