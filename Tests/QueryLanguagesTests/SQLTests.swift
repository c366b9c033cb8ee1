import Diagnostics
import QueryLanguages
import RuleModel
import Testing

/// SQLite's “SQL as understood by SQLite”, as far as osquery's queries go.
@Suite struct SQLTests {
  private func read(_ query: String) -> QueryReading {
    readSQL(Array(query.utf8)) { SourcePosition(line: 1, column: $0 + 1) }
  }

  private func logic(_ condition: String) -> String {
    let reading = read("SELECT * FROM t WHERE " + condition)
    return reading.stages[2].predicate.words + reading.faults.map { " [\($0.id.name)]" }.joined()
  }

  @Test(arguments: [
    ("a = 'x'", "a eq x"), ("a == 'x'", "a eq x"), ("a <> 'x'", "not(a eq x)"), ("a != 5", "not(a eq 5)"),
    ("a IS 'x'", "a eq x"),
    ("a IS NOT 'x'", "not(a eq x)"), ("5 < a", "a gt 5"), ("a IN ('x', \"y\")", "any(a eq x, a eq y)"),
    ("a NOT IN ('x', 'y')", "not(any(a eq x, a eq y))"), ("a BETWEEN 1 AND 5", "all(a gte 1, a lte 5)"),
    ("a IS NULL", "a is_null "), ("a IS NOT NULL", "a exists true"), ("a NOTNULL", "a exists true"),
    ("a = ''", "a eq "),
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
  ])
  func conditions(condition: String, expected: String) { #expect(logic(condition) == expected) }

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
    ("SELECT a FROM t WHERE c = 1; SELECT b FROM u WHERE d = 2;", ["t", "u"], ["c eq 1", "d eq 2"]),
  ])
  func countsWhatQueriesInQueriesTest(query: String, sources: [String], tests: [String]) {
    let reading = read(query)
    #expect(reading.sources.map(\.name) == sources)
    var found: [String] = []
    reading.stages.forEachTest { test, negated in
      found.append((negated ? "not " : "") + "\(test.field ?? "") \(test.kind.rawValue) \(test.value)")
    }
    #expect(found.sorted() == tests)
    #expect(reading.faults.isEmpty, "\(reading.faults)")
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
  ])
  func survivesHostileQueries(query: String) {
    let started = ContinuousClock.now
    _ = read(query)
    #expect(ContinuousClock.now - started < .seconds(20))
  }
}
