import Testing

@testable import QueryLanguages

/// What is put in, where columns come from, and queries in queries.
@Suite struct KustoPipelineTests {
  @Test(arguments: [
    // Constants and lists.
    ("let x = \"b\"; T | where a == x", "a eq b"), ("let x = 5; let y = x; T | where a > y", "a gt 5"),
    ("let l = dynamic([\"b\", \"c\"]); T | where a in (l)", "any(a eq b, a eq c)"),
    (
      "let l = datatable(v: string)[\"b\", \"c\"]; T | where a has_any (l)",
      "any(a contains b (word), a contains c (word))"
    ),
    (
      "let l = datatable(v: string, w: long)[\"b\", 1, \"c\", 2]; T | where a in ((l | project v))",
      "any(a eq b, a eq c)"
    ),
    ("let t = ago(1h); T | where a > t", "<a > t>"), ("let x = strcat(\"b\", \"c\"); T | where a == x", "a eq bc"),
    ("let x = 2 * 3; T | where a == x", "<a == x>"),
    ("let l = split(\"b,c\", \",\"); T | where a in (l)", "any(a eq b, a eq c)"),
    ("let 2022list = dynamic([\"b\"]); T | where a in (2022list)", "a eq b"),
    // Functions.
    (
      "let f = (x: string) { x has \"b\" }; T | where f(a) or not(f(c))",
      "any(a contains b (word), not(c contains b (word)))"
    ),
    ("let f = (x: string, y: string = \"d\") { x == y }; T | where f(a) == false", "not(a eq d)"),
    ("let f = (x: string) { T | where a == x }; f(\"b\") | where c == 1", "a eq b, c eq 1"),
    ("let f = (t: (*), x: long) { t | where a == x }; T | invoke f(5)", "a eq 5"),
    ("let v = view () { T | where a == 1 }; v | where b == 2", "a eq 1, b eq 2"),
    ("let f = (x: string) { let y = tolower(x); y }; T | where f(a) == \"b\"", "a eq b"),
    ("let f = (x: string) { substring(x, 1) }; T | where f(a) == \"b\"", "<f(a) == \"b\">"),
    // A statement doesn't see itself, or what is behind it.
    ("let T = T | where a == 1; T", "a eq 1"),
    // What aggregations and functions make.
    ("T | summarize n = count() by a | where n > 5 and a == \"b\"", "all(<n > 5>, a eq b)"),
    ("T | summarize s = make_set(a) by b | where s has \"c\"", "s contains c (word)"),
    ("T | summarize count() by a | where count_ > 5", "<count_ > 5>"),
    ("T | extend x = tostring(a.b) | where x == 5", "x eq 5"), ("T | extend x = strlen(a) | where x > 5", "<x > 5>"),
    ("T | extend x = extract(\"r\", 1, a) | where x == \"b\" and isnotempty(x)", "all(x eq b, <isnotempty(x)>)"),
    ("T | extend x = extract(\"r\", 1, a) | where ipv4_is_in_range(x, \"10.0.0.0/8\")", "x cidr 10.0.0.0/8"),
    ("T | extend x = \"b\" | where x == 1", "<x == 1>"), ("T | extend x = strlen(a), y = x | where y == 1", "<y == 1>"),
    ("T | project x = a, b | where x == 1 and c == 2", "all(x eq 1, <c == 2>)"),
    ("T | project-rename x = a | where x == 1", "x eq 1"), ("T | distinct a | where a == 1", "a eq 1"),
    ("T | extend x = count(a) | project-away x | where x == 1", "x eq 1"),
    ("T | summarize arg_max(TimeGenerated, *) by a | where b == 1", "b eq 1"),
    ("T | summarize arg_max(TimeGenerated, b) by a | where b == 1", "b eq 1"),
    ("T | summarize x = max(b) by tostring(a.c) | where a_c == 1 and x > 2", "all(a_c eq 1, <x > 2>)"),
    ("T | parse a with * \"k=\" b: long \",\" c | where b == 1", "b eq 1"),
    ("T | parse-kv a as (b: string) with (pair_delimiter=\" \") | where b == 1", "b eq 1"),
    ("T | mv-expand x = a to typeof(string) limit 5 | where x == 1", "x eq 1"),
    ("T | summarize s = make_set(a) | mv-expand s | where s == 1", "<s == 1>"),
    ("T | mv-apply x = a on (where x.b == \"c\" | project d = x.e) | where d == 1", "x.b eq c, d eq 1"),
    (
      "T | make-series n = count() default = 0 on TimeGenerated from ago(1d) to now() step 1h by a | where n > 1 and a == 2",
      "all(<n > 1>, a eq 2)"
    ),
    ("T | evaluate bag_unpack(a) | where b == 1", "b eq 1"),
    ("T | serialize r = row_number() | where r == 1", "<r == 1>"),
    ("T | top 5 by a | sort by b asc nulls last | take 3 | where c == 1", "c eq 1"),
    ("T | scan with (step s: a == 1; step t: b == 2 => c = d;)", "any(a eq 1, b eq 2)"),
    ("T | scan with (step s: a == 1; step t: a != s.a => c = d;)", "any(a eq 1, <a != s.a>)"),
    ("let n = toscalar(array_length(dynamic([1]))); T | where strlen(a) > n", "<strlen(a) > n>"), ("print x = 1", ""),
  ])
  func readsAPipeline(query: String, expected: String) {
    let result = reading(query, readKusto)
    #expect(result.logic == "all(\(expected))")
    #expect(result.faultWords == [])
  }

