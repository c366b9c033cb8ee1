import Matching
import RuleModel
import Testing
import Text

/// What tests say of values, and of each other.
@Suite struct ValueTestTests {
  @Test(arguments: [
    (TestKind.eq, "Ab", "aB", true), (.eq, "a*", "ab", false), (.contains, "b", "aBc", true), (.contains, "", "", true),
    (.startsWith, "a", "Abc", true), (.startsWith, "b", "abc", false), (.endsWith, "c", "abC", true),
    (.wildcard, "a?c*", "abcd", true), (.wildcard, "a\\?c", "abc", false), (.wildcard, "a?c", "aéc", true),
  ])
  func takesValuesWithoutCase(kind: TestKind, text: String, value: String, isTaken: Bool) throws {
    let pattern = try #require(StarPattern(valuesOf: Test(field: "f", kind: kind, value: text)))
    #expect(ValueTest.pattern(pattern).matches(value) == isTaken)
    #expect(ValueTest.anyPattern([pattern]).matches(value) == isTaken && !ValueTest.anyPattern([]).matches(value))
  }

  @Test(arguments: [TestKind.exists, .isNull, .regex, .lt, .cidr, .fieldRef, .keyword])
  func hasNoPatternWhereNoTextsAreCompared(kind: TestKind) {
    #expect(StarPattern(valuesOf: Test(field: "f", kind: kind, value: "true")) == nil)
  }

  @Test(arguments: [
    (TestKind.lt, "4", true), (.lt, "5", false), (.lte, "5", true), (.gt, "5", false), (.gt, "6", true),
    (.gte, "5", true),
    (.gte, "4", false), (.lt, "x", false),
  ])
  func comparesNumbers(kind: TestKind, value: String, isTaken: Bool) {
    #expect(ValueTest.number(kind, 5).matches(value) == isTaken)
  }

  /// Of two tests of one field: whether the first implies the second, and whether no value passes both.
  @Test(
    arguments: [
      ((TestKind.eq, "abc"), (TestKind.contains, "B"), true, false), ((.eq, "abc"), (.startsWith, "b"), false, true),
      ((.endsWith, "\\x.exe"), (.endsWith, ".EXE"), true, false),
      ((.startsWith, "ab"), (.startsWith, "ac"), false, true),
      ((.startsWith, "a"), (.endsWith, "b"), false, false), ((.wildcard, "a?c"), (.wildcard, "a*c"), true, false),
      ((.wildcard, "a*c"), (.wildcard, "a?c"), false, false), ((.eq, "aéc"), (.wildcard, "a?c"), false, false),
      ((.isNull, ""), (.eq, "a"), false, true), ((.isNull, ""), (.isNull, ""), true, false),
      ((.eq, "a"), (.exists, "true"), true, false), ((.regex, "a"), (.eq, "b"), false, false),
      ((.eq, ""), (.isNull, ""), false, false),
    ] as [((TestKind, String), (TestKind, String), Bool, Bool)])
  func holdsTestsAgainstEachOther(
    one: (TestKind, String), other: (TestKind, String), implies: Bool, excludes: Bool
  ) {
    var pool = PatternPool()
    func test(_ what: (TestKind, String), isNegated: Bool = false) -> FieldTest {
      FieldTest(
        Test(field: "f", kind: what.0, value: what.1), field: 0, isNegated: isNegated, index: FieldTest.unwritten,
        in: &pool
      )
    }
    let (left, right) = (test(one), test(other))
    let (notLeft, notRight) = (test(one, isNegated: true), test(other, isNegated: true))
    #expect(left.implies(right, in: pool) == implies && notRight.implies(notLeft, in: pool) == implies)
    #expect(left.excludes(right, in: pool) == excludes && right.excludes(left, in: pool) == excludes)
    #expect(left.excludes(notRight, in: pool) == implies && left.implies(notRight, in: pool) == excludes)
    #expect(!notLeft.excludes(notRight, in: pool) && !notLeft.implies(right, in: pool))
  }

  /// What is added costs nothing of what is there: with all copied for each value, these took minutes.
  @Test(.timeLimit(.minutes(15))) func holdsManyLongValues() {
    var pool = PatternPool()
    let value = String(repeating: "Long", count: 100)
    let tests = (0..<40_000).map { index in
      FieldTest(
        Test(field: "f", kind: .eq, value: value), field: 0, isNegated: false, index: index, in: &pool)
    }
    #expect(tests[0].implies(tests[39_999], in: pool))
  }

  @Test func aStageThatNamesItselfEnds() {
    let stage = Stage(
      name: "condition", predicate: .all([.stage(0), .not(.stage(0))]), position: .init(line: 1, column: 1))
    var (pool, numbers) = (PatternPool(), FieldNumbers())
    var builder = EventLogicBuilder(stages: [stage])
    let logic = builder.logic(of: .stage(0), pool: &pool) { numbers.number(of: $0) }
    #expect(LogicTree(logic).tests.isEmpty)
  }
}

/// The texts that a regular expression stands for, reckoned by hand.
@Suite struct RegexWordsTests {
  private func words(_ pattern: String) -> [String]? {
    texts(inRegex: Test(field: "f", kind: .regex, value: pattern))?.tests.map { "\($0.kind.rawValue) \($0.value)" }
  }

  @Test(arguments: [
    ("^4624$", ["eq 4624"]), ("4624", ["contains 4624"]), ("^46", ["starts_with 46"]), ("46$", ["ends_with 46"]),
    ("^46(24|25)$", ["eq 4624", "eq 4625"]), ("^a[b-d]$", ["eq ab", "eq ac", "eq ad"]), ("^ab?$", ["eq a", "eq ab"]),
    ("^a{2,3}$", ["eq aa", "eq aaa"]), ("\\Aa\\z", ["eq a"]), ("^(?:a|b)$|c", ["eq a", "eq b", "contains c"]),
  ])
  func writesOutFewTexts(pattern: String, expected: [String]) { #expect(words(pattern) == expected) }

  @Test(arguments: ["a.b", "a*", "(?i)a", "^$", "a^b", "(a", "[a-z]{9}", "\\w"])
  func refusesWhatIsMore(pattern: String) { #expect(words(pattern) == nil) }

  @Test func knowsWhetherAllIsWrittenOut() {
    let written = ["^(1|2)$": true, "^[12]$": false, "^1{2}$": false]
    for (pattern, isSo) in written {
      #expect(texts(inRegex: Test(field: "f", kind: .regex, value: pattern))?.areWrittenOut == isSo, "\(pattern)")
    }
  }
}
