import Diagnostics
import QueryLanguages
import RuleModel
import TestSupport
import Testing

/// SQLite's “SQL as understood by SQLite”, as far as osquery's queries go.
@Suite struct SQLTests {
  private func read(_ query: String, as sql: SQL = .sqlite) -> QueryReading {
    readSQL(Array(query.utf8), as: sql) { SourcePosition(line: 1, column: $0 + 1) }
  }

  private func logic(_ condition: String, as sql: SQL = .sqlite) -> String {
    let reading = read("SELECT * FROM t WHERE " + condition, as: sql)
    return reading.stages[2].predicate.words + reading.faults.map { " [\($0.id.name)]" }.joined()
  }

  @Test(arguments: [
    ("a = 'x'", "a eq x"), ("a == 'x'", "a eq x"), ("a <> 'x'", "not(a eq x)"), ("a != 5", "not(a eq 5)"),
    ("a IS 'x'", "a eq x"),
    ("a IS NOT 'x'", "not(a eq x)"), ("5 < a", "a gt 5"), ("a IN ('x', \"y\")", "any(a eq x, a eq y)"),
    ("a NOT IN ('x', 'y')", "not(any(a eq x, a eq y))"), ("a BETWEEN 1 AND 5", "all(a gte 1, a lte 5)"),
    ("a IS NULL", "a is_null "), ("a IS NOT NULL", "a exists true"), ("a NOTNULL", "a exists true"),
    ("a = ''", "a eq "), ("a = 1 AND left(b, 2) = 'x' AND c = 2", "all(a eq 1, 'left(b, 2) = 'x'', c eq 2)"),
    ("a LIKE '%x%'", "a contains x"), ("a LIKE '/etc/%/y'", "a wildcard /etc/*/y"), ("a LIKE 'x_'", "a wildcard x?"),
    ("a LIKE '*x%'", "a starts_with *x"), ("a NOT LIKE 'x%'", "not(a starts_with x)"),
    ("a GLOB '*.sh'", "a ends_with .sh"),
    ("a REGEXP '^x'", "a regex ^x"), ("lower(a) = 'x'", "a eq x"), ("t.a = 'it''s'", "t.a eq it's"),
    ("a = b.c", "a field_ref b.c"),
    ("`a b` = 1 AND c = 2", "all(a b eq 1, c eq 2)"), ("a < b", "'a < b'"), ("length(a) > 5", "'length(a) > 5'"),
    ("(a - b) > (7 * (c + 1))", "'(a - b) > (7 * (c + 1))'"),
    ("a > strftime('%s', 'now') - 7 * 86400", "'a > strftime('%s', 'now') - 7 * 86400'"),
    ("a = 1 OR b = 2 AND NOT c = 3 -- why", "any(a eq 1, all(b eq 2, not(c eq 3)))"),
    ("frob(a) = 1", "'frob(a) = 1' [query-function] [query-unread]"),
    ("a IS DISTINCT FROM 'x'", "not(a eq x)"), ("a IS NOT DISTINCT FROM 'x'", "a eq x"),
    // A backslash is a character like any other.
    ("a = 'C:\\' AND b = 'x\\y'", "all(a eq C:\\, b eq x\\y)"), ("a LIKE 'C:\\x%'", "a starts_with C:\\x"),
  ])
  func conditions(condition: String, expected: String) { #expect(logic(condition) == expected) }

  /// Snowflake's “String & binary data types”, “Querying semi-structured data” and “LIKE ANY”.
  @Test(arguments: [
    ("a:b.c::string = 'x'", "a.b.c eq x"), ("a:b[0]:c = 'x'", "a.b[0].c eq x"),
    ("a['b']['c']::varchar = 'x'", "a.b.c eq x"),
    ("lower(a:b::string) IN ('x', 'y')", "any(a.b eq x, a.b eq y)"), ("a:b::int > 5", "a.b gt 5"),
    ("a LIKE ANY ('x%', '%y')", "any(a starts_with x, a ends_with y)"),
    ("a ILIKE ANY ('x%', 'y')", "any(a starts_with x, a eq y)"),
    ("a LIKE ALL ('x%', '%y%')", "all(a starts_with x, a contains y)"),
    ("a NOT LIKE ANY ('x%', '%y')", "not(any(a starts_with x, a ends_with y))"),
    ("a RLIKE $$^x\\d'$$", "a regex ^x\\d'"), ("a = $$it's$$", "a eq it's"),
    ("a = 'it\\'s' AND b = 'x''y'", "all(a eq it's, b eq x'y)"), ("a = 'C:\\\\x'", "a eq C:\\x"),
    ("REGEXP_LIKE(a, '\\\\d+\\.x')", "a regex \\d+.x"), ("a = 'x\\ty\\u0041'", "a eq x\ty\u{41}"),
    ("a = {{ x }} AND b = 1", "all(a eq {{ x }}, b eq 1)"),
    ("b = 1 {% if x %} AND c = 2 {% endif %}", "all(b eq 1, c eq 2)"),
    (
      "count(*) OVER (PARTITION BY a ORDER BY b) > 5 AND c = 1",
      "all('count(*) OVER (PARTITION BY a ORDER BY b) > 5', c eq 1)"
    ),
    ("listagg(a) WITHIN GROUP (ORDER BY b) = 'x'", "'listagg(a) WITHIN GROUP (ORDER BY b) = 'x''"),
  ])
  func conditionsInADataLake(condition: String, expected: String) {
    #expect(logic(condition, as: .dataLake) == expected)
  }

  /// What a name may not be, and what a table's name isn't if a template puts it in.
  @Test(arguments: [
    ("WITH (SELECT 1) SELECT a FROM t WHERE c = 1", ["t"], ["c eq 1"]),
    ("WITH 5 AS (SELECT 1) SELECT a FROM t", ["t"], []),
    ("SELECT a AS 5/? FROM t WHERE c = 1", ["t"], ["c eq 1"]), ("SELECT a AS ' FROM t", [], []),
    ("SELECT a FROM {{ x }} WHERE c = 1", [], ["c eq 1"]),
    ("SELECT a FROM db.{{ x }} AS y, t WHERE c = 1", ["t"], ["c eq 1"]),
    ("SELECT a FROM db_{{ x }}", [], []), ("SELECT a FROM \"my db\".'t' WHERE c = 1", ["my db.t"], ["c eq 1"]),
    ("SELECT a FROM $$t$$", [], []), ("SELECT a FROM ?", [], []), ("SELECT a FROM , t", ["t"], []),
    ("SELECT a FROM x. WHERE c = 1", ["x"], ["c eq 1"]),
  ])
  func namesOnlyWhatIsAName(query: String, sources: [String], tests: [String]) {
    let reading = read(query)
    #expect(reading.sources.map(\.name) == sources)
    #expect(words(of: reading) == tests)
  }

  @Test func hasAStageForEachClause() {
    let reading = read(
      """
      SELECT f.path, count(*) AS n
      FROM file f
      LEFT JOIN users AS u ON f.uid = u.uid
      JOIN hash USING (path), main.groups
      WHERE f.path LIKE '/etc/%'
      GROUP BY f.path HAVING n > 1 ORDER BY f.mtime DESC LIMIT 5;
      """)
    #expect(reading.sources.map(\.name) == ["file", "users", "hash", "main.groups"])
    #expect(
      reading.stages.map(\.name) == ["from", "select", "join", "join", "where", "group", "having", "order", "limit"])
    #expect(reading.stages[0].text == "FROM file f")
    #expect(reading.stages[2].text == "LEFT JOIN users AS u ON f.uid = u.uid")
    #expect(reading.stages[0].predicate.words == "all(2, 3, 4, 6)")
    #expect(reading.stages[2].predicate.words == "all('ON f.uid = u.uid')")
    #expect(reading.faults.isEmpty)
  }