  @Test(arguments: [
    ("A | where a == 1 | join kind=inner (B | where b == 2) on c", "a eq 1, all(b eq 2)", ["A", "B"]),
    ("A | join (B) on $left.c == $right.d | where e == 1", "e eq 1", ["A", "B"]),
    ("A | where a == 1 | join kind=leftanti (B | where b == 2) on c", "a eq 1", ["A"]),
    ("A | where a == 1 | join kind = rightanti (B | where b == 2) on c", "all(b eq 2)", ["B"]),
    ("A | lookup kind=leftouter (B | summarize n = count() by c) on c | where n > 5", "<n > 5>", ["A", "B"]),
    ("A | join (B | summarize n = count() by c) on c | where n > 5 and d == 1", "all(<n > 5>, d eq 1)", ["A", "B"]),
    (
      "A | extend n = 1 | join (B | extend n = a) on c | where n1 == 5 and n == 5", "all(n1 eq 5, <n == 5>)",
      ["A", "B"]
    ),
    ("union isfuzzy=true A, (B | where b == 2) | where c == 3", "any(all(), b eq 2), c eq 3", ["A", "B"]),
    ("A | where a == 1 | union (B | where b == 2)", "any(a eq 1, b eq 2)", ["A", "B"]),
    ("union withsource=S Device*, T | where a == 1", "a eq 1", ["Device*", "T"]),
    (
      "A | where c in ((B | where b == 2 | project c))", "all(<c in ((B | where b == 2 | project c))>, b eq 2)",
      ["A", "B"]
    ),
    (
      "A | where c in ((B | where b == 2 | where d == 3 | project c))",
      "all(<c in ((B | where b == 2 | where d == 3 | project c))>, all(b eq 2, d eq 3))", ["A", "B"]
    ),
    (
      "let b = B | where b == 2; let c = C | where c == 3; A | extend x = toscalar(b), y = toscalar(c)",
      "all(all(b eq 2), all(c eq 3))", ["B", "C", "A"]
    ),
    ("A | join (B | where b == 2 | where d == 3) on c", "all(b eq 2, d eq 3)", ["A", "B"]),
    (
      "A | where c !in ((B | where b == 2 | project c)) and d == 1",
      "all(<c !in ((B | where b == 2 | project c))>, d eq 1)", ["A"]
    ),
    ("A | where not(c in (B | project c)) | where d == 1", "not(<c in (B | project c)>), d eq 1", ["A"]),
    ("let b = B | where b == 2 | project c; A | where c in (b)", "all(<c in (b)>, b eq 2)", ["B", "A"]),
    ("let n = toscalar(B | where b == 2 | count); A | where d > n", "all(<d > n>, b eq 2)", ["B", "A"]),
    ("let l = toscalar(B | where b == 2 | summarize make_set(c)); A | where c !in (l)", "<c !in (l)>", ["A"]),
    (
      "let l = toscalar(B | where b == 2 | summarize make_set(c)); A | where not(c has_any (l))",
      "not(<c has_any (l)>)", ["A"]
    ),
    ("let unused = B | where b == 2; A | where a == 1", "a eq 1", ["A"]),
    ("A | where a == 1; B | where b == 2", "", ["A", "B"]),
    ("let t = materialize(A | where a == 1); t | join t on c", "a eq 1, all(a eq 1)", ["A"]),
    ("A | as x | where a == 1 | join x on c", "a eq 1", ["A"]),
    ("imAuthentication | where a == 1", "a eq 1", ["imAuthentication"]),
    ("_Im_Dns(starttime=ago(1d), domain_has_any=dynamic([\"x\"])) | where a == 1", "a eq 1", ["_Im_Dns"]),
    ("workspace(\"w\").A | where a == 1", "a eq 1", ["A"]),
    ("cluster('c').database('d').A | where a == 1", "a eq 1", ["A"]),
    ("let f = (n: string) { table(n) | where a == 1 }; union f(\"A\"), f(\"B\")", "any(a eq 1, a eq 1)", ["A", "B"]),
    ("['A b'] | where a == 1", "a eq 1", ["A b"]),
    ("let w = _GetWatchlist('x') | project c; A | where c in (w)", "<c in (w)>", ["A"]),
    ("let e = externaldata(c: string)[@\"https://x\"] with (format=\"csv\"); A | where c in (e)", "<c in (e)>", ["A"]),
  ])
  func readsQueriesInQueries(query: String, expected: String, sources: [String]) {
    let result = reading(query, readKusto)
    let logic =
      result.logic.hasPrefix("any(") && expected.isEmpty ? "all()" : result.logic
    #expect(logic == "all(\(expected))")
    #expect(result.sources.map(\.name) == sources)
    #expect(result.faultWords == [])
  }

