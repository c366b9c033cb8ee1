import RuleModel
import Testing

@testable import QueryLanguages

/// ES|QL as Elastic documents it, and as Elasticsearch's grammar has it.
@Suite struct ESQLTests {
  private static func condition(_ text: String) -> (logic: String, faults: [String]) {
    let result = reading("FROM logs-* | WHERE \(text)", readESQL)
    return (result.logic, result.faultWords)
  }

  @Test(arguments: [
    // Operators.
    ("a == \"x\"", "a eq x"), ("a == 5", "a eq 5"), ("a == -5", "a eq -5"), ("a == 1.5e-3", "a eq 1.5e-3"),
    ("a == true", "a eq true"), ("a =~ \"x\"", "a eq x"),
    ("a != \"x\"", "not(a eq x)"), ("a > 5 AND a <= 9", "all(a gt 5, a lte 9)"),
    ("5 < a or 5 >= a", "any(a gt 5, a lte 5)"),
    ("\"x\" == a", "a eq x"), ("a == \"x\" OR b == \"y\" AND NOT c == \"z\"", "any(a eq x, all(b eq y, not(c eq z)))"),
    ("not (a == 1 or b == 2)", "not(any(a eq 1, b eq 2))"), ("NOT a == 1 AND b == 2", "all(not(a eq 1), b eq 2)"),
    // Lists.
    ("a IN (\"x\", \"y\")", "any(a eq x, a eq y)"), ("a NOT IN (\"x\", \"y\")", "not(any(a eq x, a eq y))"),
    ("a in (\"x\")", "a eq x"), ("not a in (1, -2)", "not(any(a eq 1, a eq -2))"),
    ("\"x\" IN (a, b)", "any(a eq x, b eq x)"),
    ("a == [1, 2]", "any(a eq 1, a eq 2)"),
    // Patterns.
    ("a LIKE \"x*\"", "a starts_with x"), ("a like \"*x\"", "a ends_with x"), ("a LIKE \"*x*\"", "a contains x"),
    ("a LIKE \"x?z\"", "a wildcard x?z"),
    ("a LIKE \"*\"", "a exists true"), ("a LIKE \"x\"", "a eq x"), (#"a LIKE "\\*x*""#, "a starts_with *x"),
    (#"a LIKE """C:\\x\*y*""""#, #"a starts_with C:\x*y"#),
    (#"a LIKE """*\\x*y""""#, #"a wildcard *\x*y"#), ("a NOT LIKE \"x*\"", "not(a starts_with x)"),
    ("a LIKE (\"x*\", \"y\")", "any(a starts_with x, a eq y)"),
    ("a NOT LIKE (\"x*\", \"*y\")", "not(any(a starts_with x, a ends_with y))"), ("a == \"x*\"", "a eq x*"),
    ("a LIKE \"50%_\"", "a eq 50%_"),
    (#"a RLIKE "x.*\\d""#, #"a regex x.*\d"#), (#"a rlike """x".*\d+""""#, #"a regex x".*\d+"#),
    ("a RLIKE (\"x.\", \"y.\")", "any(a regex x., a regex y.)"),
    ("not a rlike \"x+\"", "not(a regex x+)"), ("a NOT RLIKE \"x+\"", "not(a regex x+)"),
    // Terms.
    ("a : \"x y\"", "a contains x y (word)"), ("MATCH(a, \"x\")", "a contains x (word)"),
    ("match(a, \"x\", {\"operator\": \"AND\"})", "a contains x (word)"),
    ("match_phrase(a, \"x y\")", "a contains x y (word)"),
    ("MULTI_MATCH(\"x\", a, b, {\"type\": \"best_fields\"})", "any(a contains x (word), b contains x (word))"),
    ("a::keyword : \"x\"", "a contains x (word)"),
    // Presence.
    ("a IS NULL", "a is_null "), ("a is not null", "a exists true"), ("NOT a IS NULL", "not(a is_null )"),
    ("a == null", "a is_null "), ("a != null", "a exists true"),
    ("a == \"\"", "a eq "), ("a", "a eq true"), ("NOT a.b", "not(a.b eq true)"),
    // Functions.
    ("STARTS_WITH(a, \"x*\")", "a starts_with x*"), ("ends_with(a, \"x\") == true", "a ends_with x"),
    ("starts_with(a, \"x\") == false", "not(a starts_with x)"),
    ("Contains(a, \"x\")", "a contains x"), ("starts_with(a, b)", "a field_ref b (startswith)"),
    ("ends_with(a, b)", "a field_ref b (endswith)"),
    (
      "contains(a, b) and not starts_with(a, concat(b, \"x\"))",
      "all(a field_ref b (contains), not(<concat(b, \"x\")>))"
    ),
    ("starts_with(\"x\", a)", "<starts_with(\"x\", a)>"),
    ("true in (starts_with(a, \"x\"), starts_with(a, \"y\"))", "any(a starts_with x, a starts_with y)"),
    ("CIDR_MATCH(a, \"10.0.0.0/8\", \"::1/128\")", "any(a cidr 10.0.0.0/8, a cidr ::1/128)"),
    ("not cidr_match(to_ip(a), \"10.0.0.0/8\")", "not(a cidr 10.0.0.0/8)"),
    ("MV_CONTAINS(a, [\"x\", \"y\"])", "all(a eq x, a eq y)"),
    ("TO_LOWER(a) == \"x\"", "a eq x"), ("a::string == \"x\" and to_long(b) > 5", "all(a eq x, b gt 5)"),
    ("a == \"10.0.0.1\"::ip", "a eq 10.0.0.1"),
    ("a IN (\"x\"::keyword, to_lower(\"Y\"))", "any(a eq x, a eq Y)"), ("to_lower(a) LIKE \"x*\"", "a starts_with x"),
    // What a function or arithmetic works out.
    ("LENGTH(a) > 5", "<LENGTH(a) > 5>"), ("a + 1 == b * 2", "<a + 1 == b * 2>"),
    ("COALESCE(a, \"\") == \"x\"", "<COALESCE(a, \"\") == \"x\">"),
    ("CASE(a == 1, true, false)", "<CASE(a == 1, true, false)>"), ("a % 2 == 0 or b == 1", "any(<a % 2 == 0>, b eq 1)"),
    ("length(a) is not null", "<length(a) is not null>"),
    ("true", "<true>"), ("1 == 1", "<1 == 1>"),
    // Two fields.
    ("a == b", "a field_ref b"), ("a != b.c", "not(a field_ref b.c)"), ("a < b", "<a < b>"),
    ("a IN (b, \"x\")", "any(a field_ref b, a eq x)"),
    // Time.
    ("@timestamp > NOW() - 7 days", "<@timestamp > NOW() - 7 days>"), ("a >= now() - 5m", "<a >= now() - 5m>"),
    ("@timestamp == \"2024-05-01\"", "<@timestamp == \"2024-05-01\">"),
    ("a > \"2024-05-01T00:00:00Z\"", "<a > \"2024-05-01T00:00:00Z\">"),
    ("DATE_DIFF(\"hours\", a, b) > 1", "<DATE_DIFF(\"hours\", a, b) > 1>"),
    ("TRANGE(1h) and a == 1", "all(<TRANGE(1h)>, a eq 1)"),
    ("@timestamp - a < 5 minutes", "<@timestamp - a < 5 minutes>"),
    // Names.
    ("`a b`.`c` == 1", "a b.c eq 1"), ("`a``b` == 1", "a`b eq 1"), ("a.`0`.b == 1", "a.0.b eq 1"),
    ("a.0.b == 1", "a.0.b eq 1"), ("_a == 1 and @b == 2", "all(_a eq 1, @b eq 2)"),
    ("a.day == 5 and h == 1", "all(a.day eq 5, h eq 1)"),
    // Texts, comments and parameters.
    (#"a == "x\t\"\\y""#, "a eq x\t\"\\y"), (#"a == """x\t"y"""""#, #"a eq x\t"y""#),
    ("a == /* b == 1 */ 2 // c == 3", "a eq 2"), ("a == ?name", "a eq ?name"),
    // Other languages.
    ("KQL(\"a:(x or y*) and not b:1\")", "all(any(a eq x, a starts_with y), not(b eq 1))"),
    (#"kql("""a: "x y" """) and b == 2"#, "all(a eq x y, b eq 2)"),
    ("NOT KQL(\"a: x\")", "not(a eq x)"),
  ])
  func conditions(text: String, expected: String) {
    let (logic, faults) = ESQLTests.condition(text)
    #expect(logic == "all(\(expected))")
    #expect(faults == [])
  }

  /// A name that a command has worked out: compared with a text it is a test, with anything else a threshold.
  @Test(arguments: [
    (
      "STATS c = COUNT(*), v = VALUES(a) BY b | WHERE c > 5 AND v == \"x\" AND b == \"y\" AND c IN (1, 2)",
      "all(<c > 5>, v eq x, b eq y, any(<1>, <2>))"
    ),
    ("STATS COUNT(*) BY a | WHERE `COUNT(*)` >= 3", "<`COUNT(*)` >= 3>"),
    ("INLINE STATS c = MAX(a) | WHERE a == c", "<a == c>"),
    ("EVAL c = CASE(a == 1, \"x\", \"y\") | WHERE c == \"x\" or c", "any(c eq x, <c>)"),
    ("EVAL c = LENGTH(a), d = c | WHERE d > 5 and c is not null", "all(<d > 5>, <c is not null>)"),
    ("EVAL c = TO_LOWER(a::keyword) | WHERE c == 5 and c LIKE \"x*\"", "all(c eq 5, c starts_with x)"),
    ("EVAL c = LENGTH(a) | EVAL c = a | WHERE c == 5", "c eq 5"),
    ("EVAL c = a == \"x\" | WHERE c == true", "<c == true>"),
    (
      "EVAL c = \"x\" | WHERE c LIKE \"*\" and c RLIKE \"y.\" and cidr_match(c, \"10.0.0.0/8\")",
      "all(<c LIKE \"*\">, c regex y., c cidr 10.0.0.0/8)"
    ),
    ("STATS c = COUNT(*) | RENAME c AS d | WHERE d > 5 and c > 5", "all(<d > 5>, c gt 5)"),
    ("STATS c = COUNT(*) | RENAME d = c | WHERE d > 5", "<d > 5>"),
    ("EVAL c = CONCAT(a, b) | GROK c \"%{IP:d} (?<e.f>x+)\" | WHERE d == 1 and e.f == 2", "all(d eq 1, e.f eq 2)"),
    ("EVAL d = LENGTH(a) | DISSECT a \"%{d} %{+e/1}-%{?f}\" | WHERE d == 1", "d eq 1"),
    ("EVAL c = DATE_TRUNC(1 hour, @timestamp) | WHERE c > b", "<c > b>"),
    ("STATS c = COUNT(*) BY d = BUCKET(a, 1), e = b | WHERE d > 1 and e > 1", "all(<d > 1>, e gt 1)"),
    (
      "COMPLETION r = CONCAT(\"x\", a) WITH {\"inference_id\": \"y\"} | WHERE r == \"yes\" and r != b",
      "all(r eq yes, <r != b>)"
    ), ("COMPLETION a WITH {\"b\": 1} | WHERE completion == b", "<completion == b>"),
    (
      "STATS c = COUNT(*) WHERE a == 1 AND b == 2, d = SUM(a) WHERE b == 3 BY e | WHERE c > 1 and d > 1",
      "all(<c > 1>, <d > 1>)"
    ), ("STATS BY a | WHERE a > 1", "a gt 1"),
    ("KEEP a, b* | DROP c | MV_EXPAND a | SORT a DESC NULLS LAST | LIMIT 10 | SAMPLE 0.5 | WHERE a > 1", "a gt 1"),
    ("ENRICH p ON a WITH c = d | WHERE c == 5", "c eq 5"),
    ("LOOKUP JOIN idx ON a | WHERE b == 5", "b eq 5"), ("CHANGE_POINT a ON b AS t, p | WHERE p < 1", "<p < 1>"),
    ("STATS f = FIRST(a BY @timestamp) | WHERE f > 1", "<f > 1>"),
  ])
  func computedNames(commands: String, expected: String) {
    let result = reading("FROM logs-* | \(commands)", readESQL)
    #expect(result.logic == "all(\(expected))")
    #expect(result.faultWords == [])
  }

  @Test func aStageForEachCommand() {
    let result = reading(
      "FROM logs-a*, b METADATA _id // why\n| WHERE a == 1\n|  eval x = 5 | INLINE STATS c = COUNT(*) | where c > 2",
      readESQL)
    #expect(
      result.stageWords == [
        "from: all(#1, #4)", "where: a eq 1", "eval: all()", "inline stats: all()", "where: <c > 2>",
      ])
    #expect(result.stages.map(\.form) == [.source, .command, .command, .command, .command])
    #expect(
      result.stages.map(\.text) == [
        "FROM logs-a*, b METADATA _id", "WHERE a == 1", "eval x = 5", "INLINE STATS c = COUNT(*)", "where c > 2",
      ])
    #expect(result.stages.allSatisfy { $0.language == .esql })
    #expect(result.sources.map(\.name) == ["logs-a*", "b"])
    #expect(result.sources.map(\.position.column) == [6, 15])
  }

  @Test(arguments: [
    ("FROM a", ["a"]), ("from a,b-*, \"c,d\" METADATA _id", ["a", "b-*", "c", "d"]),
    ("FROM x:logs-*::data, <l-{now/d}>, .alerts-*", ["x:logs-*::data", "<l-{now/d}>", ".alerts-*"]),
    ("FROM a [METADATA _id] | WHERE b == 1", ["a"]), ("FROM a,-a.b", ["a"]), ("TS m* | STATS RATE(x)", ["m*"]),
    ("ROW a = 1", []), ("SHOW INFO", []), ("FROM a, a", ["a"]),
    ("FROM metadata METADATA _id", []), ("SET x = \"y\"; FROM a", ["a"]), ("FROM a // b, c\n, d /* e */", ["a", "d"]),
  ])
  func sources(query: String, expected: [String]) {
    #expect(reading(query, readESQL).sources.map(\.name) == expected)
  }

  @Test func queriesInQueries() {
    let union = reading("FROM a, (FROM b | WHERE x == 1 | KEEP x), (FROM c) | WHERE y == 2", readESQL)
    #expect(
      union.stageWords == [
        "from: all(any(all(), #1, #4), #5)", "from: all(#2)", "where: x eq 1", "keep: all()", "from: all()",
        "where: y eq 2",
      ])
    #expect(union.sources.map(\.name) == ["a", "b", "c"])

    let tables = reading(
      "FROM (FROM a | STATS c = COUNT(*) | WHERE c > 1), (FROM b | WHERE c > 2) METADATA _id | WHERE c > 3", readESQL)
    #expect(tables.logic == "all(any(all(<c > 1>), all(c gt 2)), <c > 3>)")

    let within = reading("FROM a | WHERE x IN (FROM b | WHERE y == 1 | KEEP x) AND z == 2", readESQL)
    #expect(within.logic == "all(all(all(<x IN (FROM b | WHERE y == 1 | KEEP x)>, all(y eq 1)), z eq 2))")
    #expect(within.sources.map(\.name) == ["a", "b"])
    #expect(within.match == .join(by: [], within: nil))

    let without = reading("FROM a | WHERE x NOT IN (FROM b | WHERE y == 1 | KEEP x)", readESQL)
    #expect(without.logic == "all(<x NOT IN (FROM b | WHERE y == 1 | KEEP x)>)")
    #expect(without.stages.map(\.name) == ["from", "where", "from", "where", "keep"])
    #expect(without.sources.map(\.name) == ["a"])
    #expect(without.match == .single)

    let fork = reading(
      "FROM a | FORK (WHERE x == 1 | EVAL n = LENGTH(y)) (WHERE x == 2 | LIMIT 5) | WHERE n > 5", readESQL)
    #expect(
      fork.stageWords == [
        "from: all(#1, #6)", "fork: any(all(#2), all(#4))", "where: x eq 1", "eval: all()", "where: x eq 2",
        "limit: all()",
        "where: <n > 5>",
      ])
  }

  @Test(arguments: [
    (
      "FROM a | WHERE b = 1 AND c == 2", "all(all(«b = 1», c eq 2))",
      ["18: '=' is unexpected here; an operator before it may be missing [query-syntax]"]
    ),
    (
      "FROM a | WHERE b == 1 AND (c == 2", "all(all(b eq 1, «(c == 2»))",
      ["27: '(' isn't closed; ')' is expected before the end of the query [query-syntax]"]
    ),
    (
      "FROM a | WHERE b == \"x\nAND c == 2", "all(all(«b == \"x», c eq 2))",
      ["21: a text or comment isn't closed; add what ends it [query-syntax]"]
    ),
    (
      "FROM a | WHERE nothing(b) == 1", "all(«nothing(b) == 1»)",
      ["16: 'nothing' isn't a function of the query's language; correct the name [query-function]"]
    ),
    (
      "FROM a | WHERE start_with(b, \"x\") OR c == 1", "all(any(«start_with(b, \"x\")», c eq 1))",
      ["16: 'start_with' isn't a function of the query's language; did you mean 'starts_with'? [query-function]"]
    ),
    (
      "FROM a | WERE b == 1 | WHERE c == 2", "all(«WERE b == 1», c eq 2)",
      ["10: 'were' isn't a command that can follow here; did you mean 'where'? [query-function]"]
    ),
    (
      "WHERE c == 2", "all(c eq 2)",
      ["1: the query reads nothing; start it with FROM and the names of indices [query-syntax]"]
    ),
    (
      "FROM a | STATS b = BY c | WHERE b > 5 and c > 5", "all(all(<b > 5>, c gt 5))",
      ["20: a value or name is expected before 'BY'; add it, or remove what needs it [query-syntax]"]
    ),
    ("FROM a /* b", "all()", ["8: a text or comment isn't closed; add what ends it [query-syntax]"]),
    ("FROM a | KEEP b)", "all()", ["16: ')' is unexpected here; an operator before it may be missing [query-syntax]"]),
    (
      "FROM a | WHERE KQL(\"b:(c\")", "all(«b:(c»)",
      ["23: '(' isn't closed; ')' is expected before the end of the query [query-syntax]"]
    ),
    (
      #"FROM a | WHERE KQL("b:\"c\" or d:)")"#, "all(any(b eq c, «d:»))",
      ["34: a value or name is expected before ')'; add it, or remove what needs it [query-syntax]"]
    ),
  ])
  func readsTheRestOfWhatIsFaulty(query: String, expected: String, faults: [String]) {
    let result = reading(query, readESQL)
    #expect(result.logic == expected)
    #expect(result.faultWords.filter { !$0.hasSuffix("[query-unread]") } == faults)
    #expect(result.faults.contains { $0.id == .queryUnread } == expected.contains("«"))
  }

  @Test(arguments: [("", 0), (" // nothing\n", 0), ("|", 0)]) func anEmptyQueryHasNoStage(query: String, count: Int) {
    #expect(reading(query, readESQL).stages.count == count)
  }

  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      Repeated("FROM a | WHERE ", "(", 10_000, "x == 1"), Repeated("FROM a | WHERE x == \"", "y", 1_000_000),
      Repeated("FROM ", "(FROM b, ", 10_000), Repeated("FROM ", "(FROM b | WHERE x == 1), ", 3000),
      Repeated("FROM a ", "| FORK (", 5000), Repeated("FROM a | WHERE ", "x IN (FROM a | WHERE ", 3000),
      Repeated("FROM a | WHERE x IN (", "1, ", 20_000, "2)"), Repeated("FROM a | WHERE ", "NOT ", 10_000, "x"),
      Repeated("FROM a | WHERE x", "::keyword", 5000, " == 1"), Repeated("FROM a | WHERE a", ".b", 10_000, " == 1"),
      Repeated("FROM a | EVAL ", "a = a + 1, ", 5000, "b = 1"), Repeated("FROM a ", "| WHERE x == 1 ", 5000),
      Repeated("FROM a | WHERE KQL(\"", "(", 10_000, "\")"), Repeated("FROM a | WHERE b", " == (a", 10_000),
      Repeated("FROM a | WHERE ", "to_lower(", 10_000), Repeated("FROM a | WHERE x", " IS NULL", 5000),
      Repeated("FROM a | DISSECT m \"", "%{a", 10_000), Repeated("FROM a | GROK m \"", "%{(?<a", 10_000, "\""),
      Repeated("FROM a /* ", "x | ", 20_000), Repeated("FROM a | RENAME ", "a AS b, ", 5000, "c AS d"),
    ])
  func endsWhateverItIs(query: Repeated) {
    #expect(!reading(query.text, readESQL).stages.isEmpty)
  }

  /// Each level would be read once for each field of the one around it.
  @Test func readsCallsInCallsOnce() {
    let call = (0..<40).reduce("\"x\"") { value, _ in "multi_match(\(value), f1, f2)" }
    #expect(reading("FROM logs | WHERE \(call)", readESQL).stages.count == 2)
  }
}