  @Test(arguments: [
    ("SELECT * FROM t WHERE a IN (SELECT b FROM u WHERE c = 1) AND d = 2", ["t", "u"], ["c eq 1", "d eq 2"]),
    ("SELECT * FROM t WHERE a NOT IN (SELECT b FROM u WHERE c = 1)", ["t"], []),
    ("SELECT * FROM (SELECT * FROM u WHERE c = 1) x WHERE d = 2", ["u"], ["c eq 1", "d eq 2"]),
    ("SELECT a FROM t WHERE c = 1 UNION ALL SELECT b FROM u WHERE d = 2", ["t", "u"], ["c eq 1", "d eq 2"]),
    ("SELECT a FROM t WHERE c = 1 EXCEPT SELECT b FROM u WHERE d = 2", ["t"], ["c eq 1"]),
    (
      "SELECT CASE a WHEN 2 THEN 'x' ELSE a END AS a, count(*) AS n FROM t WHERE a = 2 AND n > 5", ["t"], ["a eq 2"]
    ),
    ("SELECT a FROM t WHERE c = 1 MINUS SELECT b FROM u WHERE d = 2", ["t"], ["c eq 1"]),
    ("SELECT a FROM t WHERE c = 1; SELECT b FROM u WHERE d = 2;", ["t", "u"], ["c eq 1", "d eq 2"]),
    ("SELECT * FROM t WHERE NOT (a IN (SELECT b FROM u WHERE c = 1)) AND d = 2", ["t"], ["d eq 2"]),
    ("SELECT * FROM t WHERE NOT a NOT IN (SELECT b FROM u WHERE c = 1)", ["t", "u"], ["c eq 1"]),
    ("SELECT * FROM t WHERE NOT EXISTS (SELECT 1 FROM u WHERE c = 1) AND d = 2", ["t"], ["d eq 2"]),
    ("SELECT * FROM t WHERE EXISTS (SELECT 1 FROM u WHERE c = 1)", ["t", "u"], ["c eq 1"]),
    // A query that is first read where it is negated, then where it isn't.
    (
      "WITH l AS (SELECT a FROM u WHERE b = 1) SELECT a FROM t WHERE a NOT IN (SELECT a FROM l) UNION SELECT a FROM l",
      ["t", "u"], ["b eq 1"]
    ),
    (
      "WITH k AS (SELECT a FROM u), l AS (SELECT a FROM k, t WHERE b = 1) SELECT a FROM t WHERE a NOT IN (SELECT a FROM l) AND a IN (SELECT a FROM k)",
      ["t", "u"], []
    ),
    // What a statement defines is its own.
    ("WITH l AS (SELECT a FROM u) SELECT a FROM l; SELECT a FROM l WHERE c = 1", ["u", "l"], ["c eq 1"]),
    ("SELECT count(*) AS n FROM t WHERE n > 5; SELECT n FROM u WHERE n > 5", ["t", "u"], ["n gt 5"]),
    ("SELECT a FROM db.t AS x; SELECT a FROM y WHERE x.a = 1", ["db.t", "y"], ["x.a eq 1"]),
    // Conditions of a join are tests, unless they relate two tables.
    (
      "SELECT a FROM t LEFT JOIN u ON t.x = u.y AND u.k IN ('v', 'w') AND NOT t.n = 5 AND t.p < u.q JOIN v USING (z)",
      ["t", "u", "v"], ["not t.n eq 5", "u.k eq v", "u.k eq w"]
    ),
  ])
  func countsWhatQueriesInQueriesTest(query: String, sources: [String], tests: [String]) {
    let reading = read(query)
    #expect(reading.sources.map(\.name) == sources)
    #expect(words(of: reading) == tests)
    #expect(reading.faults.isEmpty, "\(reading.faults)")
  }

