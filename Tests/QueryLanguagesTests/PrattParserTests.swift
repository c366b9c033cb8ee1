import TestSupport
import Testing

@testable import QueryLanguages

@Suite struct PrattParserTests {
  private func parse(_ text: String, _ grammar: Grammar) throws -> String {
    var parser = PrattParser(Array(text.utf8), grammar: grammar)
    return try parser.parse().words(in: text)
  }

  @Test(arguments: [
    ("a or b and c", "or(a, and(b, c))"), ("a and b or c and d", "or(and(a, b), and(c, d))"),
    ("(a or b) or c", "or(or(a, b), c)"), ("a or b or c", "or(a, b, c)"), ("not a == 1", "not(eq(a, 1))"),
    ("not not a", "not(not(a))"), ("a + b - c", "-(+(a, b), c)"), ("a ** b ** c", "**(a, **(b, c))"),
    ("a == b + c", "eq(a, +(b, c))"), ("a not in [1, 2,]", "not eq(a, [1, 2])"), ("a in ()", "eq(a, [])"),
    ("e.get(\"a\", 1)[0].b().c", "e.get(\"a\", 1)[0].b().c"), ("(a or b).c", "or(a, b).c"), ("f()", "call f()"),
    ("f(x)(y)", "call f(x)(y)"), ("# note\na", "a"),
  ])
  func readsByPrecedence(text: String, expected: String) throws {
    #expect(try parse(text, SampleGrammars.python) == expected)
  }

  @Test(arguments: [
    ("a = 'x' AND b IS NOT NULL", "and(eq(a, 'x'), exists(b))"), ("a NOT LIKE 'x%'", "not eq(a, 'x%')"),
    ("a BETWEEN 1 AND 5 AND b = 2", "and(eq(a, from(1)to(5)), eq(b, 2))"),
    ("a:b.\"c d\" = 'it''s'", "eq(a.b.\"c d\", 'it''s')"), ("a = 1 /* AND b = 2 */", "eq(a, 1)"),
    ("a is null or b not in ('x', 'y')", "or(is_null(a), not eq(b, ['x', 'y']))"),
  ])
  func readsOperatorsOfSeveralWords(text: String, expected: String) throws {
    #expect(try parse(text, SampleGrammars.sql.grammar) == expected)
  }

  @Test(arguments: [
    ("a b OR c d", "and(a, or(b, c), d)"), ("a=1 NOT b=2", "and(eq(a, 1), not(eq(b, 2)))"),
    ("a AND b c", "and(a, b, c)"), ("(a b) c", "and(and(a, b), c)"), ("and or", "and(and, or)"),
  ])
  func joinsWhatIsSideBySide(text: String, expected: String) throws {
    #expect(try parse(text, SampleGrammars.search.grammar) == expected)
  }

  @Test func readsRangesWithTheirEnds() throws {
    let grammar = SampleGrammars.lucene.grammar
    #expect(try parse("f:[1 TO 5]", grammar) == "eq(f, from(1)to(5))")
    #expect(try parse("f:{1 TO *]", grammar) == "eq(f, above(1)to(*))")
    #expect(try parse("f:[a TO b} -g:/x y/", grammar) == "or(eq(f, from(a)below(b)), not(eq(g, /x y/)))")
  }

  @Test(arguments: [
    ("a and", SyntaxFault.Kind.missingOperand, 5), ("", .missingOperand, 0), ("(a", .missing(")"), 2),
    ("a == b == c", .unexpected, 7), ("a b", .unexpected, 2), ("a)", .unexpected, 1), ("e.", .missingName, 2),
    ("a == \"x", .unclosedText, 5), ("f(a,,b)", .missingOperand, 4), ("[a", .missing("]"), 2),
    ("a == ?", .missingOperand, 5),
  ])
  func saysWhereReadingStops(text: String, kind: SyntaxFault.Kind, offset: Int) {
    let fault = #expect(throws: SyntaxFault.self) { try parse(text, SampleGrammars.python) }
    #expect(fault?.kind == kind)
    #expect(fault?.offset == offset)
  }

  /// What can't be read costs itself: what is beside it with `and` and `or` counts.
  @Test(arguments: [
    ("a == 1 and ??? and b == 2", "and(eq(a, 1), unread '???', eq(b, 2))", [11]),
    ("a == 1 b c and b == 2", "and(unread 'a == 1 b c', eq(b, 2))", [7]),
    ("(a == ) or b == 2", "or(unread 'a ==', eq(b, 2))", [6]),
    ("and b == 2", "and(unread '', eq(b, 2))", [0]), ("a == 1)", "eq(a, 1)", [6]),
    ("a == 1) and b == 2", "and(eq(a, 1), eq(b, 2))", [6]),
    ("a == 1 and (b == 2 or ! !", "and(eq(a, 1), unread '(b == 2 or ! !')", [25]),
    ("f(a, ?) or b == 2", "or(call f(a, unread '?'), eq(b, 2))", [5]), ("", "unread ''", [0]),
  ])
  func readsAroundWhatItCannotRead(text: String, expected: String, offsets: [Int]) throws {
    var parser = PrattParser(Array(text.utf8), grammar: SampleGrammars.kusto.grammar)
    #expect(try parser.parse().words(in: text) == expected)
    #expect(parser.faults.map(\.offset) == offsets)
  }

  @Test func namesOperatorsThatTheLanguageDoesNotHave() throws {
    var parser = PrattParser(Array("a=1 OR b=2 and c=3 AND d=4".utf8), grammar: EventQuery.grammar)
    _ = try parser.parse()
    #expect(parser.unusualOperators.map(\.span) == [4..<6, 19..<22])
  }

  @Test func listsCallsInTheOrderOfTheirEnds() throws {
    let text = "f(g(1), 2) and h()"
    var parser = PrattParser(Array(text.utf8), grammar: SampleGrammars.python)
    _ = try parser.parse()
    #expect(parser.calls.map(\.name) == [2..<3, 0..<1, 15..<16])
    #expect(parser.calls.map(\.span) == [2..<6, 0..<10, 15..<18])
  }

  @Test func readsAPartOfAText() throws {
    let text = "T | where a == 1 | take 5"
    var parser = PrattParser(Array(text.utf8), in: 10..<16, grammar: SampleGrammars.kusto.grammar)
    #expect(try parser.parse().words(in: text) == "eq(a, 1)")
  }
}
