import RuleModel
import TestSupport
import Testing

@testable import QueryLanguages

@Suite struct LoweringTests {
  private func lower(_ text: String, _ language: Lowering) throws -> String {
    let bytes = Array(text.utf8)
    var parser = PrattParser(bytes, grammar: language.grammar)
    return language.predicate(of: try parser.parse(), in: bytes).words
  }

  // Kibana Query Language, as Elastic documents it.
  @Test(arguments: [
    ("a:(b or c and not d)", "any(a eq b, all(a eq c, not(a eq d)))"), ("a: b", "a eq b"),
    ("a:b* and c:*", "all(a starts_with b, c exists true)"), ("a:\"b*\"", "a eq b*"), (#"a:b\*c"#, "a eq b*c"),
    (#"a\:b:*c*"#, "a:b contains c"), ("a:b*c", "a wildcard b*c"), (#"a:b\*c*d"#, #"a wildcard b\*c*d"#),
    ("message: access denied", "message eq access denied"), ("powershell", "- keyword powershell"),
    ("a >= 5 or not b < 3", "any(a gte 5, not(b lt 3))"), ("a:{ b: 1 and c.d: x }", "all(a.b eq 1, a.c.d eq x)"),
    ("NOT a:b AND c:d", "all(not(a eq b), c eq d)"), ("user:{ name:(x or y) }", "any(user.name eq x, user.name eq y)"),
  ])
  func kql(text: String, expected: String) throws {
    #expect(try lower(text, SampleGrammars.kql) == expected)
  }

  // Apache Lucene, "Query Parser Syntax".
  @Test(arguments: [
    ("a:b AND -c:d", "all(a eq b, not(c eq d))"), ("a:[1 TO 5]", "all(a gte 1, a lte 5)"), ("a:{1 TO *}", "a gt 1"),
    ("a:/x.*y/", "a regex x.*y"), ("a:\"b c\" NOT d:te?t", "any(a eq b c, not(d wildcard te?t))"),
    ("a:(b c)", "any(a eq b, a eq c)"), ("and or", "any(- keyword and, - keyword or)"),
  ])
  func lucene(text: String, expected: String) throws {
    #expect(try lower(text, SampleGrammars.lucene) == expected)
  }

  // Kusto Query Language, as Microsoft documents it.
  @Test(arguments: [
    ("x has_any (\"a\",\"b\") and y =~ \"z\" // comment", "all(any(x contains a, x contains b), y eq z)"),
    ("x has_all (\"a\", \"b\")", "all(x contains a, x contains b)"), ("x !has \"a\"", "not(x contains a)"),
    ("x !in~ (\"a\", \"b\")", "not(any(x eq a, x eq b))"), ("x in (\"a\")", "x eq a"),
    ("x contains_cs \"A\"", "x contains A (cased)"), ("x matches regex @\"a\\d\"", "x regex a\\d"),
    ("x == \"a*\\\"b\\n\"", "x eq a*\"b\n"), ("x between (1 .. 5)", "all(x gte 1, x lte 5)"),
    ("\"a\" == x or 5 < y", "any(x eq a, y gt 5)"), ("isnotempty(x) and isempty(y)", "all(x exists true, y is_null )"),
    ("ipv4_is_in_range(x, \"10.0.0.0/8\", \"192.168.0.0/16\")", "any(x cidr 10.0.0.0/8, x cidr 192.168.0.0/16)"),
    ("tolower(tostring(x.y[\"z\"][0])) == \"a\"", "x.y.z[0] eq a"), ("x == y", "x field_ref y"), ("x", "x eq true"),
    ("x == null", "x is_null "), ("x == true", "x eq true"), ("strlen(x) >= 5", "'strlen(x) >= 5'"),
    ("x + 1 == 2 and y == 3", "all('x + 1 == 2', y eq 3)"), ("some(thing) or y == 3", "any('some(thing)', y eq 3)"),
    ("not(x == \"a\") and not(isempty(y))", "all(not(x eq a), not(y is_null ))"), ("x < y", "'x < y'"),
    ("x in (\"a\", f(b))", "any(x eq a, 'f(b)')"),
  ])
  func kusto(text: String, expected: String) throws {
    #expect(try lower(text, SampleGrammars.kusto) == expected)
  }

  // Splunk's `search` command, as Splunk documents it.
  @Test(arguments: [
    ("a=1 b=x* OR b=*y NOT c=\"z w\"", "all(a eq 1, any(b starts_with x, b ends_with y), not(c eq z w))"),
    ("error a!=1", "all(- keyword error, not(a eq 1))"), ("a IN (x, y*)", "any(a eq x, a starts_with y)"),
    ("a=\"*b*\" a>=5", "all(a contains b, a gte 5)"), ("a=*", "a exists true"),
    ("fail* denied", "all(- keyword fail, - keyword denied)"),
    ("a (b OR c)", "all(- keyword a, any(- keyword b, - keyword c))"), ("wh*t", "- keyword wh*t (wildcard)"),
  ])
  func search(text: String, expected: String) throws {
    #expect(try lower(text, SampleGrammars.search) == expected)
  }

  // SQL-92: LIKE, BETWEEN, NULL, quotes.
  @Test(arguments: [
    ("a LIKE 'x%' AND b NOT LIKE '%y_'", "all(a starts_with x, not(b wildcard *y?))"),
    ("a IS NULL OR b IS NOT NULL", "any(a is_null , b exists true)"), ("a BETWEEN 1 AND 5", "all(a gte 1, a lte 5)"),
    ("lower(p:\"Q r\".s) IN ('a', 'it''s')", "any(p.Q r.s eq a, p.Q r.s eq it's)"),
    ("NOT (a <> 'b')", "not(not(a eq b))"), ("a LIKE '50*'", "a eq 50*"),
  ])
  func sql(text: String, expected: String) throws {
    #expect(try lower(text, SampleGrammars.sql) == expected)
  }

  @Test func yaral() throws {
    #expect(
      try lower("$e.a = \"x\"\n$e.b = /y\\/z/ // why\nnot $e.c = \"w\"", SampleGrammars.yaral)
        == "all($e.a eq x, $e.b regex y/z, not($e.c eq w))")
  }

  @Test func testsHaveTheirPlaces() throws {
    let text = "a == 1 and b in (\"x\",\n\"y\")"
    let bytes = Array(text.utf8)
    var parser = PrattParser(bytes, grammar: SampleGrammars.kusto.grammar)
    let predicate = SampleGrammars.kusto.predicate(of: try parser.parse(), in: bytes)
    var columns: [Int32] = []
    predicate.forEachLeaf { leaf, _ in if case .test(let test) = leaf { columns.append(test.position.column) } }
    #expect(columns == [6, 18, 23])
  }

  @Test(
    arguments: [
      ([.literal(0x61)], TestKind.eq, "a"), ([.many, .literal(0x61)], .endsWith, "a"), ([.many], .exists, "true"),
      ([.many, .many], .exists, "true"), ([.one], .wildcard, "?"), ([.many, .literal(0x2A), .many], .contains, "*"),
      ([.literal(0x2A), .one], .wildcard, "\\*?"), ([.literal(0x5C), .one], .wildcard, "\\\\?"), ([], .eq, ""),
      ([.literal(0x5C), .literal(0x61), .one], .wildcard, "\\a?"),
    ] as [([TextPattern.Part], TestKind, String)])
  func wildcardsAtTheEndsAreTheKind(parts: [TextPattern.Part], kind: TestKind, value: String) {
    let comparison = TextPattern(parts).comparison
    #expect(comparison.kind == kind)
    #expect(comparison.value == value)
  }
}