  @Test(arguments: [
    (
      "WITH l AS (SELECT a FROM db.public.t WHERE b = 1) SELECT a FROM l WHERE L.c = 2", ["db.public.t"],
      ["b eq 1", "c eq 2"]
    ),
    ("WITH l AS (SELECT a FROM u.t WHERE b = 1) SELECT a FROM v WHERE c = 2", ["v"], ["c eq 2"]),
    ("SELECT a FROM db.public.t AS Logs WHERE logs.c:d = 'x'", ["db.public.t"], ["c.d eq x"]),
    (
      "SELECT count(*) AS N, max(a) as M FROM t WHERE b = 1 GROUP BY a HAVING n > 5 AND m = 'x'", ["t"],
      ["b eq 1", "m eq x"]
    ),
    (
      "SELECT count(distinct a) over (partition by b) n, CASE b WHEN 1 THEN 2 END AS m, CASE b WHEN 1 THEN 2 END o, c d, DISTINCT e FROM t WHERE n > 2 AND m = 1 AND o = 2 AND d = 3 AND e = 4",
      ["t"], ["d eq 3", "e eq 4"]
    ),
    (
      "WITH l AS (SELECT a FROM db.t) SELECT * FROM l MATCH_RECOGNIZE(PARTITION BY a MEASURES count(*) AS n, first(b) AS f ONE ROW PER MATCH PATTERN(good bad+) DEFINE good AS b IS NULL, bad AS b = 'x' AND c = 1) HAVING n >= 5",
      ["db.t"], ["b eq x", "b is_null ", "c eq 1"]
    ),
    (
      "SELECT f.value:x FROM db.t, LATERAL FLATTEN(input => a:list) f WHERE f.value:x = 'y'", ["db.t"],
      ["f.value.x eq y"]
    ),
    (
      "SELECT a FROM t WHERE b = 1 QUALIFY row_number() OVER (PARTITION BY a ORDER BY p_event_time DESC) = 1", ["t"],
      ["b eq 1"]
    ),
    ("SELECT a FROM t WHERE b LIKE 'it\\'s%' AND c = 'from' GROUP BY a", ["t"], ["b starts_with it's", "c eq from"]),
    ("SELECT a, count_if(b = 'x') FILTER (WHERE c = 1) AS n FROM t WHERE d = 1", ["t"], ["d eq 1"]),
    (
      "SELECT a FROM t WHERE p_occurs_since(1h, , p_parse_time) AND p_occurs_since(1 hour) AND b = 1", ["t"], ["b eq 1"]
    ),
    (
      "SELECT a FROM t WHERE b > TIMESTAMP '2025-11-24 03:00:00' AND d = 'x' AND c > p_current_timestamp()",
      ["t"], ["d eq x"]
    ),
    (
      "SELECT a FROM db.t x LEFT JOIN db.u y ON x.b = y.b AND y.k = 'v' WHERE x.c = 1", ["db.t", "db.u"],
      ["c eq 1", "k eq v"]
    ),
  ])
  func readsADataLakesQueries(query: String, sources: [String], tests: [String]) {
    let reading = read(query, as: .dataLake)
    #expect(reading.sources.map(\.name) == sources)
    #expect(words(of: reading) == tests)
    #expect(reading.faults.isEmpty, "\(reading.faults)")
  }

