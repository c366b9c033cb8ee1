import Diagnostics
import RuleModel
import Testing

private func test(_ value: String) -> Predicate { .test(Test(field: "f", kind: .eq, value: value)) }

private func stage(_ name: String, _ predicate: Predicate) -> Stage {
  Stage(name: name, predicate: predicate, position: SourcePosition(line: 1, column: 1))
}

/// What is made of logic, and what each stage is to it.
@Suite struct LogicFoldTests {
  /// In words, with how often a test was met.
  private func words(_ stages: [Stage]) -> (text: String, tests: Int) {
    var fold = LogicFold<String>(over: stages)
    var tests = 0
    let text = fold.value(
      of: .stage(0),
      test: { test, negated in
        tests += 1
        return (negated ? "-" : "") + test.value
      },
      text: { (($1 ? "-" : "") + "'\($0.text)'") },
      group: { ($1 ? "all" : "any") + "(\($0.joined(separator: " ")))" }, loop: { "…" })
    return (text, tests)
  }

  @Test(arguments: [
    (Predicate.all([test("a"), .not(test("b"))]), "all(a -b)"),
    (.not(.all([test("a"), .not(test("b"))])), "any(-a b)"),
    (.not(.any([.not(.not(test("a"))), .opaque("x")])), "all(-a -'x')"),
    (.any([]), "any()"), (.not(.any([])), "all()"),
    (.any([.stage(1), .not(.stage(1))]), "any(all(s t) any(-s -t))"),
    (.stage(7), "…"),
  ])
  func putsNotIntoTheSignsOfLeaves(predicate: Predicate, expected: String) {
    #expect(words([stage("condition", predicate), stage("s", .all([test("s"), test("t")]))]).text == expected)
  }

  @Test func worksOutAStageOnceForEachSign() {
    let named = Predicate.all([.stage(1), .stage(1), .not(.stage(1)), .not(.stage(1))])
    let found = words([stage("condition", named), stage("s", test("s"))])
    #expect(found.text == "all(s s -s -s)" && found.tests == 2)
  }

  @Test(arguments: [
    (Predicate.stage(0), Predicate.any([]), "…"),
    (.all([.stage(1), test("a")]), .any([.stage(0), .stage(1)]), "all(any(… …) a)"),
    (.stage(1), .not(.stage(1)), "…"),
  ])
  func endsAtAStageThatNamesItself(condition: Predicate, other: Predicate, expected: String) {
    #expect(words([stage("condition", condition), stage("s", other)]).text == expected)
  }

  @Test func foldsAPredicateAsItIsWritten() {
    let predicate = Predicate.not(.all([.not(.not(test("a"))), .stage(3), .any([.opaque("x")])]))
    let same = predicate.folded(leaf: Predicate.init, all: Predicate.all, any: Predicate.any, not: Predicate.not)
    #expect(same == predicate)
  }

  @Test(arguments: [
    ("condition names nothing", Predicate.opaque("x"), [Stage.Role.selection, .filter, .selection]),
    ("a filter by name that is looked for", .stage(2), [.selection, .selection, .selection]),
    ("only under not", .all([.stage(1), .not(.stage(3))]), [.selection, .filter, .filter]),
    ("under not twice", .not(.any([.not(.stage(2)), .stage(1)])), [.filter, .selection, .selection]),
    ("both ways", .any([.stage(3), .all([.not(.stage(3)), .not(.stage(2))])]), [.selection, .filter, .selection]),
  ])
  func tellsFiltersByTheirUse(what: String, condition: Predicate, expected: [Stage.Role]) {
    let stages = [
      stage("condition", condition), stage("selection", test("a")), stage("Filter_main", test("b")),
      stage("c", test("c")),
    ]
    #expect(stages.roles == [.condition] + expected, "\(what)")
  }

  @Test func followsUsesThroughStages() {
    let stages = [
      stage("condition", .not(.stage(1))), stage("a", .any([.stage(2), .not(.stage(3))])), stage("b", test("b")),
      stage("filter", test("c")),
    ]
    #expect(stages.uses == [.plain, .negated, .negated, .plain])
    #expect(stages.roles == [.condition, .filter, .filter, .selection])
    #expect([Stage]().roles.isEmpty)
  }

  @Test func joinsWithoutWhatSaysNothing() {
    let (a, b) = (test("a"), test("b"))
    #expect(Predicate.conjunction([a, .always, b]) == .all([a, b]))
    #expect(Predicate.conjunction([a, .never]) == .never && Predicate.conjunction([.always, a]) == a)
    #expect(Predicate.disjunction([a, .never, b]) == .any([a, b]))
    #expect(Predicate.disjunction([a, .always]) == .always && Predicate.disjunction([.never]) == .never)
    #expect(
      Predicate.negation(.always) == .never && Predicate.negation(.not(a)) == a && Predicate.negation(a) == .not(a))
    // As written: what says nothing stays.
    #expect(
      Predicate.group([a], byAnd: true) == a && Predicate.group([a, .always], byAnd: false) == .any([a, .always]))
    #expect(Predicate.group([], byAnd: true) == .all([]))
  }
}