  @Test func readsSeveralStatements() {
    #expect(reading("A | where a == 1; B | where b == 2", readKusto).logic == "any(a eq 1, b eq 2)")
  }

  /// Defender runs the query at the cursor: an empty line divides queries of one text.
  @Test(arguments: [
    ("A\n| where a == 1\n\nB\n| where b == 2", "any(a eq 1, b eq 2)", ["A", "B"], 19),
    (
      "A | where a == 1\r\n \r\nB | where b == 2\n\n// third\nC | count", "any(a eq 1, b eq 2, all())",
      ["A", "B", "C"], 22
    ),
    (
      "A | where a has \"x\"\n// note\n\nlet b = B | where b == 2;\nb | where c == 3",
      "any(a contains x (word), all(b eq 2, c eq 3))", ["A", "B"], 30
    ),
    ("A | count\n\nunion B, C | where b == 2", "any(all(), b eq 2)", ["A", "B", "C"], 12),
    ("let x = 1\n\nA | where a == x", "all(a eq 1)", ["A"], 12),
    ("A\n\nworkspace(\"w\").B | where b == 2", "any(all(), b eq 2)", ["A", "B"], 4),
    ("f(a)\n\n_Im_Dns(pack=true)\n| where b == 2", "any(all(), b eq 2)", ["f", "_Im_Dns"], 7),
    ("A | parse m with * \"u=\" user\n\nB | where b == 2", "any(all(), b eq 2)", ["A", "B"], 31),
  ])
  func readsQueriesThatAnEmptyLineDivides(query: String, logic: String, sources: [String], column: Int) {
    let result = reading(query, readKusto)
    #expect(result.logic == logic)
    #expect(result.sources.map(\.name) == sources)
    #expect(
      result.faultWords == [
        "\(column): only an empty line separates this query from the one before it; end that one with ';', or move this "
          + "one to its own rule [query-syntax]"
      ])
  }

  /// A `let` without its word, at the beginning of the text.
  @Test func readsWhatFollowsABrokenStatement() {
    let result = reading("a = b\n\nT | where x == 1", readKusto)
    #expect(result.logic.contains("x eq 1") && result.sources.map(\.name).contains("T"), "\(result.logic)")
    #expect(!result.faultWords.isEmpty)
  }

  /// Within a query, an empty line says nothing.
  @Test(arguments: [
    ("A\n\n| where a == 1\n\n   and b == 2\n\n| take 5", "all(all(a eq 1, b eq 2))"),
    ("A | where a has\n\nb\n| take 5", "all(a field_ref b (contains) (word))"),
    ("A | where a in (\n\nB\n| project a)", "all(<a in (  B | project a)>)"),
    ("A | project a,\n\nb\n| where a == 1", "all(a eq 1)"),
    ("A | summarize n = count() by\n\nb\n| where b == 1", "all(b eq 1)"),
    ("A | sort by a\n\ndesc\n| where a == 1", "all(a eq 1)"), ("union\n\nA\n| where a == 1", "all(a eq 1)"),
    ("A | where\n\na\n| where b == 1", "all(a eq true, b eq 1)"),
    ("let x =\n\nA\n| where a == 1;\n\nx | count", "all(a eq 1)"),
    ("A | parse m with \"u=\"\n\nuser\n| where user == 1", "all(user eq 1)"),
    ("A | parse m with *\n\nuser\n| where user == 1", "all(user eq 1)"),
    ("A | join (B) on\n\nb\n| where a == 1", "all(a eq 1)"),
    ("union isfuzzy=true\n\nA\n| where a == 1", "all(a eq 1)"),
    ("A | union hint.concurrency=a\n\nB\n| where a == 1", "all(a eq 1)"),
  ])
  func goesOnAfterAnEmptyLine(query: String, logic: String) {
    let result = reading(query, readKusto)
    #expect(result.logic == logic)
    #expect(result.faultWords == [])
  }

  @Test func makesAStageOfEachCommandInTheOrderOfTheText() {
    let result = reading(
      "let t = B | where b == 2; A | where a == 1 | join kind=leftanti (C | where c == 3) on x | join t on x | take 5",
      readKusto)
    #expect(
      result.stageWords == [
        "query: all(#2, #5)", "where: b eq 2", "where: a eq 1", "join: all()", "where: c eq 3", "join: all(#1)",
        "take: all()",
      ])
    #expect(result.stages[0].text == "B, A")
    #expect(result.stages[3].text == "join kind=leftanti (C | where c == 3) on x")
    #expect(result.match.joinsEvents)
  }

  /// Each is read, or refused with a finding, in no time.
  @Test(arguments: [
    "T | where " + String(repeating: "(", count: 10_000) + "a == 1" + String(repeating: ")", count: 10_000),
    "T | where " + String(repeating: "not(", count: 10_000) + "a == 1" + String(repeating: ")", count: 10_000),
    "T" + String(repeating: " | join (T", count: 2_000) + String(repeating: ")", count: 2_000),
    "T | where " + String(repeating: "(", count: 10_000),
    "T | where a == \"" + String(repeating: "x", count: 1_000_000),
    "let f0 = (x: string) { x has \"a\" };"
      + (1..<30).map { "let f\($0) = (x: string) { f\($0 - 1)(strcat(x, \"a\")) or f\($0 - 1)(x) };" }.joined()
      + "T | where f29(A)",
    "let l = dynamic([" + (0..<1_000).map { "\"v\($0)\"" }.joined(separator: ",") + "]); T | where "
      + (0..<1_000).map { "a\($0) in (l)" }.joined(separator: " or "),
    "let t0 = T | where a == 1;"
      + (1..<2_000).map { "let t\($0) = t\($0 - 1) | join t\($0 - 1) on x | where b == 2;" }.joined() + "t1999",
  ])
  func reportsWhatIsTooMuch(query: String) {
    let result = reading(query, readKusto)
    #expect(result.faultWords.contains { $0.hasSuffix("[query-syntax]") })
  }

  @Test(arguments: [
    "let x = x; T | where a in (x)", "T // " + String(repeating: "x", count: 1_000_000),
    "let l = dynamic([" + (0..<50_000).map { "\"v\($0)\"" }.joined(separator: ",") + "]); T | where a in (l)",
    "let s0 = toscalar(T | count);" + (1..<2_000).map { "let s\($0) = s\($0 - 1) + s\($0 - 1);" }.joined()
      + "T | where x > s1999",
    "let f0 = () { T | where a == 1 };"
      + (1..<4).map { "let f\($0) = () { union f\($0 - 1)(), f\($0 - 1)() };" }.joined() + "f3()",
    "T | where " + (0..<20_000).map { "a == \"\($0)\"" }.joined(separator: " or "),
    (0..<20_000).map { "T | where a == \($0)" }.joined(separator: ";\n\n"),
  ])
  func readsWhatIsLong(query: String) {
    #expect(reading(query, readKusto).faultWords == [])
  }

  /// Queries in expressions in queries, 58 calls around each.
  private static let queriesInCalls: String = {
    let (open, close) = (String(repeating: "abs(", count: 58), String(repeating: ")", count: 58))
    var query = "T | where x == 1"
    for _ in 0..<20 { query = "T | where x == \(open)toscalar(\(query))\(close)" }
    return query
  }()

  private static func nested(_ inner: String, in name: String, rest: String = "") -> String {
    var text = inner
    for _ in 0..<40 { text = "\(name)(\(text)\(rest))" }
    return text
  }

  private static func definitions(_ count: Int, _ definition: (Int) -> String) -> String {
    (1..<count).map(definition).joined(separator: " ")
  }

  /// Brackets of different kinds that cross, and definitions and calls that would double with each level.
  @Test(arguments: [
    "T | where x in (T | search in (a] | where y)", "T | where x in (T | join kind=(a] b)",
    "T | where x in (datatable (a] | where y)",
    "let f0=(){a == 1}; \(definitions(5_000) { "let f\($0)=(){f\($0 - 1)()};" }) T | where f4999() == true",
    queriesInCalls, "T | where \(nested("\"a\"", in: "column_ifexists", rest: ", b")) == 1",
    "T | where x == \(nested("a", in: "toscalar"))",
    "let a0=\"x\"; \(definitions(60) { "let a\($0)=strcat(a\($0 - 1),a\($0 - 1));" }) T | where x == a59",
  ])
  func readsWhatIsMadeToTakeLong(query: String) {
    #expect(!reading(query, readKusto).stages.isEmpty)
  }

  /// Only the outer brackets hold queries.
  @Test func readsTheBranchesOfAFork() {
    let result = reading("T | fork (where (x == 1)) (where y has \"a\" and f in (\"b\"))", readKusto)
    #expect(result.faultWords == [])
    #expect(result.stages.map(\.name) == ["query", "fork", "where", "where"])
  }
}