  /// Rows that have no match stay in the result of an outer join.
  @Test(arguments: [
    ("JOIN u ON t.x = u.y AND u.k = 'v'", "all(all('t.x = u.y', u.k eq v))"),
    ("INNER JOIN u ON u.k = 'v'", "all(u.k eq v)"),
    ("LEFT JOIN u ON t.x = u.y AND u.k = 'v'", "any(all(all('t.x = u.y', u.k eq v)), 'LEFT JOIN u')"),
    ("right outer join u /* k */ ON u.k = 'v'", "any(all(u.k eq v), 'right outer join u')"),
    ("FULL JOIN u ON u.k = 'v'", "any(all(u.k eq v), 'FULL JOIN u')"),
    (
      "NATURAL LEFT JOIN (SELECT * FROM u WHERE k = 'v')",
      "any(all(3), 'NATURAL LEFT JOIN (SELECT * FROM u WHERE k = 'v')')"
    ),
    (
      "LEFT JOIN (SELECT * FROM u WHERE k = 'v') AS w USING (x), (SELECT * FROM z WHERE m = 'n')",
      "all(6, any(all(3, 'USING (x), (SELECT * FROM z WHERE m = 'n')'), 'LEFT JOIN (SELECT * FROM u WHERE k = 'v') AS w'))"
    ),
    (
      "RIGHT JOIN (SELECT * FROM u WHERE k = 'v') AS w ON w.l = 'm'",
      "all(3, any(all(l eq m), 'RIGHT JOIN (SELECT * FROM u WHERE k = 'v') AS w'))"
    ),
    ("RIGHT JOIN (SELECT * FROM u WHERE k = 'v') AS w ON t.x = w.y", "all(3, 'ON t.x = w.y')"),
    ("LEFT JOIN u ON t.x = u.y", "all('ON t.x = u.y')"),
  ])
  func requiresNothingOfTheRowsOfAnOuterJoin(join: String, expected: String) {
    let reading = read("SELECT a FROM t \(join)")
    #expect(reading.stages[2].predicate.words == expected)
    #expect(reading.faults.isEmpty, "\(reading.faults)")
  }

