import Testing

@testable import QueryLanguages

/// The Kusto Query Language as Microsoft documents it: its operators and functions in one `where`.
@Suite struct KustoTests {
  @Test(arguments: [
    // Equality, lists.
    ("a == \"b\"", "a eq b"), ("a =~ 'b'", "a eq b"), ("a != 5", "not(a eq 5)"), ("a !~ \"b\"", "not(a eq b)"),
    ("a <> 5", "not(a eq 5)"), ("a == -5", "a eq -5"), ("a == true", "a eq true"), ("a == \"\"", "a eq "),
    ("a in (\"b\", 5)", "any(a eq b, a eq 5)"), ("a in~ (\"b\")", "a eq b"),
    ("a !in (\"b\", \"c\")", "not(any(a eq b, a eq c))"), ("a !in~ (\"b\")", "not(a eq b)"),
    ("a in (dynamic([\"b\", [\"c\"]]))", "any(a eq b, a eq c)"), ("a in ()", "<a in ()>"),
    ("\"b\" == a", "a eq b"), ("5 < a", "a gt 5"), ("\"b\" in (a, c)", "any(a eq b, c eq b)"),
    // Terms and parts of texts.
    ("a has \"b\"", "a contains b (word)"), ("a !has \"b\"", "not(a contains b (word))"),
    ("a has_cs \"b\"", "a contains b (cased) (word)"), ("a hasprefix \"b\"", "a starts_with b (word)"),
    ("a !hassuffix_cs \"b\"", "not(a ends_with b (cased) (word))"),
    ("a has_any (\"b\", \"c\")", "any(a contains b (word), a contains c (word))"),
    ("a has_all (\"b\", \"c\")", "all(a contains b (word), a contains c (word))"),
    ("a !has_any (\"b\", \"c\")", "not(any(a contains b (word), a contains c (word)))"),
    ("a !has_all (\"b\", \"c\")", "not(all(a contains b (word), a contains c (word)))"),
    ("a contains \"b\"", "a contains b"), ("a !contains_cs \"b\"", "not(a contains b (cased))"),
    ("a containscs \"b\"", "a contains b (cased)"), ("a notcontains \"b\"", "not(a contains b)"),
    ("a startswith \"b\"", "a starts_with b"), ("a !endswith \"b\"", "not(a ends_with b)"),
    ("a startswith_cs \"b*\"", "a starts_with b* (cased)"), ("a contains \"\"", "a exists true"),
    ("a matches regex @\"^b\\d\"", #"a regex ^b\d"#),
    // Sizes.
    ("split(a, \".\")[0] != \"b\"", "<split(a, \".\")[0] != \"b\">"),
    ("a !between (1d .. 2d)", "<a !between (1d .. 2d)>"),
    ("a > 5 and b <= 6", "all(a gt 5, b lte 6)"), ("a between (1 .. 5)", "all(a gte 1, a lte 5)"),
    ("a !between (1 .. 5)", "not(all(a gte 1, a lte 5))"),
    // Presence.
    ("isnotempty(a)", "a exists true"), ("isnull(tostring(a))", "a is_null "),
    ("isempty(a) == false", "not(a is_null )"),
    ("not(isnotnull(a))", "not(a exists true)"), ("a", "a eq true"), ("not(a.b)", "not(a.b eq true)"),
    // Logic; a condition may be compared with a truth.
    ("a == 1 or b == 2 and c == 3", "any(a eq 1, all(b eq 2, c eq 3))"),
    ("(a has \"b\") == true", "a contains b (word)"), ("(a has \"b\") != true", "not(a contains b (word))"),
    ("not(a == 1 or b != 2)", "not(any(a eq 1, not(b eq 2)))"),
    // Everywhere.
    ("* has \"b\"", "- keyword b"), ("* contains \"b*\"", "- keyword b*"), ("* !has \"b\"", "not(- keyword b)"),
    // Fields.
    ("tolower(tostring(parse_json(a).b[\"c d\"])) == \"x\"", "a.b.c d eq x"), ("a.[0].b == 1", "a[0].b eq 1"),
    ("a[\"b\"][-1] == 1", "a.b[-1] eq 1"), ("['a b'] == 1", "a b eq 1"),
    ("column_ifexists(\"a\", \"\") == 1", "a eq 1"),
    // Two fields.
    ("a == b", "a field_ref b"), ("a !~ b", "not(a field_ref b)"), ("a contains b", "a field_ref b (contains)"),
    ("a has b", "a field_ref b (contains) (word)"), ("a < b", "<a < b>"),
    ("a == TimeGenerated", "<a == TimeGenerated>"),
    // Networks.
    ("ipv4_is_in_range(a, \"10.0.0.0/8\")", "a cidr 10.0.0.0/8"),
    ("not(ipv4_is_in_any_range(a, dynamic([\"10.0.0.0/8\", \"::1\"])))", "not(any(a cidr 10.0.0.0/8, a cidr ::1))"),
    ("ipv4_is_match(\"10.0.0.0\", a, 8)", "a cidr 10.0.0.0/8"),
    ("ipv4_is_match(a, \"10.0.0.1\") == false", "not(a eq 10.0.0.1)"),
    // Times, and what functions work out.
    ("TimeGenerated > ago(1h)", "<TimeGenerated > ago(1h)>"),
    ("a > datetime(2024-01-31)", "<a > datetime(2024-01-31)>"),
    ("a between (ago(1d) .. now())", "<a between (ago(1d) .. now())>"), ("a > 7d", "<a > 7d>"),
    ("isnotempty(Timestamp)", "<isnotempty(Timestamp)>"),
    ("a > todatetime(\"x\") - 1h", "<a > todatetime(\"x\") - 1h>"),
    ("strlen(a) > 5", "<strlen(a) > 5>"), ("split(a, \"@\")[1] == \"b\"", "<split(a, \"@\")[1] == \"b\">"),
    ("a + 1 > 5", "<a + 1 > 5>"), ("iff(a == 1, true, false)", "<iff(a == 1, true, false)>"), ("1 == 1", "<1 == 1>"),
    ("ipv4_is_private(a)", "<ipv4_is_private(a)>"), ("a == guid(74be27de)", "a eq 74be27de"),
    // Older names of functions.
    ("datepart(\"hour\", a) > 5", "<datepart(\"hour\", a) > 5>"),
    ("array_strcat(a, \",\") == \"b\"", "<array_strcat(a, \",\") == \"b\">"),
    ("row_rank(a) < 5", "<row_rank(a) < 5>"), ("parseurl(a).Host == \"b\"", "<parseurl(a).Host == \"b\">"),
    // Texts.
    (#"a == "b\\c\"d\u0041""#, #"a eq b\c"dA"#), (#"a == @"b\c""d""#, #"a eq b\c"d"#), (#"a == @'b\c'"#, #"a eq b\c"#),
    // A backslash that escapes nothing is one.
    (#"a has "\Public\docs\\x\'s""#, #"a contains \Public\docs\x's (word)"#),
    (#"a matches regex "^\s*\d{3}\.""#, #"a regex ^\s*\d{3}\."#), (#"a == "\x4\u004""#, #"a eq \x4\u004"#),
    ("a == h\"b\"", "a eq b"), ("a == h@'b'", "a eq b"), ("a == ```b\"c'```", "a eq b\"c'"),
    ("a in (\"b\" 'c', \"d\")", "any(a eq bc, a eq d)"),
    ("a == \"b\" // or c == 1", "a eq b"), ("a\u{A0}==\u{A0}5\u{202F}and b == 1", "all(a eq 5, b eq 1)"),
  ])
  func readsAWhere(condition: String, expected: String) {
    let result = reading("T | where \(condition)", readKusto)
    #expect(result.logic == "all(\(expected))")
    #expect(result.faultWords == [])
    #expect(result.sources.map(\.name) == ["T"])
  }

  /// What is searched in texts.
  @Test(arguments: [
    ("search \"b\"", "- keyword b"),
    ("search in (A, B) \"b*c\" and not(\"*d\")", "all(- keyword b*c (wildcard), not(- keyword d))"),
    ("search a: \"b\" or a == 5", "any(a contains b (word), a eq 5)"), ("search a: \"b*\"", "a starts_with b (word)"),
    ("find in (A, B*) where a == 1 project a", "a eq 1"), ("T | search \"b\"", "- keyword b"),
  ])
  func readsASearch(query: String, expected: String) {
    #expect(reading(query, readKusto).logic == "all(\(expected))")
  }

  @Test func listsWhatIsSearched() {
    #expect(reading("search in (A, B) \"b\"", readKusto).sources.map(\.name) == ["A", "B"])
    #expect(reading("search \"b\"", readKusto).sources.map(\.name) == [])
    #expect(reading("find withsource=S in (A, B*) where a == 1", readKusto).sources.map(\.name) == ["A", "B*"])
  }

  @Test func keepsThePlaceOfEachValue() throws {
    let result = reading("let l = dynamic([\"x\"]); T | where a in (l) and b has \"y\"", readKusto)
    var places: [Int] = []
    result.stages.forEachTest { test, _ in places.append(Int(test.position.column)) }
    #expect(places == [18, 54])
    #expect(result.stages.map { Int($0.position.column) } == [1, 29])
  }

  @Test(arguments: [
    (
      "T | where a == ", "all(«a ==»)",
      ["16: a value or name is expected before the end of the query; add it, or remove what needs it [query-syntax]"]
    ),
    ("T | where a = 1 and b == 2", "all(«a = 1 and b == 2»)", []),
    (
      "T | frobnicate a | where b == 2", "all(«frobnicate a», b eq 2)",
      ["5: there is no command 'frobnicate'; correct its name [query-function]"]
    ),
    (
      "T | where frob(a) and b == 2", "all(all(«frob(a)», b eq 2))",
      ["11: there is no function 'frob'; correct its name or define it [query-function]"]
    ),
    (
      "T | where (a == 1", "all(«(a == 1»)",
      ["11: the bracket '(' has no counterpart; add it or remove this one [query-syntax]"]
    ),
    (
      "T | where a == \"b\n| where c == 1", "all(«a == \"b», c eq 1)",
      ["16: a text or comment isn't closed; add what ends it [query-syntax]"]
    ),
    (
      "let x = 5;", "«let x = 5;»",
      ["1: the query only defines names; end it with a statement that uses them [query-syntax]"]
    ),
    ("let x 5; T | where a == 1", "all(a eq 1)", ["1: 'let' needs a name, '=' and a value; write them [query-syntax]"]),
  ])
  func keepsTheRestOfAFaultyQuery(query: String, expected: String, faults: [String]) {
    let result = reading(query, readKusto)
    #expect(result.logic == expected)
    #expect(result.faultWords.filter { !$0.contains("query-unread") } == faults)
  }
}