  /// A right or full join also keeps rows that no row of the tables before it matches.
  @Test(arguments: [
    ("(SELECT a FROM t WHERE k = 'v') LEFT JOIN u USING (a) WHERE b = 1", "all(1, 5, 6)"),
    ("(SELECT a FROM t WHERE k = 'v') RIGHT JOIN u USING (a) WHERE b = 1", "all(any(all(1), 'RIGHT JOIN u'), 5, 6)"),
    ("t JOIN u ON c = 1 FULL JOIN v ON d = 1 WHERE b = 1", "all(any(all(2), 'FULL JOIN v'), 3, 4)"),
    ("t RIGHT JOIN u WHERE b = 1", "all(3)"),
  ])
  func requiresNothingOfTheTablesBeforeARightJoin(tables: String, expected: String) {
    let reading = read("SELECT a FROM \(tables)")
    #expect(reading.stages[0].predicate.words == expected)
    #expect(reading.faults.isEmpty, "\(reading.faults)")
  }

  @Test func havingIsAStageWithItsOwnLogic() {
    let reading = read(
      "SELECT a, count(*) AS n FROM t GROUP BY a HAVING n > 5 AND a <> 'x' AND max(b) > 2 OR sum(c) = 0")
    #expect(reading.stages.map(\.name) == ["from", "select", "group", "having"])
    #expect(reading.stages[0].predicate.words == "all(3)")
    #expect(
      reading.stages[3].predicate.words == "any(all('n > 5', not(a eq x), 'max(b) > 2'), 'sum(c) = 0')")
    #expect(reading.faults.isEmpty)
  }

  /// The tests that a query's logic uses, sorted.
  private func words(of reading: QueryReading) -> [String] {
    var found: [String] = []
    reading.stages.forEachTest { test, negated in
      found.append((negated ? "not " : "") + "\(test.field ?? "") \(test.kind.rawValue) \(test.value)")
    }
    return found.sorted()
  }

  @Test(arguments: [
    "SELECT * FROM t WHERE " + String(repeating: "(", count: 10_000) + "a = 1",
    String(repeating: "SELECT * FROM (", count: 2_000),
    "SELECT * FROM t WHERE a = '" + String(repeating: "x", count: 1_000_000),
    String(repeating: "SELECT ", count: 50_000),
    "SELECT * FROM t WHERE a IN (" + String(repeating: "'x',", count: 100_000) + "'y')",
    String(repeating: "UNION ", count: 20_000),
    "SELECT * FROM t WHERE " + String(repeating: "a IN (SELECT b FROM t WHERE ", count: 1_000),
    String(repeating: ";", count: 100_000),
    String(repeating: "LEFT ", count: 50_000), "SELECT * FROM " + String(repeating: "t,", count: 50_000),
    "SELECT * FROM " + (0..<50_000).map { "t\($0)" }.joined(separator: ","),
    "WITH c0 AS (SELECT a FROM t)"
      + (1..<500).map { ", c\($0) AS (SELECT a FROM c\($0 - 1), c\($0 - 1), t\($0))" }.joined()
      + " SELECT a FROM c499",
  ])
  func survivesHostileQueries(query: String) {
    let started = ContinuousClock.now
    _ = read(query)
    #expect(ContinuousClock.now - started < .seconds(20))
  }
}
